import { product, sameObject, showObject, unit, type Obj } from '../../object/index.js'
import type { Symmetric } from '../../structure/index.js'
import { apply, diagram, identity, routing, swap, type Term } from '../../term/index.js'
import { beyond, deal } from './deal.js'
import type { Learner } from './learner.js'

/** A learner `A → B` whose three functions are terms; products are strict, so its laws are equalities of normal forms. */
export interface TermLearner {
  readonly params: Obj
  readonly dom: Obj
  readonly cod: Obj
  /** `P ⊗ A → B`. */
  readonly implement: Term
  /** `P ⊗ A ⊗ B → P`. */
  readonly update: Term
  /** `P ⊗ A ⊗ B → A`. */
  readonly request: Term
}

/** The learner of three terms. Throws where they do not share P, A and B: `termLearner: the update [2] → [3] needs [2] → [2]`. */
export function termLearner(params: Obj, implement: Term, update: Term, request: Term): TermLearner {
  const dom = beyond('termLearner', params, implement.dom)
  const all = product(implement.dom, implement.cod)
  check('update', update, all, params)
  check('request', request, all, dom)
  return { params, dom, cod: implement.cod, implement, update, request }
}

function check(what: string, f: Term, dom: Obj, cod: Obj): void {
  if (!sameObject(f.dom, dom) || !sameObject(f.cod, cod))
    throw new TypeError(
      `termLearner: the ${what} ${showObject(f.dom)} → ${showObject(f.cod)} needs ${showObject(dom)} → ${showObject(cod)}`,
    )
}

/** `1_A`, without parameters; its request is the label. */
export function identityTermLearner(a: Obj): TermLearner {
  return swapped(identity(a), a)
}

/** The symmetry `A ⊗ B → B ⊗ A`, without parameters. */
export function swapTermLearner(a: Obj, b: Obj): TermLearner {
  return swapped(swap(a, b), product(a, b), swap(b, a))
}

/** An invertible routing A → B without parameters: it requests the label, routed back. */
function swapped(implement: Term, a: Obj, back: Term = implement): TermLearner {
  const all = product(a, implement.cod)
  const request = diagram(all, (x, algebra) => apply(back, x.slice(a.length), algebra))
  return { params: unit, dom: a, cod: implement.cod, implement, update: routing(all, []), request }
}

/** `f ; g` with parameters P ⊗ Q, f's first; g's request is f's label. Throws where the middle objects differ. */
export function composeTermLearner(f: TermLearner, g: TermLearner): TermLearner {
  if (!sameObject(f.cod, g.dom))
    throw new TypeError(`compose: codomain ${showObject(f.cod)} does not match domain ${showObject(g.dom)}`)
  const params = product(f.params, g.params)
  const point = product(params, f.dom)
  const implement = diagram(point, (x, algebra) => {
    const [p, q, a] = deal(x, f.params, g.params, f.dom)
    return apply(g.implement, [...q, ...apply(f.implement, [...p, ...a], algebra)], algebra)
  })
  const taught = (answer: 'update' | 'request'): Term =>
    diagram(product(point, g.cod), (x, algebra) => {
      const [p, q, a, c] = deal(x, f.params, g.params, f.dom, g.cod)
      const seen = [...q, ...apply(f.implement, [...p, ...a], algebra), ...c]
      const told = [...p, ...a, ...apply(g.request, seen, algebra)]
      const own = apply(f[answer], told, algebra)
      return answer === 'request' ? own : [...own, ...apply(g.update, seen, algebra)]
    })
  return { params, dom: f.dom, cod: g.cod, implement, update: taught('update'), request: taught('request') }
}

/** `f ⊗ g`, side by side, with parameters P ⊗ Q. */
export function tensorTermLearner(f: TermLearner, g: TermLearner): TermLearner {
  const params = product(f.params, g.params)
  const [dom, cod] = [product(f.dom, g.dom), product(f.cod, g.cod)]
  const both = (part: 'implement' | 'update' | 'request', ends: Obj): Term =>
    diagram(product(product(params, dom), ends), (x, algebra) => {
      const [p, q, a, c, b, d] = deal(x, f.params, g.params, f.dom, g.dom, f.cod, g.cod)
      return [...apply(f[part], [...p, ...a, ...b], algebra), ...apply(g[part], [...q, ...c, ...d], algebra)]
    })
  return {
    params,
    dom,
    cod,
    implement: both('implement', unit),
    update: both('update', cod),
    request: both('request', cod),
  }
}

/** Learn over terms, strict: what the laws of a symmetric monoidal category are checked on. */
export const termLearners: Symmetric<Obj, TermLearner> = {
  name: 'Learn',
  unit,
  product,
  sameObject,
  dom: (f) => f.dom,
  cod: (f) => f.cod,
  identity: identityTermLearner,
  compose: composeTermLearner,
  tensor: tensorTermLearner,
  swap: swapTermLearner,
}

/** What runs a term at a point, given as one value for each tensor: `evaluate` of the reference backend, or any other. */
export type Evaluator<T> = (term: Term, inputs: readonly T[]) => readonly T[]

/** The functions that a learner's terms mean: a functor from Learn over terms to Learn over functions, P × Q read as a list. */
export function interpretLearner<T>(
  f: TermLearner,
  run: Evaluator<T>,
): Learner<readonly T[], readonly T[], readonly T[]> {
  return {
    implement: (p, a) => run(f.implement, [...p, ...a]),
    update: (p, a, b) => run(f.update, [...p, ...a, ...b]),
    request: (p, a, b) => run(f.request, [...p, ...a, ...b]),
  }
}
