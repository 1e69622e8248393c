import { product, sameObject, showObject, unit, type Obj } from '../../object/index.js'
import type { Symmetric } from '../../structure/index.js'
import { apply, diagram, identity, swap, type Term } from '../../term/index.js'
import { beyond, deal } from './deal.js'

/** A parametrised morphism `A → B`: a term `P ⊗ A → B` and where its parameters end. */
export interface Parametrised {
  readonly params: Obj
  readonly dom: Obj
  readonly cod: Obj
  readonly term: Term
}

/** The morphism of a term `P ⊗ A → B`. Throws where its domain does not begin with P. */
export function parametrised(params: Obj, term: Term): Parametrised {
  return { params, dom: beyond('parametrised', params, term.dom), cod: term.cod, term }
}

/** `f ; g` with parameters P ⊗ Q, f's first. Throws where the middle objects differ. */
export function composeParametrised(f: Parametrised, g: Parametrised): Parametrised {
  if (!sameObject(f.cod, g.dom))
    throw new TypeError(`compose: codomain ${showObject(f.cod)} does not match domain ${showObject(g.dom)}`)
  const params = product(f.params, g.params)
  const term = diagram(product(params, f.dom), (x, algebra) => {
    const [p, q, a] = deal(x, f.params, g.params, f.dom)
    return apply(g.term, [...q, ...apply(f.term, [...p, ...a], algebra)], algebra)
  })
  return { params, dom: f.dom, cod: g.cod, term }
}

/** `f ⊗ g`, side by side, with parameters P ⊗ Q. */
export function tensorParametrised(f: Parametrised, g: Parametrised): Parametrised {
  const params = product(f.params, g.params)
  const dom = product(f.dom, g.dom)
  const term = diagram(product(params, dom), (x, algebra) => {
    const [p, q, a, c] = deal(x, f.params, g.params, f.dom, g.dom)
    return [...apply(f.term, [...p, ...a], algebra), ...apply(g.term, [...q, ...c], algebra)]
  })
  return { params, dom, cod: product(f.cod, g.cod), term }
}

/** Para over terms, strict, without names: the domain of the functor to Learn. */
export const parametrisedMorphisms: Symmetric<Obj, Parametrised> = {
  name: 'Para',
  unit,
  product,
  sameObject,
  dom: (f) => f.dom,
  cod: (f) => f.cod,
  identity: (a) => parametrised(unit, identity(a)),
  compose: composeParametrised,
  tensor: tensorParametrised,
  swap: (a, b) => parametrised(unit, swap(a, b)),
}
