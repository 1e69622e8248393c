import { object, product, sameObject, showObject, types, unit, type Obj, type Type } from '../../src/object/index.js'
import type { Blueprint, Symmetric } from '../../src/structure/index.js'
import { compose, identity, routing, show, tensor, type Term } from '../../src/term/index.js'
import type { Parametrised, TermLearner } from '../../src/learn/functor/index.js'
import type { Sides } from '../law/law.js'
import type { Subject } from './subject.js'
import type { TermSubject } from './term-subject.js'

/** Morphisms with parameters, P first in their domain: their category, and how parameters are put in another order. */
export interface ParametricSubject<Hom extends { readonly params: Obj }> extends Subject<
  Obj,
  Hom,
  Symmetric<Obj, Hom>
> {
  readonly terms: TermSubject
  /** The morphism whose i-th parameter is the `order[i]`-th of f. */
  permute(f: Hom, order: readonly number[]): Hom
}

/** `P′ ⊗ A → P ⊗ A` for P′ in another order. */
function reordered(params: Obj, rest: Obj, order: readonly number[]): Term {
  const old = types(params)
  const next = object(order.map((i) => old[i] as Type))
  const back = old.map((_, i) => order.indexOf(i))
  return routing(product(next, rest), [...back, ...types(rest).map((_, i) => old.length + i)])
}

/** Equality of several terms at one point each, the first difference told. */
const all = (sides: readonly (() => Sides)[]): Sides => {
  let last: Sides | undefined
  for (const side of sides) {
    last = side()
    if (!last.equal) return last
  }
  return last ?? { equal: true, by: 'structure', explain: () => ({ lhs: '', rhs: '', difference: 'none' }) }
}
const unlike = (what: string, lhs: Obj, rhs: Obj): Sides => ({
  equal: sameObject(lhs, rhs),
  by: 'structure',
  explain: () => ({ lhs: showObject(lhs), rhs: showObject(rhs), difference: `the ${what} differ` }),
})

const base = (name: string, terms: TermSubject): Pick<Subject<Obj, never>, 'name' | 'showObject' | 'showPoint'> => ({
  name: `${name} over ${terms.name}`,
  showObject,
  showPoint: (a, point) => terms.showPoint(a, point),
})

/** Para over terms, for its category passed in; generators and equality are those of the terms. */
export function parametrisedOver(
  terms: TermSubject,
  category: Symmetric<Obj, Parametrised>,
): ParametricSubject<Parametrised> {
  const { decode } = terms
  const paramsOf = ([[at = 0, n = 0] = []]: readonly Blueprint[]): Obj => decode.object([at, n].slice(0, 1 + (n % 2)))
  return {
    ...base('Para', terms),
    category,
    terms,
    decode: {
      object: (blueprint) => decode.object(blueprint),
      morphism: (dom, blueprint) => {
        const params = blueprint.length === 0 ? unit : paramsOf(blueprint)
        const term = decode.morphism(product(params, dom), blueprint.slice(1))
        return { params, dom, cod: term.cod, term }
      },
      between: (dom, cod, blueprint) => {
        const params = blueprint.length === 0 ? unit : paramsOf(blueprint)
        return { params, dom, cod, term: decode.between(product(params, dom), cod, blueprint.slice(1)) }
      },
    },
    show: (f) => `parameters ${showObject(f.params)}\n${show(f.term)}`,
    showPoint: (a, point) => `parameters, then ${terms.showPoint(a, point)}`,
    compare: (f, g, point) =>
      all([() => unlike('parameters', f.params, g.params), () => terms.compare(f.term, g.term, point)]),
    permute: (f, order) => {
      const along = reordered(f.params, f.dom, order)
      const params = object(order.map((i) => types(f.params)[i] as Type))
      return { ...f, params, term: compose(along, f.term) }
    },
  }
}

/** Learn over terms, for its category passed in: learners of three unrelated programs. */
export function learnersOver(
  terms: TermSubject,
  category: Symmetric<Obj, TermLearner>,
): ParametricSubject<TermLearner> {
  const { decode } = terms
  const made = (dom: Obj, cod: Obj, blueprint: readonly Blueprint[]): TermLearner => {
    const [[at = 0, n = 0] = [], ...rest] = blueprint
    const params = decode.object(blueprint.length === 0 ? [] : [at, n].slice(0, 1 + (n % 2)))
    const point = product(params, dom)
    const whole = product(point, cod)
    const part = (k: number): readonly Blueprint[] => rest.filter((_, i) => i % 3 === k)
    return {
      params,
      dom,
      cod,
      implement: decode.between(point, cod, part(0)),
      update: decode.between(whole, params, part(1)),
      request: decode.between(whole, dom, part(2)),
    }
  }
  return {
    ...base('Learn', terms),
    category,
    terms,
    decode: {
      object: (blueprint) => decode.object(blueprint),
      morphism: (dom, blueprint) => made(dom, decode.object((blueprint.at(-1) ?? []).slice(0, 1)), blueprint),
      between: made,
    },
    show: (f) =>
      [
        `parameters ${showObject(f.params)}`,
        ...(['implement', 'update', 'request'] as const).map((part) => `${part} ${show(f[part])}`),
      ].join('\n'),
    showPoint: (a, point) => `parameters, then ${terms.showPoint(a, point)}, and the label`,
    compare: (f, g, point) =>
      all([
        () => unlike('parameters', f.params, g.params),
        ...(['implement', 'update', 'request'] as const).map((part) => () => terms.compare(f[part], g[part], point)),
      ]),
    permute: (f, order) => {
      const params = object(order.map((i) => types(f.params)[i] as Type))
      const [near, far] = [reordered(f.params, f.dom, order), reordered(f.params, product(f.dom, f.cod), order)]
      return {
        ...f,
        params,
        implement: compose(near, f.implement),
        update: compose(compose(far, f.update), routing(f.params, order)),
        request: compose(far, f.request),
      }
    },
  }
}

/** `(α ⊗ 1) ; f`, f reparametrised along `α : Q → P`. */
export function along(f: Parametrised, alpha: Term): Parametrised {
  return { ...f, params: alpha.dom, term: compose(tensor(alpha, identity(f.dom)), f.term) }
}
