import { batchModel } from '../compile/index.js'
import { objectOf, product, showShape } from '../object/index.js'
import { parameterObject, type Para } from '../optic/index.js'
import { concat, reshape, slice, transpose } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { apply, box, diagram } from '../term/index.js'

/** A place relative to a cell: rows down, columns to the right. */
export type Offset = readonly [number, number]

/** The cell and its eight neighbours, row by row. */
export const moore: readonly Offset[] = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j): Offset => [i, j]))
/** The cell between its left and right neighbours: elementary automata, on each row. */
export const line: readonly Offset[] = [-1, 0, 1].map((j): Offset => [0, j])

/** The entries of a wire from `by` on along an axis, and then those before: on a torus. */
function turned(x: Wire, axis: 0 | 1, by: number): Wire {
  const shape = [...x.type.shape]
  const n = shape[axis] ?? 1
  const at = ((by % n) + n) % n
  if (at === 0) return x
  const part = (from: number, count: number): Wire =>
    slice(
      x,
      shape.map((_, a) => (a === axis ? from : 0)),
      shape.map((size, a) => (a === axis ? count : size)),
    )
  return concat([part(at, n - at), part(0, at)], axis)
}

/** What each cell of a torus sees, [h, w] → [h · w, k], for k offsets. */
export function neighbourhoods(x: Wire, offsets: readonly Offset[]): Wire {
  const [h = 1, w = 1] = x.type.shape
  const seen = offsets.map(([i, j]) => reshape(turned(turned(x, 0, i), 1, j), [1, h * w]))
  return transpose(concat(seen, 0), [1, 0])
}

/**
 * A cellular automaton on a torus, [h, w] → [h, w]: every cell becomes what one model, tied over all places, answers to the k
 * cells at the offsets from it. With `lookup(9, 1)` and `moore` the model can be the Game of Life. Throws
 * `automaton: the cell reads [9], 3 offsets make [3]`.
 */
export function automaton<const H extends number, const W extends number, P, K extends number>(
  shape: [H, W],
  offsets: readonly Offset[],
  cell: Para<P, [[K]], [[1]]>,
): Para<P, [[H, W]], [[H, W]]> {
  const [k] = cell.dom
  if (k[0] !== offsets.length)
    throw new TypeError(`automaton: the cell reads ${showShape(k)}, ${offsets.length} offsets make [${offsets.length}]`)
  const everywhere = batchModel(shape[0] * shape[1], cell)
  const p = parameterObject(cell)
  const term = diagram(product(p, objectOf([shape])), (wires, algebra) => {
    const [own, frame] = [wires.slice(0, p.length), wires[p.length] as Wire]
    return apply(everywhere, [...own, neighbourhoods(frame, offsets)], algebra).map((y) => reshape(y, shape))
  })
  return { cod: [shape], dom: [shape], params: cell.params, parameters: cell.parameters, term: box('automaton', term) }
}
