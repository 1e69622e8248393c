import type { Netlist } from '../../../compile/netlist/netlist.js'
import { arityOf, pairTable } from '../table.js'

/**
 * What a run of gates does: a truth table of two operands and how many of the operands' cotangents it is the first to add to,
 * or the number of operands, which then is at least 3.
 */
export type Kind = { readonly pair: number; readonly first: 0 | 1 | 2 } | { readonly operands: number }

/** The number of a kind: table + 16 · first, or 48 + operands. */
export const kindNumber = (kind: Kind): number => ('pair' in kind ? kind.pair + 16 * kind.first : 48 + kind.operands)
/** The kind of a number. */
export const kindOf = (n: number): Kind =>
  n < 48 ? { pair: n & 15, first: (n >> 4) as 0 | 1 | 2 } : { operands: n - 48 }
/** Kinds are numbered below this. */
export const kinds = 72

/** The number of the kind of a gate that is evaluated forward. */
export const gateKind = (netlist: Netlist, gate: number): number => {
  const operands = arityOf(netlist, gate)
  return operands > 2 ? kindNumber({ operands }) : pairTable(netlist, netlist.tables, gate)
}

/** Gates `order[from]` … `order[to − 1]`, of one kind. */
export interface Group {
  readonly kind: number
  readonly from: number
  readonly to: number
}

/** Gates in the order in which they run, in groups of one kind. */
export interface Sequence {
  readonly order: Int32Array
  readonly groups: readonly Group[]
}

/**
 * Gates by stage, and within a stage by kind; gates of one kind stay in order. With `open` a stage that has gates of two
 * operands has a group for each of their 16 tables, empty or not, one after the other by first.
 */
export function sequence(list: readonly number[], stage: Int32Array, kind: Int32Array, open: boolean): Sequence {
  const keys = list.map((g) => (stage[g] ?? 0) * kinds + (kind[g] ?? 0))
  const at = Array.from(keys.keys()).sort((p, q) => (keys[p] ?? 0) - (keys[q] ?? 0) || p - q)
  const order = Int32Array.from(at, (i) => list[i] ?? 0)
  const groups: Group[] = []
  let from = 0
  while (from < at.length) {
    const key = keys[at[from] ?? 0] ?? 0
    const kind = key % kinds
    const [low, high] = open && kind < 48 ? [key - (kind & 15), key - (kind & 15) + 15] : [key, key]
    for (let k = low; k <= high; k++) {
      let to = from
      while (to < at.length && keys[at[to] ?? 0] === k) to++
      groups.push({ kind: k % kinds, from, to })
      from = to
    }
  }
  return { order, groups }
}
