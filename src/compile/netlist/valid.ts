import * as E from 'fp-ts/lib/Either.js'
import { draft, type Gate } from './draft.js'
import type { Netlist } from './netlist.js'
import { maskOf, widest, wordsOf } from './truth-table.js'

/** A netlist that is none: a wire that is not there, a cycle, or a table of the wrong size; `gate` is the gate at fault, −1 for an output. */
export interface NetlistError {
  readonly kind: 'netlist'
  readonly problem: 'size' | 'wire' | 'cycle' | 'table'
  readonly message: string
  readonly gate: number
}
/** Gates in any order; wires are numbered as in a {@link Netlist}, gate g being wire inputs + g. */
export interface NetlistParts {
  readonly inputs: number
  readonly gates: readonly { readonly operands: readonly number[]; readonly table: ArrayLike<number> }[]
  readonly outputs: readonly number[]
}

/**
 * The netlist of gates given in any order, in topological order; gates that stand after what they read stay where they are.
 * Left where a wire is not there, a gate reads itself through others, a table has not 2ᵏ entries, or a gate has more than 16
 * operands: `netlist: gate 2 reads wire 9, there are 5`.
 */
export function netlist({ inputs, gates, outputs }: NetlistParts): E.Either<NetlistError, Netlist> {
  if (!Number.isSafeInteger(inputs) || inputs < 0 || inputs + gates.length >= 2 ** 31)
    return fail('size', -1, `${inputs} inputs and ${gates.length} gates given, needs naturals below 2³¹ together`)
  const wires = inputs + gates.length
  const isWire = (w: number): boolean => Number.isInteger(w) && w >= 0 && w < wires
  for (const [g, { operands, table }] of gates.entries()) {
    const k = operands.length
    const strange = operands.find((w) => !isWire(w))
    if (strange !== undefined) return fail('wire', g, `gate ${g} reads wire ${strange}, there are ${wires}`)
    if (k > widest) return fail('table', g, `gate ${g} has ${k} operands, needs at most ${widest}`)
    if (table.length !== wordsOf(k))
      return fail('table', g, `the table of gate ${g} has ${table.length} words, ${k} operands need ${wordsOf(k)}`)
    for (let w = 0; w < table.length; w++) {
      const word = table[w] ?? -1
      if (!Number.isInteger(word) || word < 0 || word > maskOf(k))
        return fail('table', g, `word ${w} of the table of gate ${g} is ${word}, needs an integer in 0 … ${maskOf(k)}`)
    }
  }
  for (const [o, w] of outputs.entries())
    if (!isWire(w)) return fail('wire', -1, `output ${o} is wire ${w}, there are ${wires}`)
  const order = sorted(inputs, gates)
  if (typeof order === 'number') return fail('cycle', order, `gate ${order} is on a cycle`)
  const renamed = Int32Array.from({ length: wires }, (_, w) => w)
  const out = draft(inputs)
  for (const g of order) {
    const { operands, table } = gates[g] as Gate
    renamed[inputs + g] = out.put(
      operands.map((w) => renamed[w] ?? 0),
      Uint32Array.from(table),
    )
  }
  return E.right(out.finish(outputs.map((w) => renamed[w] ?? 0)))
}

/** The gates in an order in which each stands after what it reads, by depth first from gate 0 on, or a gate on a cycle. */
function sorted(inputs: number, gates: NetlistParts['gates']): readonly number[] | number {
  const order: number[] = []
  /** 0: not seen; 1: waiting for its operands; 2: done. */
  const state = new Uint8Array(gates.length)
  const next = new Int32Array(gates.length)
  for (let root = 0; root < gates.length; root++) {
    const stack = state[root] === 0 ? [root] : []
    state[root] = Math.max(state[root] ?? 0, 1)
    for (let g = stack[stack.length - 1]; g !== undefined; g = stack[stack.length - 1]) {
      const wire = gates[g]?.operands[next[g] ?? 0]
      if (wire === undefined) {
        state[g] = 2
        order.push(g)
        stack.pop()
        continue
      }
      next[g] = (next[g] ?? 0) + 1
      const read = wire - inputs
      if (read < 0 || state[read] === 2) continue
      if (state[read] === 1) return read
      state[read] = 1
      stack.push(read)
    }
  }
  return order
}

function fail(problem: NetlistError['problem'], gate: number, reason: string): E.Either<NetlistError, never> {
  return E.left({ kind: 'netlist', problem, message: `netlist: ${reason}`, gate })
}
