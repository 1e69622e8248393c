import type { Netlist } from '../../compile/netlist/index.js'
import { arityOf, entryOf } from './table.js'

/** Where the counts of each gate's table begin, one entry more than there are gates: entry q of gate g counts at `start[g] + q`. */
export function entryStarts(netlist: Netlist): Int32Array {
  const start = new Int32Array(netlist.start.length)
  for (let g = 0; g + 1 < start.length; g++) start[g + 1] = (start[g] ?? 0) + 2 ** arityOf(netlist, g)
  return start
}

/**
 * Adds the votes of a gate to those of its table's entries: what keeps a value that is 1, or changes one that is 0, is a vote
 * for 1. `counts` from `at` are the samples that keep less those that change: for each entry, or of at most two operands over
 * all, where x is 1, where y is, and where both are.
 */
export function addVotes(
  { tableStart }: Netlist,
  tables: Uint32Array,
  gate: number,
  arity: number,
  counts: Int32Array,
  at: number,
  votes: Int32Array,
  to: number,
): void {
  if (arity > 2) {
    for (let q = 0; q < 2 ** arity; q++)
      votes[to + q] = (votes[to + q] ?? 0) + signed(entryOf(tableStart, tables, gate, q), counts[at + q] ?? 0)
    return
  }
  const table = tables[tableStart[gate] ?? 0] ?? 0
  const all = counts[at] ?? 0
  const x = counts[at + 1] ?? 0
  const y = arity === 2 ? (counts[at + 2] ?? 0) : 0
  const both = arity === 2 ? (counts[at + 3] ?? 0) : 0
  votes[to] = (votes[to] ?? 0) + signed(table & 1, arity === 0 ? all : all - x - y + both)
  if (arity === 0) return
  votes[to + 1] = (votes[to + 1] ?? 0) + signed((table >>> 1) & 1, x - both)
  if (arity === 1) return
  votes[to + 2] = (votes[to + 2] ?? 0) + signed((table >>> 2) & 1, y - both)
  votes[to + 3] = (votes[to + 3] ?? 0) + signed((table >>> 3) & 1, both)
}

/** What keeps a value less what changes it, as votes for 1. */
const signed = (value: number, balance: number): number => (value === 1 ? balance : -balance)
