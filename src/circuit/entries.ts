import { reshape, slice } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'

/** The entries of a vector, [n] → []ⁿ. */
export function entriesOf(x: Wire): Wire[] {
  return Array.from({ length: x.type.shape[0] ?? 0 }, (_, i) => reshape(slice(x, [i], [1]), []))
}
