import { gates, type Netlist } from './netlist.js'
import { gateAt, rewritten, type Gate } from './draft.js'
import {
  complementOf,
  constantOf,
  dependsOn,
  placeOfConstant,
  sameTable,
  substitute,
  tableOfWord,
  type Place,
} from './truth-table.js'

/** A netlist of the same function with no more gates; running it twice is running it once. */
export type NetlistPass = (netlist: Netlist) => Netlist

/** Operands that are known are taken into the tables, and gates whose table is constant read nothing. */
export const foldConstants: NetlistPass = (netlist) => {
  const known = new Map<number, 0 | 1>()
  return rewritten(netlist, ({ operands, table }, out) => {
    const open = operands.filter((w) => !known.has(w))
    let next = 0
    const places = operands.map((w): Place => {
      const c = known.get(w)
      return c === undefined ? 2 * next++ : placeOfConstant(c)
    })
    const rest = open.length === operands.length ? table : substitute(table, open.length, places)
    const c = constantOf(rest, open.length)
    if (c === undefined) return out.put(open, rest)
    const wire = out.put([], tableOfWord(c))
    known.set(wire, c)
    return wire
  })
}

/** Operands that stand twice in a gate stand once, and those its value does not depend on are left out. */
export const dropIgnored: NetlistPass = (netlist) =>
  rewritten(netlist, (gate, out) => {
    const { operands, table } = shrunk(gate)
    return out.put(operands, table)
  })

function shrunk({ operands, table }: Gate): Gate {
  const once = [...new Set(operands)]
  const merged =
    once.length === operands.length
      ? table
      : substitute(
          table,
          once.length,
          operands.map((w) => 2 * once.indexOf(w)),
        )
  const needed = once.map((_, i) => dependsOn(merged, once.length, i))
  if (needed.every((n) => n)) return { operands: once, table: merged }
  let next = 0
  const places = needed.map((n): Place => (n ? 2 * next++ : placeOfConstant(0)))
  const left = once.filter((_, i) => needed[i])
  return { operands: left, table: substitute(merged, left.length, places) }
}

/** Readers of a buffer or inverter read what it reads, inverted in their tables. */
export const absorbInverters: NetlistPass = (netlist) => {
  /** The literal `2w + c` that an inverter's or buffer's wire is. */
  const root = new Map<number, number>()
  return rewritten(netlist, ({ operands, table }, out) => {
    const literals = operands.map((w) => root.get(w) ?? 2 * w)
    const reads = literals.map((l) => l >> 1)
    const inverted = literals.some((l) => (l & 1) === 1)
    const own = inverted
      ? substitute(
          table,
          reads.length,
          literals.map((l, i) => 2 * i + (l & 1)),
        )
      : table
    const [read = 0] = reads
    const word = own[0] ?? 0
    if (reads.length !== 1 || (word !== 1 && word !== 2)) return out.put(reads, own)
    if (word === 2) return read
    const wire = out.put(reads, own)
    root.set(wire, 2 * read + 1)
    return wire
  })
}

/** One gate for all that have its table and operands, up to their order; the complement of a gate is its inverter. */
export const shareDuplicates: NetlistPass = (netlist) => {
  const seen = new Map<string, number>()
  return rewritten(netlist, (gate, out) => {
    const { operands, table } = ordered(gate)
    const key = `${operands.join()}:${table.join()}`
    const same = seen.get(key)
    if (same !== undefined) return same
    const k = operands.length
    const other = k < 2 ? undefined : seen.get(`${operands.join()}:${complementOf(table, k).join()}`)
    if (other === undefined) return remember(key, out.put(operands, table))
    const inverter = `${other}:1`
    return seen.get(inverter) ?? remember(inverter, out.put([other], tableOfWord(1)))
  })
  function remember(key: string, wire: number): number {
    seen.set(key, wire)
    return wire
  }
}

/** The gate with its operands in ascending order. */
function ordered({ operands, table }: Gate): Gate {
  if (operands.every((w, i) => i === 0 || (operands[i - 1] ?? 0) <= w)) return { operands, table }
  const order = operands.map((_, i) => i).sort((a, b) => (operands[a] ?? 0) - (operands[b] ?? 0) || a - b)
  const places: Place[] = []
  for (const [to, from] of order.entries()) places[from] = 2 * to
  return { operands: order.map((i) => operands[i] ?? 0), table: substitute(table, operands.length, places) }
}

/** Gates that no output depends on are left out. */
export const dropDead: NetlistPass = (netlist) => {
  const { inputs, outputs, start, operands } = netlist
  const live = new Uint8Array(inputs + gates(netlist))
  for (const w of outputs) live[w] = 1
  for (let g = gates(netlist) - 1; g >= 0; g--)
    if (live[inputs + g] === 1) for (let j = start[g] ?? 0; j < (start[g + 1] ?? 0); j++) live[operands[j] ?? 0] = 1
  return rewritten(netlist, (gate, out, g) => (live[inputs + g] === 1 ? out.put(gate.operands, gate.table) : -1))
}

/** The passes that make a netlist simpler, in the order in which they are run. */
export const netlistPasses: { readonly [name: string]: NetlistPass } = {
  foldConstants,
  absorbInverters,
  dropIgnored,
  shareDuplicates,
  dropDead,
}

/** All of {@link netlistPasses}, in turn, until none changes anything. */
export const simplifyNetlist: NetlistPass = (netlist) => {
  let before = netlist
  for (;;) {
    const after = Object.values(netlistPasses).reduce((n, pass) => pass(n), before)
    if (sameNetlist(before, after)) return after
    before = after
  }
}

/** Equality of netlists, gate by gate. */
export function sameNetlist(a: Netlist, b: Netlist): boolean {
  if (a.inputs !== b.inputs || gates(a) !== gates(b) || a.outputs.length !== b.outputs.length) return false
  if (!a.outputs.every((w, i) => w === b.outputs[i])) return false
  for (let g = 0; g < gates(a); g++) {
    const [x, y] = [gateAt(a, g), gateAt(b, g)]
    if (x.operands.length !== y.operands.length || !x.operands.every((w, i) => w === y.operands[i])) return false
    if (!sameTable(x.table, y.table)) return false
  }
  return true
}
