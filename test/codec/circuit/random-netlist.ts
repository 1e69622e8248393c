import * as E from 'fp-ts/lib/Either.js'
import { evaluateNetlist, netlist, tableOf, type Netlist } from '../../../src/compile/index.js'

/** A stream of numbers in [0, 1): mulberry32. */
export function numbers(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A netlist of gates of up to `widest` operands, constants among them, that read any earlier wire, one twice where it falls so. */
export function randomNetlist(seed: number, inputs: number, count: number, outs: number, widest = 4): Netlist {
  const next = numbers(seed)
  const below = (n: number): number => Math.floor(next() * n)
  const gates = Array.from({ length: count }, (_, g) => {
    const k = inputs + g === 0 ? 0 : below(widest + 1)
    return {
      operands: Array.from({ length: k }, () => below(inputs + g)),
      table: tableOf(k, () => below(2)),
    }
  })
  const outputs = Array.from({ length: inputs + count === 0 ? 0 : outs }, () => below(inputs + count))
  const made = netlist({ inputs, gates, outputs })
  if (E.isLeft(made)) throw new Error(made.left.message)
  return made.right
}

/** The outputs of a netlist at every point, as text. */
export function functionOf(net: Netlist): string {
  return Array.from({ length: 2 ** net.inputs }, (_, p) =>
    evaluateNetlist(
      net,
      Array.from({ length: net.inputs }, (__, i) => (p >> i) & 1),
    ).join(''),
  ).join(' ')
}
