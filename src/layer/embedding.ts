import { normal } from '../initialiser/index.js'
import { object, size, type Int, type Shape, type Type } from '../object/index.js'
import type { Para, Parameter } from '../optic/index.js'
import { gather } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import type { WeightOptions } from './dense.js'
import { checkNumbers } from './window.js'

/** The parameters of an embedding of N things in D dimensions. */
export interface EmbeddingParams<N extends number, D extends number> {
  table: [N, D]
}

/**
 * The rows of a table at some indices: int32[s…] → [s…, d], for n rows drawn from N(0, 1), and one index unless a shape is
 * given. An index that is not in 0 … n − 1 has the row 0 and learns nothing. Throws where a size is not an integer ≥ 1.
 *
 * ```ts run
 * import { embedding } from 'paralens'
 * console.log(embedding(1000, 16, [12]).cod) // → [ [ 12, 16 ] ]
 * ```
 */
export function embedding<const N extends number, const D extends number, const S extends Shape = []>(
  count: N,
  width: D,
  shape: S = [] as unknown as S,
  options: WeightOptions = {},
): Para<EmbeddingParams<N, D>, [Int<S>], [[...S, D]]> {
  checkNumbers('embedding', { count, width })
  const type: Type = { dtype: 'float32', shape: [count, width] }
  const draw: Parameter['draw'] = options.initialiser ?? ((key, of) => normal(key, size(of)))
  const term = diagram(object([type, { dtype: 'int32', shape }]), ([table, indices]) => [
    gather(table as Wire, indices as Wire),
  ])
  return {
    cod: [[...shape, width]],
    dom: [{ dtype: 'int32', shape }],
    params: { table: [count, width] },
    parameters: [{ path: ['table'], type, draw }],
    term: box('embedding', term),
  }
}
