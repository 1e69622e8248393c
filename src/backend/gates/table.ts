import type { Netlist } from '../../compile/netlist/netlist.js'

/** How many operands a gate has. */
export const arityOf = ({ start }: Netlist, gate: number): number => (start[gate + 1] ?? 0) - (start[gate] ?? 0)
/** The wire of an operand of a gate. */
export const operandOf = ({ start, operands }: Netlist, gate: number, i: number): number =>
  operands[(start[gate] ?? 0) + i] ?? 0
/** An entry of a gate's truth table, 0 or 1. */
export const entryOf = (tableStart: Int32Array, tables: Uint32Array, gate: number, entry: number): number =>
  ((tables[(tableStart[gate] ?? 0) + (entry >>> 5)] ?? 0) >>> (entry & 31)) & 1

/** The first word of a gate's truth table. */
const firstWord = (tableStart: Int32Array, tables: Uint32Array, gate: number): number =>
  tables[tableStart[gate] ?? 0] ?? 0

/**
 * The truth table of a gate of at most two operands as one of two, x and y: bit x + 2y. Of one operand, y is x again; of none,
 * both are a wire of zeros.
 */
export function pairTable(netlist: Netlist, tables: Uint32Array, gate: number): number {
  const word = firstWord(netlist.tableStart, tables, gate)
  const arity = arityOf(netlist, gate)
  return arity === 2 ? word & 15 : arity === 1 ? 5 * (word & 3) : 15 * (word & 1)
}

/** The truth table of two operands in the other order. */
export const swapPair = (table: number): number => (table & 9) | ((table & 2) << 1) | ((table & 4) >> 1)
