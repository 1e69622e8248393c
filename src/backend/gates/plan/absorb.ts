import { draft, gates, tableOf, type Netlist } from '../../../compile/netlist/index.js'
import { arityOf, entryOf, operandOf } from '../table.js'

/** A table from its entries. */
const packed = (table: readonly number[]): Uint32Array => tableOf(Math.log2(table.length), (i) => table[i] ?? 0)

/** A table where operand i is b. */
const restrict = (table: readonly number[], i: number, b: number): number[] =>
  table.filter((_, entry) => ((entry >>> i) & 1) === b)
/** A table whose operand i is negated. */
const negate = (table: readonly number[], i: number): number[] => table.map((_, entry) => table[entry ^ (1 << i)] ?? 0)

/** Literals are 2 · wire + (1 where negated); these are the constants. */
const constant = [-2, -1] as const

/**
 * The netlist of the same polynomials in which inverters, buffers and constants are part of the tables that read them: a wire
 * inside may hold the complement of what it held, outputs hold what they held. Of two operands only x ∧ y, x ∧ ¬y, x ⊕ y and
 * x ∨ y remain, but for gates that drive outputs. Gates that no output needs are left out. Operands are never merged, so the
 * reverse derivative is the same too.
 */
export function absorb(netlist: Netlist): Netlist {
  const { inputs, tableStart, tables, outputs } = netlist
  const count = gates(netlist)
  const needed = neededGates(netlist)
  const seen = new Uint8Array(inputs + count)
  for (const wire of outputs) seen[wire] = 1
  const next = draft(inputs)
  const literal = new Int32Array(inputs + count)
  for (let i = 0; i < inputs; i++) literal[i] = 2 * i
  for (let g = 0; g < count; g++) {
    if (needed[g] === 0) continue
    const arity = arityOf(netlist, g)
    let table = Array.from({ length: 2 ** arity }, (_, entry) => entryOf(tableStart, tables, g, entry))
    let wires: number[] = []
    for (let i = arity - 1; i >= 0; i--) {
      const at = literal[operandOf(netlist, g, i)] ?? 0
      if (at < 0) table = restrict(table, i, at === constant[1] ? 1 : 0)
      else {
        if ((at & 1) === 1) table = negate(table, i)
        wires.unshift(at >> 1)
      }
    }
    // Only when constants are in can be seen on what the value depends.
    for (let i = wires.length - 1; i >= 0; i--) {
      const low = restrict(table, i, 0)
      if (restrict(table, i, 1).some((bit, entry) => bit !== low[entry])) continue
      table = low
      wires = wires.filter((_, k) => k !== i)
    }
    const [zero = 0] = table
    const [wire = 0] = wires
    if (wires.length === 0) literal[inputs + g] = constant[zero === 1 ? 1 : 0]
    else if (wires.length === 1) literal[inputs + g] = 2 * wire + zero
    else {
      const negated = seen[inputs + g] === 0 && zero === 1
      if (negated) table = table.map((bit) => 1 - bit)
      // ¬x ∧ y is y ∧ ¬x
      if (wires.length === 2 && table.join('') === '0010') {
        wires.reverse()
        table = [0, 1, 0, 0]
      }
      literal[inputs + g] = 2 * next.put(wires, packed(table)) + (negated ? 1 : 0)
    }
  }
  const drivers = new Map<number, number>()
  const driver = (at: number): number => {
    if (at >= 0 && (at & 1) === 0) return at >> 1
    const wire =
      drivers.get(at) ??
      (at < 0 ? next.put([], packed([at === constant[1] ? 1 : 0])) : next.put([at >> 1], packed([1, 0])))
    drivers.set(at, wire)
    return wire
  }
  return prune(next.finish(Array.from(outputs, (wire) => driver(literal[wire] ?? 0))))
}

/** Of each gate 1 where an output needs it. */
export function neededGates(netlist: Netlist): Uint8Array {
  const { inputs, start, operands, outputs } = netlist
  const needed = new Uint8Array(gates(netlist))
  for (const wire of outputs) if (wire >= inputs) needed[wire - inputs] = 1
  for (let g = needed.length - 1; g >= 0; g--)
    if (needed[g] === 1)
      for (let i = start[g] ?? 0; i < (start[g + 1] ?? 0); i++) {
        const wire = operands[i] ?? 0
        if (wire >= inputs) needed[wire - inputs] = 1
      }
  return needed
}

/** The netlist without the gates that no output needs, which folding constants leaves behind. */
function prune(netlist: Netlist): Netlist {
  const { inputs, start, operands, tableStart, tables, outputs } = netlist
  const needed = neededGates(netlist)
  const next = draft(inputs)
  const place = new Int32Array(inputs + needed.length)
  for (let i = 0; i < inputs; i++) place[i] = i
  for (let g = 0; g < needed.length; g++)
    if (needed[g] === 1) {
      const wires = Array.from(operands.subarray(start[g], start[g + 1]), (wire) => place[wire] ?? 0)
      place[inputs + g] = next.put(wires, tables.subarray(tableStart[g], tableStart[g + 1]))
    }
  return next.finish(Array.from(outputs, (wire) => place[wire] ?? 0))
}
