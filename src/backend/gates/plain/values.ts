import { gates, type Netlist } from '../../../compile/netlist/index.js'
import { arityOf, entryOf, operandOf } from '../table.js'

/** The value of every wire at 32 samples, and what is worked with. */
export interface Words {
  readonly values: Int32Array
  /** Whether each operand of the gate at hand decides its value, after {@link sensitivities}. */
  readonly decides: Int32Array
  /** The samples that come to each entry of the table of the gate at hand, after {@link entrySamples}. */
  readonly samples: Int32Array
  readonly row: Int32Array
}

/** Words of a netlist. */
export function wordsFor(netlist: Netlist): Words {
  let most = 0
  for (let g = 0; g < gates(netlist); g++) most = Math.max(most, arityOf(netlist, g))
  const leaves = 2 ** most
  return {
    values: new Int32Array(netlist.inputs + gates(netlist)),
    decides: new Int32Array(most),
    samples: new Int32Array(leaves),
    row: new Int32Array(leaves),
  }
}

/** The samples of which the operands are an entry of the table, for each entry. */
export function entrySamples(netlist: Netlist, { values, samples }: Words, gate: number): void {
  samples[0] = -1
  for (let i = 0; i < arityOf(netlist, gate); i++) {
    const x = values[operandOf(netlist, gate, i)] ?? 0
    for (let q = 2 ** i - 1; q >= 0; q--) {
      const here = samples[q] ?? 0
      samples[q + 2 ** i] = here & x
      samples[q] = here & ~x
    }
  }
}

/** The values of all gates: the union of the samples of the entries that are 1. */
export function valuesOf(netlist: Netlist, tables: Uint32Array, words: Words): void {
  const { inputs, start, operands, tableStart } = netlist
  const { values, row } = words
  for (let g = 0; g < gates(netlist); g++) {
    const from = start[g] ?? 0
    const arity = (start[g + 1] ?? 0) - from
    const at = tableStart[g] ?? 0
    if (arity === 2) {
      const [x, y] = [values[operands[from] ?? 0] ?? 0, values[operands[from + 1] ?? 0] ?? 0]
      const t = tables[at] ?? 0
      const low = -(t & 1) ^ (x & -((t ^ (t >>> 1)) & 1))
      const high = -((t >>> 2) & 1) ^ (x & -(((t >>> 2) ^ (t >>> 3)) & 1))
      values[inputs + g] = low ^ (y & (low ^ high))
      continue
    }
    for (let q = 0; q < 2 ** arity; q++) row[q] = -entryOf(tableStart, tables, g, q)
    for (let i = 0, half = 2 ** arity / 2; i < arity; i++, half /= 2) {
      const x = values[operands[from + i] ?? 0] ?? 0
      for (let j = 0; j < half; j++) {
        const low = row[2 * j] ?? 0
        row[j] = low ^ (x & (low ^ (row[2 * j + 1] ?? 0)))
      }
    }
    values[inputs + g] = row[0] ?? 0
  }
}

/** Where each operand of a gate decides its value: f(xᵢ := 1) ⊕ f(xᵢ := 0), over the samples of each entry. */
export function sensitivities(netlist: Netlist, tables: Uint32Array, words: Words, gate: number): void {
  const { decides, samples } = words
  const arity = arityOf(netlist, gate)
  entrySamples(netlist, words, gate)
  decides.fill(0, 0, arity)
  for (let q = 0; q < 2 ** arity; q++) {
    const here = samples[q] ?? 0
    if (here === 0) continue
    const value = entryOf(netlist.tableStart, tables, gate, q)
    for (let i = 0; i < arity; i++)
      if (entryOf(netlist.tableStart, tables, gate, q ^ (1 << i)) !== value) decides[i] = (decides[i] ?? 0) | here
  }
}

/** The number of ones of a word. */
export function popcount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
