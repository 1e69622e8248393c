import type { Wire } from '../structure/index.js'
import { broadcast } from './broadcast.js'

/** The wires with one more axis of size n in front, broadcast where it is missing. */
export function front(n: number, inputs: readonly Wire[], batched: readonly boolean[]): readonly Wire[] {
  return inputs.map((x, i) => (batched[i] === true ? x : broadcast(x, [0], [n, ...x.type.shape])))
}
