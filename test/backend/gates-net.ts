import type { Netlist } from '../../src/compile/netlist/index.js'
import { lanesOf, type Lanes } from '../../src/backend/gates/index.js'
import { numbers, randomNetlist } from '../netlist.js'

/** Netlists of every kind of gate: none at all, outputs that are inputs, deep and shallow, two operands alone and up to ten. */
export const nets: readonly (readonly [string, Netlist])[] = [
  ['nothing', randomNetlist(1, 0, 0, [0], 0)],
  ['wires', randomNetlist(2, 5, 0, [0], 7)],
  ['constants', randomNetlist(3, 0, 5, [0, 0, 1, 2], 6)],
  ...[1, 2, 3, 4, 5, 6].map((i) => [`pairs ${i}`, randomNetlist(10 + i, 1 + 3 * i, 60 * i, [2], 3 * i)] as const),
  ['many pairs', randomNetlist(20, 40, 2500, [2], 64)],
  ['small gates', randomNetlist(21, 12, 400, [0, 1, 2, 2, 2, 3], 24)],
  ['few of all', randomNetlist(22, 11, 40, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 12)],
  ['all', randomNetlist(23, 14, 150, [0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10], 20)],
  ['tables of four', randomNetlist(24, 30, 500, [4], 32)],
  ['tables of eleven', randomNetlist(25, 13, 8, [11], 5)],
]

/** Lanes of random bits; those above the last sample are random too. */
export function randomLanes(seed: number, planes: number, samples: number): Lanes {
  const next = numbers(seed)
  const lanes = lanesOf(planes, samples)
  for (let i = 0; i < lanes.words.length; i++) lanes.words[i] = next(2 ** 32)
  return lanes
}

/** The bit of a plane at a sample. */
export const bitAt = ({ words, samples }: Lanes, plane: number, s: number): number =>
  ((words[plane * Math.ceil(samples / 32) + (s >>> 5)] ?? 0) >>> (s & 31)) & 1

/** Gate by gate, one sample at a time and nothing packed: values, the parity of sensitised paths, and desires with their votes. */
export function bySample(netlist: Netlist, tables: Uint32Array, bits: (input: number) => number): Sample {
  const { inputs, start, operands, tableStart, outputs } = netlist
  const count = start.length - 1
  const values = new Array<number>(inputs + count).fill(0)
  for (let i = 0; i < inputs; i++) values[i] = bits(i)
  const wiresOf = (g: number): number[] => Array.from(operands.subarray(start[g], start[g + 1]))
  const indexOf = (g: number): number => wiresOf(g).reduce((sum, wire, i) => sum + (values[wire] ?? 0) * 2 ** i, 0)
  const entry = (g: number, q: number): number =>
    ((tables[(tableStart[g] ?? 0) + Math.floor(q / 32)] ?? 0) >>> (q % 32)) & 1
  for (let g = 0; g < count; g++) values[inputs + g] = entry(g, indexOf(g))
  return {
    outputs: Array.from(outputs, (wire) => values[wire] ?? 0),
    reverse(dy) {
      const d = new Array<number>(inputs + count).fill(0)
      for (const [o, wire] of outputs.entries()) d[wire] = ((d[wire] ?? 0) + dy(o)) % 2
      for (let g = count - 1; g >= 0; g--) {
        const at = indexOf(g)
        for (const [i, wire] of wiresOf(g).entries()) {
          const partial = entry(g, at | (1 << i)) ^ entry(g, at & ~(1 << i))
          d[wire] = ((d[wire] ?? 0) + (d[inputs + g] ?? 0) * partial) % 2
        }
      }
      return d.slice(0, inputs)
    },
    votes(one, zero, vote) {
      const p = new Array<boolean>(inputs + count).fill(false)
      const q = new Array<boolean>(inputs + count).fill(false)
      for (const [o, wire] of outputs.entries()) {
        p[wire] ||= one(o) === 1
        q[wire] ||= zero(o) === 1
      }
      for (let g = count - 1; g >= 0; g--) {
        if (p[inputs + g] === q[inputs + g]) continue
        const should = p[inputs + g] === true
        const at = indexOf(g)
        vote(g, at, should ? 1 : -1)
        for (const [i, wire] of wiresOf(g).entries()) {
          const [high, low] = [entry(g, at | (1 << i)), entry(g, at & ~(1 << i))]
          if (high === low) continue
          // A value of 1 of the operand gives `high`.
          if ((high === 1) === should) p[wire] = true
          else q[wire] = true
        }
      }
      return Array.from({ length: inputs }, (_, i) => (p[i] === q[i] ? 0 : p[i] === true ? 1 : -1))
    },
  }
}
/** What a netlist does at one sample. */
export interface Sample {
  readonly outputs: readonly number[]
  reverse(dy: (output: number) => number): readonly number[]
  votes(
    one: (output: number) => number,
    zero: (output: number) => number,
    vote: (gate: number, entry: number, sign: number) => void,
  ): readonly number[]
}
