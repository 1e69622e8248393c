import { batchModel } from '../compile/index.js'
import type { Shape } from '../object/index.js'
import type { Para } from '../optic/index.js'

/** `f` on each of n rows, with the same parameters: the batching functor used as a layer, [n, s…] → [n, t…]. */
export function each<const N extends number, P, S extends Shape, T extends Shape>(
  n: N,
  f: Para<P, [S], [T]>,
): Para<P, [[N, ...S]], [[N, ...T]]> {
  const [from, to] = [f.dom[0], f.cod[0]]
  return { cod: [[n, ...to]], dom: [[n, ...from]], params: f.params, parameters: f.parameters, term: batchModel(n, f) }
}
