import { gates, type Netlist } from '../../../compile/netlist/index.js'
import { mostLeaves } from '../emit/tree.js'
import { arityOf, entryOf } from '../table.js'
import type { Arena } from './arena.js'

/** The truth tables of gates of more than two operands: a word of ones or zeros an entry for a tree, packed where they are looked up. */
export interface Tables {
  /** The address of each gate's table; 0 of a gate of at most two operands. */
  readonly tableOf: Int32Array
  readonly write: (memory: Int32Array, tables: Uint32Array, gate: number) => void
}

/** Room in an arena for the tables of the gates that have some, with what they are at first. */
export function tablesIn(arena: Arena, netlist: Netlist, needed: Uint8Array): Tables {
  const { tableStart } = netlist
  const tableOf = new Int32Array(gates(netlist))
  const size = (g: number): number => {
    const arity = arityOf(netlist, g)
    if (arity <= 2 || needed[g] === 0) return 0
    return arity > mostLeaves ? 2 ** (arity - 5) : 2 ** arity
  }
  const words = new Int32Array(tableOf.reduce((sum, _, g) => sum + size(g), 0))
  const write: Tables['write'] = (memory, tables, g) => {
    const arity = arityOf(netlist, g)
    const at = (tableOf[g] ?? 0) >>> 2
    if (arity > mostLeaves) memory.set(tables.subarray(tableStart[g], tableStart[g + 1]), at)
    else for (let q = 0; q < 2 ** arity; q++) memory[at + q] = -entryOf(tableStart, tables, g, q)
  }
  let used = 0
  for (let g = 0; g < tableOf.length; g++) {
    if (size(g) === 0) continue
    tableOf[g] = 4 * used
    write(words, netlist.tables, g)
    used += size(g)
  }
  const base = arena.put(words)
  for (let g = 0; g < tableOf.length; g++) if (size(g) > 0) tableOf[g] = (tableOf[g] ?? 0) + base
  return { tableOf, write }
}
