import { arityOf, operandOf, pairTable, swapPair } from '../table.js'
import { kindNumber, sequence, type Sequence } from './kind.js'
import type { Plan } from './plan.js'

/** The order in which cotangents flow back. */
export interface Backward extends Sequence {
  /** Of each gate 1 where its two operands stand in the other order. */
  readonly swapped: Uint8Array
  /** Wires whose cotangent begins as zero, since no gate is the first to add to it. */
  readonly cleared: readonly number[]
  /** Of each output 1 where it is the first of its wire. */
  readonly leads: Uint8Array
}

/**
 * Levels from the last to the first. A gate that is the first to add to a cotangent stores instead, which saves clearing and
 * a load: within a level come the gates that are first for both operands, then those that are for one (x, by swapping) while
 * the other was stored before, then the rest; what remains is cleared at the start. The waves depend on wiring alone, so
 * tables may change.
 */
export function backwardOf(plan: Plan): Backward {
  const { netlist, level, order } = plan
  const { inputs, outputs } = netlist
  const wires = inputs + level.length
  const depth = order.reduce((most, g) => Math.max(most, level[g] ?? 0), 0)
  /** The wave that stored to a wire first; 0 where none did. */
  const stored = new Int32Array(wires)
  let wave = 1
  const leads = Uint8Array.from(outputs, (wire) => {
    const lead = stored[wire] === 0 ? 1 : 0
    stored[wire] = wave
    return lead
  })
  const swapped = new Uint8Array(level.length)
  const stage = new Int32Array(level.length)
  const kind = new Int32Array(level.length)
  const cleared: number[] = []
  const list: number[] = []
  const settle = (g: number, first: 0 | 1 | 2): void => {
    const table = pairTable(netlist, netlist.tables, g)
    list.push(g)
    stage[g] = wave
    kind[g] = kindNumber({ pair: swapped[g] === 1 ? swapPair(table) : table, first })
  }
  const byLevel: number[][] = Array.from({ length: depth + 1 }, () => [])
  for (const g of order) byLevel[level[g] ?? 0]?.push(g)
  for (let now = depth; now >= 1; now--) {
    wave++
    let rest = byLevel[now] ?? []
    rest = rest.filter((g) => {
      const [x, y] = [operandOf(netlist, g, 0), operandOf(netlist, g, 1)]
      if (arityOf(netlist, g) !== 2 || x === y || stored[x] !== 0 || stored[y] !== 0) return true
      stored[x] = stored[y] = wave
      settle(g, 2)
      return false
    })
    for (let turn = 0; turn < 2; turn++) {
      wave++
      rest = rest.filter((g) => {
        const arity = arityOf(netlist, g)
        if (arity !== 1 && arity !== 2) return true
        const x = operandOf(netlist, g, 0)
        const y = arity === 1 ? x : operandOf(netlist, g, 1)
        const before = (wire: number): boolean => stored[wire] !== 0 && (stored[wire] ?? 0) < wave
        const turned = stored[y] === 0 && before(x)
        if (!turned && !(stored[x] === 0 && (x === y || before(y)))) return true
        swapped[g] = turned ? 1 : 0
        stored[turned ? y : x] = wave
        settle(g, 1)
        return false
      })
    }
    wave++
    for (const g of rest) {
      for (let i = 0; i < arityOf(netlist, g); i++) {
        const wire = operandOf(netlist, g, i)
        if (stored[wire] !== 0) continue
        stored[wire] = wave
        cleared.push(wire)
      }
      if (arityOf(netlist, g) > 2) {
        list.push(g)
        stage[g] = wave
        kind[g] = kindNumber({ operands: arityOf(netlist, g) })
      } else settle(g, 0)
    }
  }
  for (let i = 0; i < inputs; i++) if (stored[i] === 0) cleared.push(i)
  return { ...sequence(list, stage, kind, plan.open), swapped, cleared, leads }
}
