import { draft } from './draft.js'
import type { Netlist } from './netlist.js'
import { complementOf, placeOfConstant, substitute, tableOfWord } from './truth-table.js'

/**
 * A value of a circuit being built, or its complement, as AIGER numbers them (A. Biere, 2007): 0 is false, 1 is true, 2v is
 * node v, 2v + 1 its complement; nodes 1 … inputs are the inputs, those after them gates.
 */
export type Literal = number

/** `¬x`. */
export const not = (x: Literal): Literal => x ^ 1

/** A circuit of two-operand gates that grows: what is constant is folded, and no gate is made twice. */
export interface Gates {
  readonly inputs: number
  input(i: number): Literal
  and(x: Literal, y: Literal): Literal
  or(x: Literal, y: Literal): Literal
  xor(x: Literal, y: Literal): Literal
  /** `c ? x : y`. */
  mux(c: Literal, x: Literal, y: Literal): Literal
  /** How many gates it has. */
  count(): number
  /** What gate node `inputs + 1 + g` is. */
  gate(g: number): { readonly kind: 'and' | 'xor'; readonly left: Literal; readonly right: Literal }
}

/** A circuit without gates; in the basis `aig` exclusive or is three conjunctions. */
export function gatesOver(inputs: number, basis: 'aig' | 'two-input' = 'two-input'): Gates {
  const left: Literal[] = []
  const right: Literal[] = []
  const isXor: boolean[] = []
  const seen = new Map<number, Map<number, Literal>>()
  /** The literal of a gate with operands in order; an xor is remembered under a complemented first operand, which it never has. */
  const made = (a: Literal, b: Literal, exclusive: boolean): Literal => {
    const key = exclusive ? -a : a
    let row = seen.get(key)
    if (row === undefined) {
      row = new Map<Literal, Literal>()
      seen.set(key, row)
    }
    let x = row.get(b)
    if (x === undefined) {
      left.push(a)
      right.push(b)
      isXor.push(exclusive)
      x = 2 * (inputs + left.length)
      row.set(b, x)
    }
    return x
  }
  const self: Gates = {
    inputs,
    input: (i) => 2 * (i + 1),
    and(x, y) {
      const [a, b] = x < y ? [x, y] : [y, x]
      if (a === 0 || a === not(b)) return 0
      return a === 1 || a === b ? b : made(a, b, false)
    },
    or: (x, y) => not(self.and(not(x), not(y))),
    xor(x, y) {
      const flip = (x ^ y) & 1
      const [a, b] = x < y ? [x & ~1, y & ~1] : [y & ~1, x & ~1]
      if (a === b) return flip
      if (a === 0) return b ^ flip
      if (basis === 'two-input') return made(a, b, true) ^ flip
      return not(self.and(not(self.and(a, not(b))), not(self.and(not(a), b)))) ^ flip
    },
    mux(c, x, y) {
      if (c <= 1) return c === 1 ? x : y
      if (x === y) return x
      if (x === not(y)) return self.xor(c, y)
      if (x === 1 || x === c) return self.or(c, y)
      if (x === 0 || x === not(c)) return self.and(not(c), y)
      if (y === 0 || y === c) return self.and(c, x)
      if (y === 1 || y === not(c)) return self.or(not(c), x)
      return self.or(self.and(c, x), self.and(not(c), y))
    },
    count: () => left.length,
    gate: (g) => ({ kind: isXor[g] === true ? 'xor' : 'and', left: left[g] ?? 0, right: right[g] ?? 0 }),
  }
  return self
}

const tables = { and: tableOfWord(0b1000), xor: tableOfWord(0b0110) }

/**
 * The netlist of a circuit with these outputs. A gate that outputs read complemented only is complemented in its table; other
 * complements at the outputs are inverters, those inside are in the tables.
 */
export function netlistOfGates(circuit: Gates, outputs: readonly Literal[]): Netlist {
  const { inputs } = circuit
  const out = draft(inputs)
  const positive = new Set(outputs.filter((x) => (x & 1) === 0).map((x) => x >> 1))
  const flipped = new Set(outputs.filter((x) => (x & 1) === 1 && !positive.has(x >> 1)).map((x) => x >> 1))
  const isFlipped = (node: number): boolean => node > inputs && flipped.has(node)
  for (let g = 0; g < circuit.count(); g++) {
    const { kind, left, right } = circuit.gate(g)
    const reads: number[] = []
    const places = [left, right].map((x) => {
      if (x <= 1) return placeOfConstant(x === 0 ? 0 : 1)
      reads.push((x >> 1) - 1)
      return 2 * (reads.length - 1) + ((x & 1) ^ (isFlipped(x >> 1) ? 1 : 0))
    })
    const table = substitute(tables[kind], reads.length, places)
    out.put(reads, isFlipped(inputs + 1 + g) ? complementOf(table, reads.length) : table)
  }
  const made = new Map<Literal, number>()
  const wireOf = (x: Literal): number => {
    const node = x >> 1
    if (node > 0 && (x & 1) === (isFlipped(node) ? 1 : 0)) return node - 1
    const known = made.get(x)
    if (known !== undefined) return known
    const wire = node === 0 ? out.put([], tableOfWord(x)) : out.put([node - 1], tableOfWord(1))
    made.set(x, wire)
    return wire
  }
  return out.finish(outputs.map(wireOf))
}
