import { coins, type Initialiser } from '../initialiser/index.js'
import { object, type Int, type Type } from '../object/index.js'
import type { Para } from '../optic/index.js'
import { gather, reshape, slice } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import type { Power } from './lookup.js'
import { selectRow } from './select-row.js'
import { wiringParameter } from './wiring.js'

/** The parameters of M look-up tables of K operands: their columns, and the wires that they read. */
export interface LookupsParams<M extends number, K extends number> {
  table: [Power<K>, M]
  wiring: Int<[K, M]>
}
/** Options of a layer of look-up tables: operands of each (2 unless given, at most 12) and how tables are first drawn. */
export interface LookupsOptions<K extends number> {
  readonly operands?: K
  /** The first tables, fair bits unless given. */
  readonly initialiser?: Initialiser
}

/** Throws where sizes are not integers ≥ 1, or there are more than 12 operands. */
export function checkCells(name: string, sizes: { readonly [what: string]: number }, operands: number): void {
  for (const [what, size] of Object.entries({ ...sizes, operands }))
    if (!(Number.isSafeInteger(size) && size >= 1))
      throw new TypeError(`${name}: ${size} is not a number of ${what}: needs an integer ≥ 1`)
  if (operands > 12) throw new TypeError(`${name}: ${operands} operands, needs at most 12`)
}

/** The rows of a wire [k, m], as k wires [m]. */
export function rowsOf(x: Wire): Wire[] {
  const [k = 0, m = 0] = x.type.shape
  return Array.from({ length: k }, (_, i) => reshape(slice(x, [i, 0], [1, m]), [m]))
}

/**
 * A layer of look-up tables of k operands with random wiring, [n] → [m]: cell j answers the entry of column j of its table
 * that its operands address. The wiring is drawn once from the seed, every wire read equally often, and not learned. A
 * polynomial, like `lookup`: over bits it is a layer of a logic network, over the reals its relaxation. Throws where a
 * number is not an integer ≥ 1.
 *
 * ```ts run
 * import { lookups } from 'paralens'
 * console.log(lookups(784, 4000).parameters.map((p) => p.type.shape)) // → [ [ 4, 4000 ], [ 2, 4000 ] ]
 * ```
 */
export function lookups<const N extends number, const M extends number, const K extends number = 2>(
  inputs: N,
  cells: M,
  options: LookupsOptions<K> = {},
): Para<LookupsParams<M, K>, [[N]], [[M]]> {
  const { operands = 2 as K, initialiser = coins } = options
  checkCells('lookups', { inputs, cells }, operands)
  const rows = 2 ** operands
  const table: Type = { dtype: 'float32', shape: [rows, cells] }
  const wiring = wiringParameter(inputs, operands, cells)
  const term = diagram(object([table, wiring.type, { dtype: 'float32', shape: [inputs] }]), (wires) => {
    const [values, indices, x] = wires as [Wire, Wire, Wire]
    return [selectRow(values, rowsOf(gather(x, indices)))]
  })
  return {
    cod: [[cells]],
    dom: [[inputs]],
    params: { table: [rows as Power<K>, cells], wiring: { dtype: 'int32', shape: [operands, cells] } },
    parameters: [{ path: ['table'], type: table, draw: initialiser }, wiring],
    term: box('lookups', term),
  }
}
