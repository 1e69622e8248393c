import type { Netlist } from '../../src/compile/netlist/index.js'
import { draft, tableOf } from '../../src/compile/netlist/index.js'
import { lanesOf, type Lanes } from '../../src/backend/gates/index.js'

/** Whole numbers below n, from a seed. */
export function numbers(seed: number): (n: number) => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return (n) => {
    state ^= state << 13
    state ^= state >>> 17
    state = (state ^ (state << 5)) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

/** A netlist of gates whose number of operands is one of a list, with operands that may be equal, and outputs of any wires. */
export function randomNetlist(
  seed: number,
  inputs: number,
  count: number,
  arities: readonly number[],
  outputs: number,
): Netlist {
  const next = numbers(seed)
  const out = draft(inputs)
  for (let g = 0; g < count; g++) {
    const wires = inputs + g
    const arity = wires === 0 ? 0 : (arities[next(arities.length)] ?? 0)
    // Mostly late wires, so that it is deep.
    const wire = (): number => (next(3) === 0 ? next(wires) : Math.max(0, wires - 1 - next(Math.min(wires, 12))))
    out.put(
      Array.from({ length: arity }, wire),
      tableOf(arity, () => next(2)),
    )
  }
  const all = inputs + count
  return out.finish(
    all === 0
      ? []
      : Array.from({ length: outputs }, () => (next(2) === 0 ? next(all) : Math.max(0, all - 1 - next(8)))),
  )
}

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
