import { gates, type Netlist } from '../../../compile/netlist/netlist.js'
import { arityOf, operandOf } from '../table.js'
import { neededGates } from './absorb.js'
import { gateKind, sequence, type Sequence } from './kind.js'

/** The order in which a netlist is evaluated, and the slot of each wire; slot `inputs` holds zeros. */
export interface Plan extends Sequence {
  readonly netlist: Netlist
  readonly slots: number
  readonly slotOf: Int32Array
  readonly level: Int32Array
  /** Whether truth tables may change. */
  readonly open: boolean
}

/** The level of each gate: one more than the highest of its operands, and 1 of what reads inputs alone. */
function levelsOf(netlist: Netlist): Int32Array {
  const { inputs, start, operands } = netlist
  const level = new Int32Array(gates(netlist))
  for (let g = 0; g < level.length; g++) {
    let highest = 0
    for (let i = start[g] ?? 0; i < (start[g + 1] ?? 0); i++)
      highest = Math.max(highest, level[(operands[i] ?? 0) - inputs] ?? 0)
    level[g] = highest + 1
  }
  return level
}

/**
 * Level by level, within a level by table, so that a run of gates has one instruction and writes in order. With `reuse` the slot
 * of a wire is free after the level that reads it last; without, every wire keeps its own.
 */
export function planOf(netlist: Netlist, { open, reuse }: { readonly open: boolean; readonly reuse: boolean }): Plan {
  const level = levelsOf(netlist)
  const needed = neededGates(netlist)
  const kind = Int32Array.from(level, (_, g) => gateKind(netlist, g))
  const list = Array.from(level.keys()).filter((g) => needed[g] === 1)
  const { order, groups } = sequence(list, level, kind, open)
  return {
    netlist,
    order,
    groups,
    level,
    open,
    ...(reuse ? reusedSlots(netlist, order, level) : ownSlots(netlist, order)),
  }
}

function ownSlots(netlist: Netlist, order: Int32Array): Pick<Plan, 'slots' | 'slotOf'> {
  const { inputs } = netlist
  const slotOf = new Int32Array(inputs + gates(netlist))
  for (let i = 0; i < inputs; i++) slotOf[i] = i
  for (const [i, g] of order.entries()) slotOf[inputs + g] = inputs + 1 + i
  return { slots: inputs + 1 + order.length, slotOf }
}

function reusedSlots(netlist: Netlist, order: Int32Array, level: Int32Array): Pick<Plan, 'slots' | 'slotOf'> {
  const { inputs, outputs } = netlist
  const last = new Int32Array(inputs + level.length)
  for (const g of order)
    for (let i = 0; i < arityOf(netlist, g); i++) {
      const wire = operandOf(netlist, g, i)
      last[wire] = Math.max(last[wire] ?? 0, level[g] ?? 0)
    }
  for (const wire of outputs) last[wire] = level.length + 2
  const depth = order.reduce((most, g) => Math.max(most, level[g] ?? 0), 0)
  /** The slots that are free after each level. */
  const freed: number[][] = Array.from({ length: depth + 1 }, () => [])
  const slotOf = new Int32Array(inputs + level.length)
  for (let i = 0; i < inputs; i++) {
    slotOf[i] = i
    freed[last[i] ?? 0]?.push(i)
  }
  let slots = inputs + 1
  let free: number[] = []
  for (let at = 0; at < order.length;) {
    const now = level[order[at] ?? 0] ?? 0
    // In order, so that a level is written from low to high.
    free = [...free, ...(freed[now - 1] ?? [])].sort((p, q) => p - q)
    let taken = 0
    for (; at < order.length && level[order[at] ?? 0] === now; at++) {
      const wire = inputs + (order[at] ?? 0)
      const slot = free[taken++] ?? slots++
      slotOf[wire] = slot
      freed[last[wire] ?? 0]?.push(slot)
    }
    free = free.slice(taken)
  }
  return { slots, slotOf }
}
