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
 * for 1. `balance(m)` are the samples that keep less those that change, of pairs by the sums over all, x, y and x ∧ y.
 */
export function addVotes(
  netlist: Netlist,
  tables: Uint32Array,
  gate: number,
  counts: Int32Array,
  at: number,
  votes: Int32Array,
  to: number,
): void {
  const arity = arityOf(netlist, gate)
  const entries = 2 ** arity
  const signed = (q: number, n: number): void => {
    const sign = 2 * entryOf(netlist.tableStart, tables, gate, q) - 1
    votes[to + q] = (votes[to + q] ?? 0) + sign * n
  }
  if (arity > 2) for (let q = 0; q < entries; q++) signed(q, counts[at + q] ?? 0)
  else {
    const [all = 0, x = 0, y = 0, both = 0] = [counts[at], counts[at + 1], counts[at + 2], counts[at + 3]]
    if (arity === 0) signed(0, all)
    else if (arity === 1) {
      signed(0, all - x)
      signed(1, x)
    } else {
      signed(0, all - x - y + both)
      signed(1, x - both)
      signed(2, y - both)
      signed(3, both)
    }
  }
}
