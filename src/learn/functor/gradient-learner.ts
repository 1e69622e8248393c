import { product, types, type Type } from '../../object/index.js'
import { reverseDerivative } from '../../optic/index.js'
import { add, constant, multiply } from '../../primitive/index.js'
import type { Algebra, Wire } from '../../structure/index.js'
import { apply, diagram, type Term } from '../../term/index.js'
import { deal } from './deal.js'
import type { ErrorFunction } from './error-function.js'
import type { Parametrised } from './parametrised.js'
import { pointwise } from './pointwise.js'
import type { TermLearner } from './term-learner.js'

/** `E_f : P ⊗ A ⊗ B → B`, the error `e(fⱼ(p, a), bⱼ)` of every entry j; the total error is the sum of its entries. */
export function entryErrors(e: ErrorFunction, f: Parametrised): Term {
  return diagram(product(product(f.params, f.dom), f.cod), (x, algebra) => {
    const [p, a, b] = deal(x, f.params, f.dom, f.cod)
    return zip(e.error, apply(f.term, [...p, ...a], algebra), b, types(f.cod), algebra)
  })
}

const zip = (term: Term, xs: readonly Wire[], ys: readonly Wire[], all: readonly Type[], algebra: Algebra): Wire[] =>
  all.map((type, i) => pointwise(term, xs[i] as Wire, ys[i] as Wire, type, algebra))

/**
 * `L_{ε,e}(f)`, the learner of a parametrised morphism by gradient descent ("Backprop as Functor", Theorem III.2): for the
 * total error `E = Σⱼ e(fⱼ(p, a), bⱼ)`
 *
 *     implement(p, a)  = f(p, a)
 *     update(p, a, b)  = p − ε ∇ₚE
 *     request(p, a, b) = the a′ with ∂e/∂x(aᵢ, a′ᵢ) = (∇ₐE)ᵢ
 *
 * A strong symmetric monoidal functor Para → Learn: learning by parts is learning the whole. It respects permutations of
 * the parameters, not their other reparametrisations. Throws where ε is not positive and where a dtype lacks what e needs.
 */
export function gradientLearner(epsilon: number, e: ErrorFunction, f: Parametrised): TermLearner {
  if (!(epsilon > 0 && epsilon < Infinity))
    throw new RangeError(`gradientLearner: ε is ${epsilon}, needs a finite number above 0`)
  const errors = entryErrors(e, f)
  const slope = reverseDerivative(errors)
  const gradient = (part: 'params' | 'dom', answer: (x: Wire, slope: Wire, algebra: Algebra) => Wire): Term =>
    diagram(errors.dom, (x, algebra) => {
      const ones = types(f.cod).map((t) => constant(algebra, 1, t.dtype, t.shape))
      const [dp, da] = deal(apply(slope, [...x, ...ones], algebra), f.params, f.dom)
      const [p, a] = deal(x, f.params, f.dom)
      const [points, slopes] = part === 'params' ? [p, dp] : [a, da]
      return points.map((w, i) => answer(w, slopes[i] as Wire, algebra))
    })
  return {
    params: f.params,
    dom: f.dom,
    cod: f.cod,
    implement: f.term,
    update: gradient('params', (p, dp) => add(p, multiply(-epsilon, dp))),
    request: gradient('dom', (a, da, algebra) => pointwise(e.inverse, a, da, a.type, algebra)),
  }
}
