import { gateAt } from './draft.js'
import type { Netlist } from './netlist.js'
import { entryOf, maskOf, projection, wordsOf, type TruthTable } from './truth-table.js'

/** The outputs at one point, each 0 or 1: the meaning of a netlist. Throws a TypeError where the point has another number of bits. */
export function evaluateNetlist(netlist: Netlist, point: ArrayLike<number>): Uint8Array {
  const { inputs, start, operands, tableStart, tables, outputs } = netlist
  if (point.length !== inputs)
    throw new TypeError(`evaluateNetlist: the point has ${point.length} bits, the netlist ${inputs} inputs`)
  const count = start.length - 1
  const values = new Uint8Array(inputs + count)
  for (let i = 0; i < inputs; i++) values[i] = (point[i] ?? 0) & 1
  for (let g = 0; g < count; g++) {
    const [from, to] = [start[g] ?? 0, start[g + 1] ?? 0]
    let index = 0
    for (let j = from; j < to; j++) index |= (values[operands[j] ?? 0] ?? 0) << (j - from)
    values[inputs + g] = ((tables[(tableStart[g] ?? 0) + (index >>> 5)] ?? 0) >>> (index & 31)) & 1
  }
  return Uint8Array.from(outputs, (w) => values[w] ?? 0)
}

/** The outputs at 32 points a word: word w of input i is its bit at the points 32w … 32w + 31. */
export function simulate(netlist: Netlist, points: readonly Uint32Array[], words: number): readonly Uint32Array[] {
  if (points.length !== netlist.inputs || points.some((p) => p.length !== words))
    throw new TypeError(`simulate: ${points.length} inputs given, needs ${netlist.inputs} of ${words} words each`)
  const values: Uint32Array[] = [...points]
  for (let g = 0; g < netlist.start.length - 1; g++) {
    const { operands, table } = gateAt(netlist, g)
    const reads = operands.map((w) => values[w] ?? new Uint32Array(words))
    values.push(gateWords(table, reads, words))
  }
  return Array.from(netlist.outputs, (w) => values[w] ?? new Uint32Array(words))
}

/** A gate at 32 points a word: a tree of multiplexers, operand 0 at the leaves. */
function gateWords(table: TruthTable, reads: readonly Uint32Array[], words: number): Uint32Array {
  const entries = Int32Array.from({ length: 2 ** reads.length }, (_, i) => -entryOf(table, i))
  const row = new Int32Array(entries.length)
  const out = new Uint32Array(words)
  for (let w = 0; w < words; w++) {
    row.set(entries)
    let half = row.length >> 1
    for (const read of reads) {
      const x = read[w] ?? 0
      for (let j = 0; j < half; j++) {
        const low = row[2 * j] ?? 0
        row[j] = low ^ (x & (low ^ (row[2 * j + 1] ?? 0)))
      }
      half >>= 1
    }
    out[w] = row[0] ?? 0
  }
  return out
}

/** The truth table of each output. Throws a RangeError above 20 inputs. */
export function tablesOf(netlist: Netlist): readonly TruthTable[] {
  const n = netlist.inputs
  if (n > 20) throw new RangeError(`tablesOf: ${n} inputs have 2^${n} points, needs at most 20 inputs`)
  const words = wordsOf(n)
  const points = Array.from({ length: n }, (_, i) => Uint32Array.from({ length: words }, (_, w) => projection(i, w)))
  return simulate(netlist, points, words).map((t) => t.map((word) => (word & maskOf(n)) >>> 0))
}
