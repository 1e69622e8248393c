import { gates } from '../../../compile/netlist/netlist.js'
import { arityOf, operandOf } from '../table.js'
import type { Sequence } from './kind.js'
import type { Plan } from './plan.js'

/** Words of a record: the operands' places and the gate's, or the gate's, its table's address and the operands'. */
export const recordWords = (arity: number): number => (arity > 2 ? arity + 2 : 3)

/** A sequence as words: records one after the other, and runs as pairs of the number of a body and where its records end. */
export interface Stream {
  readonly records: Int32Array
  readonly runs: Int32Array
  /** The kinds that occur, in the order of their bodies. */
  readonly kinds: readonly number[]
  /** The first word of each gate's record. */
  readonly recordOf: Int32Array
}

/** The stream of a sequence, with places in bytes: slots are `stride` apart, tables are at `tableOf`. */
export function streamOf(
  plan: Plan,
  { order, groups }: Sequence,
  swapped: Uint8Array,
  stride: number,
  tableOf: Int32Array,
): Stream {
  const { netlist, slotOf } = plan
  const { inputs } = netlist
  const records = new Int32Array(order.reduce((words, g) => words + recordWords(arityOf(netlist, g)), 0))
  const recordOf = new Int32Array(gates(netlist)).fill(-1)
  const place = (wire: number): number => stride * (slotOf[wire] ?? 0)
  const zeros = stride * inputs
  const kinds = [...new Set(groups.map((group) => group.kind))].sort((p, q) => p - q)
  const bodyOf = new Map(kinds.map((kind, i) => [kind, i]))
  const runs = new Int32Array(2 * groups.length)
  let at = 0
  for (const [i, { kind, from, to }] of groups.entries()) {
    for (const g of order.subarray(from, to)) {
      const arity = arityOf(netlist, g)
      recordOf[g] = at
      if (arity > 2) {
        records[at++] = place(inputs + g)
        records[at++] = tableOf[g] ?? 0
        for (let k = 0; k < arity; k++) records[at++] = place(operandOf(netlist, g, k))
      } else {
        const x = arity === 0 ? zeros : place(operandOf(netlist, g, 0))
        const y = arity === 2 ? place(operandOf(netlist, g, 1)) : x
        records[at++] = swapped[g] === 1 ? y : x
        records[at++] = swapped[g] === 1 ? x : y
        records[at++] = place(inputs + g)
      }
    }
    runs[2 * i] = bodyOf.get(kind) ?? 0
    runs[2 * i + 1] = at
  }
  return { records, runs, kinds, recordOf }
}
