import * as E from 'fp-ts/lib/Either.js'
import { draft, evaluateNetlist, tableOf, type Netlist } from '../src/compile/netlist/index.js'

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

/** The outputs of a netlist at every point, as text. */
export function functionOf(net: Netlist): string {
  return Array.from({ length: 2 ** net.inputs }, (_, p) =>
    evaluateNetlist(
      net,
      Array.from({ length: net.inputs }, (__, i) => (p >> i) & 1),
    ).join(''),
  ).join(' ')
}

/** The value of an Either; throws what is Left. */
export const right = <L extends { readonly message: string }, A>(e: E.Either<L, A>): A => {
  if (E.isLeft(e)) throw new Error(e.left.message)
  return e.right
}
/** The first n binary digits of a number, least significant first. */
export const digits = (n: number, i: number): number[] => Array.from({ length: n }, (_, k) => (i >>> k) & 1)
/** Points of Z₂ⁿ: all of them to 2¹⁰, else 300. */
export const points = (n: number): number[][] =>
  n <= 10
    ? Array.from({ length: 2 ** n }, (_, i) => digits(n, i))
    : Array.from({ length: 300 }, (_, i) =>
        Array.from({ length: n }, (_, k) => (Math.imul(i + 7, 0x9e3779b1 + 2 * k) >>> 13) & 1),
      )
