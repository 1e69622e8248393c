import type { Netlist } from './netlist.js'
import type { TruthTable } from './truth-table.js'

/** A gate: the wires it reads, operand 0 first, and its truth table. */
export interface Gate {
  readonly operands: readonly number[]
  readonly table: TruthTable
}

/** A netlist that grows gate by gate; what it is given is not checked. */
export interface Draft {
  /** The wire of a new gate. */
  put(operands: readonly number[], table: TruthTable): number
  /** The netlist so far, with these outputs. */
  finish(outputs: ArrayLike<number>): Netlist
}

/** A draft without gates. */
export function draft(inputs: number): Draft {
  const start = [0]
  const tableStart = [0]
  const operands: number[] = []
  const tables: number[] = []
  return {
    put(reads, table) {
      for (const wire of reads) operands.push(wire)
      for (const word of table) tables.push(word)
      start.push(operands.length)
      tableStart.push(tables.length)
      return inputs + start.length - 2
    },
    finish: (outputs) => ({
      inputs,
      start: Int32Array.from(start),
      operands: Int32Array.from(operands),
      tableStart: Int32Array.from(tableStart),
      tables: Uint32Array.from(tables),
      outputs: Int32Array.from(outputs),
    }),
  }
}

/** Gate g of a netlist. */
export function gateAt(netlist: Netlist, g: number): Gate {
  const { start, operands, tableStart, tables } = netlist
  return {
    operands: [...operands.subarray(start[g] ?? 0, start[g + 1] ?? 0)],
    table: tables.subarray(tableStart[g] ?? 0, tableStart[g + 1] ?? 0),
  }
}

/**
 * A netlist gate by gate into a new one: `rule` is given each gate with its operands renamed, and answers the new wire of its
 * value. It answers none (−1) for gates that nothing reads.
 */
export function rewritten(netlist: Netlist, rule: (gate: Gate, out: Draft, g: number) => number): Netlist {
  const { inputs } = netlist
  const count = netlist.start.length - 1
  const wire = Int32Array.from({ length: inputs + count }, (_, i) => i)
  const out = draft(inputs)
  for (let g = 0; g < count; g++) {
    const { operands, table } = gateAt(netlist, g)
    wire[inputs + g] = rule({ operands: operands.map((w) => wire[w] ?? -1), table }, out, g)
  }
  return out.finish(netlist.outputs.map((w) => wire[w] ?? -1))
}
