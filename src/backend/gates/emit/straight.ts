import { gates, type Netlist } from '../../../compile/netlist/index.js'
import { counted, get, int, lanes, routine, set, type Code, type Routine } from '../../wasm/assembler/index.js'
import { arityOf, entryOf, operandOf } from '../table.js'
import { pairValues } from './pair.js'
import { ones, origin, zeros, type Site } from './site.js'

/** The most gates, each entry of a table above four counted as a quarter, of a circuit that is code without a table of gates. */
const most = 300

/** Whether a circuit is small enough to be straight-line code: beyond, fetching the code costs more than reading a table. */
export function isSmall(netlist: Netlist): boolean {
  let work = 0
  for (let g = 0; g < gates(netlist); g++) work += Math.max(1, 2 ** arityOf(netlist, g) / 4)
  return work <= most
}

/** A truth table of operands as multiplexers, with what is constant or equal left out. */
function multiplexers(table: readonly number[], x: readonly Code[]): Code {
  const [first = 0] = table
  if (table.every((bit) => bit === first)) return first === 1 ? ones : zeros
  const half = table.length / 2
  const [low, high] = [table.slice(0, half), table.slice(half)]
  const [rest, last = zeros] = [x.slice(0, -1), x[x.length - 1]]
  if (low.every((bit, i) => bit === high[i])) return multiplexers(low, rest)
  if (half === 1) return first === 0 ? last : lanes.not(last)
  if (half === 2) {
    const pair = table.reduce((word, bit, i) => word | (bit << i), 0)
    return pairValues[pair]?.(rest[0] ?? zeros, last) ?? zeros
  }
  return lanes.select(multiplexers(high, rest), multiplexers(low, rest), last)
}

/** A function from staged planes of inputs to staged planes of outputs, every wire a local: the engine allots registers. */
export function straight(site: Site, netlist: Netlist, input: number, output: number): Routine {
  const { inputs, tableStart, tables, outputs } = netlist
  const f = routine()
  const [offset, at] = [f.local('i32'), f.local('i32')]
  const local = new Map<number, number>()
  const body: Code[] = [set(at, int.add(get(offset), int.load(origin, site.position)))]
  const read = (wire: number): Code => {
    const known = local.get(wire)
    if (known !== undefined) return get(known)
    const fresh = f.local('v128')
    local.set(wire, fresh)
    body.push(set(fresh, lanes.load(get(at), input + wire * site.pitch)))
    return get(fresh)
  }
  for (let g = 0; g < gates(netlist); g++) {
    const arity = arityOf(netlist, g)
    const x = Array.from({ length: arity }, (_, i) => read(operandOf(netlist, g, i)))
    const table = Array.from({ length: 2 ** arity }, (_, entry) => entryOf(tableStart, tables, g, entry))
    const fresh = f.local('v128')
    local.set(inputs + g, fresh)
    body.push(set(fresh, multiplexers(table, x)))
  }
  for (const [i, wire] of outputs.entries()) {
    const value = read(wire)
    body.push(lanes.store(get(at), output + i * site.pitch, value))
  }
  f.body.push(counted(offset, 0, site.stride, 16, () => body))
  return f
}
