import { product, sameObject, showObject, unit, type Obj } from '../object/index.js'
import { add } from '../primitive/index.js'
import type { ReverseDerivative, Symmetric, Wire } from '../structure/index.js'
import { apply, diagram, terms, type Term } from '../term/index.js'
import { composeOptic, identityOptic, optic, tensorOptic, type Optic } from './optic.js'
import { reverseDerivative, zeroWires } from './reverse.js'

/** `f + g = Δ ; (f ⊗ g) ; +`. Throws where f and g are not parallel. */
export function addTerm(f: Term, g: Term): Term {
  if (!sameObject(f.dom, g.dom) || !sameObject(f.cod, g.cod)) {
    const arrow = (h: Term): string => `${showObject(h.dom)} → ${showObject(h.cod)}`
    throw new TypeError(`add: ${arrow(f)} and ${arrow(g)} are not parallel`)
  }
  return diagram(f.dom, (x, algebra) => {
    const right = apply(g, x, algebra)
    return apply(f, x, algebra).map((a, i) => add(a, right[i] as Wire))
  })
}

/** `0 : A → B`, the zeros of the rigs of B. */
export function zeroTerm(a: Obj, b: Obj): Term {
  return diagram(a, (_, algebra) => zeroWires(b, algebra))
}

/** Terms as a reverse derivative category: RD.1–RD.7 hold by values, RD.3–RD.5 and RD.1 by normal forms where no cotangent is absent. */
export const differentialTerms: ReverseDerivative<Obj, Term> = {
  ...terms,
  add: addTerm,
  zero: zeroTerm,
  reverse: reverseDerivative,
}

/** An object of the category of optics: what flows forward and what flows back. */
export interface Pair {
  readonly forward: Obj
  readonly back: Obj
}

/** Optics as a symmetric monoidal category (Riley, Categories of Optics, 2018); equality is that of induced lenses. */
export const optics: Symmetric<Pair, Optic> = {
  name: 'optics',
  dom: (f) => ({ forward: f.dom, back: f.domBack }),
  cod: (f) => ({ forward: f.cod, back: f.codBack }),
  identity: (a) => identityOptic(a.forward, a.back),
  compose: composeOptic,
  sameObject: (a, b) => sameObject(a.forward, b.forward) && sameObject(a.back, b.back),
  unit: { forward: unit, back: unit },
  product: (a, b) => ({ forward: product(a.forward, b.forward), back: product(a.back, b.back) }),
  tensor: tensorOptic,
  swap: (a, b) =>
    optic(
      unit,
      terms.swap(a.forward, b.forward),
      terms.swap(b.back, a.back),
      product(b.forward, a.forward),
      product(b.back, a.back),
    ),
}
