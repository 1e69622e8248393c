import type { Para } from '../optic/index.js'
import type { Wire } from '../structure/index.js'
import { object, type Type } from '../object/index.js'
import { box, diagram } from '../term/index.js'
import { entriesOf } from './entries.js'
import { selectRow } from './select-row.js'

/** The parameters of a look-up: one row of M entries for each of R points of the inputs. */
export interface LookupParams<R extends number, M extends number> {
  table: [R, M]
}

/** `2ⁿ` for n up to 12. */
export type Power<N extends number> = [
  1,
  2,
  4,
  8,
  16,
  32,
  64,
  128,
  256,
  512,
  1024,
  2048,
  4096,
][N] extends infer P extends number
  ? P
  : number

/**
 * `eval : table ⊗ x ↦ table[x]`, [2ⁿ, m] ⊗ [n] → [m], as the multilinear polynomial of selectors `lo + xᵢ (hi − lo)`,
 * x₀ the most significant. Polynomial with integer coefficients, so it is read over any ring by `over`: over bits it is
 * the model of "Reverse Derivative Ascent" (Wilson and Zanasi 2020), which can learn every function. The table starts at
 * zero. Throws unless 1 ≤ n ≤ 12 and m ≥ 1.
 */
export function lookup<const N extends number, const M extends number>(
  n: N,
  m: M,
): Para<LookupParams<Power<N>, M>, [[N]], [[M]]> {
  if (!(Number.isInteger(n) && n >= 1 && n <= 12))
    throw new TypeError(`lookup: ${n} is not a number of inputs between 1 and 12`)
  if (!(Number.isInteger(m) && m >= 1))
    throw new TypeError(`lookup: ${m} is not a number of outputs: needs an integer ≥ 1`)
  const rows = (2 ** n) as Power<N>
  const type = (...shape: number[]): Type => ({ dtype: 'float32', shape })
  const term = diagram(object([type(rows, m), type(n)]), (wires) => {
    const [table, x] = wires as [Wire, Wire]
    return [selectRow(table, entriesOf(x))]
  })
  const draw = (_: readonly [number, number], shape: readonly number[]): Float64Array =>
    new Float64Array(shape.reduce((a, b) => a * b, 1))
  return {
    cod: [[m]],
    dom: [[n]],
    params: { table: [rows, m] },
    parameters: [{ path: ['table'], type: type(rows, m), draw }],
    term: box('lookup', term),
  }
}
