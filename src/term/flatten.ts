import { types } from '../object/index.js'
import type { BoxTerm, Diagram, PrimitiveTerm, Term } from './term.js'
import { walk } from './walk.js'

/** A box of a straight-line program: one primitive, the wires it reads, and the number of its first output. */
export interface Line {
  readonly term: PrimitiveTerm
  readonly inputs: readonly number[]
  readonly first: number
}
/** A straight-line program: a diagram of primitives, value-numbered and without dead code. */
export interface Flat extends Diagram {
  readonly boxes: readonly Line[]
}

/**
 * The straight-line program of a term: value numbering, dead code removal, commutativity of add and multiply; never
 * associativity or linearity. Lines stand in program order. Two terms have the same canonical form (`normalForm`)
 * exactly if they are equal by the laws of a category with natural copying and discarding, and commutativity.
 */
export function flatten(term: Term, keep?: (box: BoxTerm) => boolean): Flat {
  if (isFlat(term)) return term
  const known = new Map<string, number>()
  const lines: Line[] = []
  const ranks = ranking()
  let count = term.dom.length
  for (let i = 0; i < count; i++) ranks.input(i)
  const start = Array.from({ length: count }, (_, i) => i)
  const outs = walk<number>(term, start, (leaf, given) => {
    if (leaf.kind === 'box') {
      if (keep?.(leaf) === true) throw new TypeError(`flatten: the box ${leaf.name} has no expansion here`)
      return undefined
    }
    const inputs = leaf.operation.commutative ? ranks.sorted(given) : given
    const head = headOf(leaf)
    const key = `${head}(${inputs.join()})`
    let first = known.get(key)
    if (first === undefined) {
      first = count
      known.set(key, first)
      lines.push({ term: leaf, inputs, first })
      for (let i = 0; i < leaf.cod.length; i++) ranks.output(first + i, i, head, inputs)
      count += leaf.cod.length
    }
    const base = first
    return types(leaf.cod).map((_, i) => base + i)
  })
  return sweep({ kind: 'diagram', dom: term.dom, cod: term.cod, boxes: lines, outs })
}

const flats = new WeakSet<Diagram>()
/** True of what {@link flatten} made. */
export function isFlat(term: Term): term is Flat {
  return term.kind === 'diagram' && flats.has(term)
}

/** A program without the lines that no output depends on, renumbered. */
export function sweep(program: Flat): Flat {
  const live = new Set<number>(program.outs)
  const kept: Line[] = []
  for (let i = program.boxes.length - 1; i >= 0; i--) {
    const line = program.boxes[i] as Line
    let used = false
    for (let k = 0; k < line.term.cod.length; k++) used ||= live.has(line.first + k)
    if (!used) continue
    kept.push(line)
    for (const id of line.inputs) live.add(id)
  }
  kept.reverse()
  return number(program, kept)
}

/** The lines given, in their order, with wires numbered from the domain on. */
export function number(program: Flat, lines: readonly Line[]): Flat {
  const renamed = new Map<number, number>()
  let count = program.dom.length
  for (let i = 0; i < count; i++) renamed.set(i, i)
  const name = (id: number): number => {
    const n = renamed.get(id)
    if (n === undefined) throw new TypeError(`flatten: wire ${id} is read before it exists`)
    return n
  }
  const boxes = lines.map((line): Line => {
    const first = count
    for (let k = 0; k < line.term.cod.length; k++) renamed.set(line.first + k, count++)
    return { term: line.term, inputs: line.inputs.map(name), first }
  })
  const flat: Flat = { kind: 'diagram', dom: program.dom, cod: program.cod, boxes, outs: program.outs.map(name) }
  flats.add(flat)
  return flat
}

const heads = new WeakMap<PrimitiveTerm, string>()
/** A primitive without its operands, as text: name, attributes, and its codomain where it has no operands. */
export function headOf(term: PrimitiveTerm): string {
  let head = heads.get(term)
  if (head === undefined) {
    head = `${term.operation.name}${JSON.stringify(term.attributes)}`
    heads.set(term, head)
  }
  return head
}

/** Structural ranks: an order of wires that does not depend on the order in which they were made. */
interface Ranks {
  input(id: number): void
  output(id: number, port: number, head: string, inputs: readonly number[]): void
  sorted(ids: readonly number[]): number[]
}
function ranking(): Ranks {
  const low: number[] = []
  const high: number[] = []
  const rank = (of: readonly number[], id: number): number => of[id] ?? 0
  return {
    input(id) {
      low[id] = hash(`input ${id}`, 0x811c9dc5)
      high[id] = hash(`input ${id}`, 0x5bd1e995)
    },
    output(id, port, head, inputs) {
      low[id] = inputs.reduce((h, i) => mix(h, rank(low, i)), hash(head, 0x811c9dc5 ^ port))
      high[id] = inputs.reduce((h, i) => mix(h, rank(high, i)), hash(head, 0x5bd1e995 ^ port))
    },
    sorted: (ids) => [...ids].sort((a, b) => rank(low, a) - rank(low, b) || rank(high, a) - rank(high, b)),
  }
}
/** FNV-1a. */
function hash(text: string, seed: number): number {
  let h = seed
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h
}
function mix(a: number, b: number): number {
  let h = Math.imul(a ^ (b + 0x9e3779b9 + (a << 6) + (a >>> 2)), 0x85ebca6b)
  h ^= h >>> 13
  return Math.imul(h, 0xc2b2ae35)
}
