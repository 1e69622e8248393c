import { gates } from '../../../compile/netlist/index.js'
import type { Sequence } from '../plan/kind.js'
import type { Plan } from '../plan/plan.js'
import type { Stream } from '../plan/stream.js'
import { pairTable, swapPair } from '../table.js'

/** Records of three words in buckets by truth table, where a table may change: a record moves from bucket to bucket by the ends between. */
export interface Buckets {
  /** Moves the record of a gate of at most two operands to where its table is now. */
  move(memory: Int32Array, tables: Uint32Array, gate: number): void
}

/** The buckets of an open sequence that is a stream at addresses of a memory. */
export function bucketsOf(
  plan: Plan,
  { groups }: Sequence,
  swapped: Uint8Array,
  { records, runs, recordOf }: Stream,
  recordsAt: number,
  runsAt: number,
): Buckets {
  const groupOf = new Int32Array(gates(plan.netlist)).fill(-1)
  const owner = new Int32Array(records.length)
  for (const [g, at] of recordOf.entries()) if (at >= 0) owner[at] = g
  for (const [i] of groups.entries())
    for (let at = i === 0 ? 0 : (runs[2 * i - 1] ?? 0); at < (runs[2 * i + 1] ?? 0); at++)
      if (recordOf[owner[at] ?? 0] === at) groupOf[owner[at] ?? 0] = i
  return {
    move(memory, tables, gate) {
      let at = recordOf[gate] ?? -1
      if (at < 0) return
      const pair = pairTable(plan.netlist, tables, gate)
      const wanted = swapped[gate] === 1 ? swapPair(pair) : pair
      let group = groupOf[gate] ?? 0
      const goal = group - ((groups[group]?.kind ?? 0) & 15) + wanted
      const endOf = (i: number): number => (runsAt >>> 2) + 2 * i + 1
      const base = recordsAt >>> 2
      while (group !== goal) {
        const up = group < goal
        // The end between the two buckets, relative to the first record.
        const border = endOf(up ? group : group - 1)
        const edge = ((memory[border] ?? 0) - recordsAt) >>> 2
        const other = up ? edge - 3 : edge
        const moved = owner[other] ?? 0
        for (let w = 0; w < 3; w++) {
          const [p, q] = [base + at + w, base + other + w]
          const kept = memory[p] ?? 0
          memory[p] = memory[q] ?? 0
          memory[q] = kept
        }
        owner[at] = moved
        recordOf[moved] = at
        owner[other] = gate
        recordOf[gate] = other
        at = other
        memory[border] = (memory[border] ?? 0) + (up ? -12 : 12)
        group += up ? 1 : -1
      }
      groupOf[gate] = group
    },
  }
}
