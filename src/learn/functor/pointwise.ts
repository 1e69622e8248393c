import { batch } from '../../compile/index.js'
import { showType, size, type Type } from '../../object/index.js'
import { only, reshape } from '../../primitive/index.js'
import type { Algebra, Wire } from '../../structure/index.js'
import { apply, inline, retype, rigOf, type Term } from '../../term/index.js'

/**
 * A scalar term `[] ⊗ [] → []` at every entry of two wires of one type, in their rig: batched over the entries. Throws
 * where the rig lacks what the term needs.
 */
export function pointwise(term: Term, x: Wire, y: Wire, type: Type, algebra: Algebra): Wire {
  for (const { type: given } of [x, y])
    if (showType(given) !== showType(type))
      throw new TypeError(`pointwise: ${showType(given)} and ${showType(type)} differ`)
  const scalar = rigOf(term) === type.dtype ? term : retype(term, type.dtype)
  if (type.shape.length === 0) return only(apply(scalar, [x, y], algebra))
  const n = size(type.shape)
  if (n === 0) return x
  const flat = (w: Wire): Wire => (type.shape.length === 1 ? w : reshape(w, [n]))
  const out = only(inline(batch(n, scalar, [true, true]), [flat(x), flat(y)], algebra))
  return type.shape.length === 1 ? out : reshape(out, type.shape)
}
