import { product, sameObject, unit, type Obj } from '../object/index.js'
import type { Cartesian } from '../structure/index.js'
import { compose, copy, discard, identity, swap, tensor, type Term } from './term.js'

/**
 * The free category on the operations as a dictionary: cartesian up to equality of normal forms, since copying and
 * discarding are natural there.
 */
export const terms: Cartesian<Obj, Term> = {
  name: 'terms',
  dom: (f) => f.dom,
  cod: (f) => f.cod,
  identity,
  compose,
  sameObject,
  unit,
  product,
  tensor,
  swap,
  copy,
  discard,
}
