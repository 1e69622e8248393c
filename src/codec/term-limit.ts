import { showType, size, type Type } from '../object/index.js'
import { partsOf, type Term } from '../term/index.js'
import { mostAxes } from './attribute.js'

/** Most wires of a node: a tensor of tensors of … names 2ⁿ of them in n rows. */
const mostWires = 1_000_000
/** Most wires that are looked at to read one document. */
const mostWork = 8_000_000
/** Most nodes and wires of a term as a tree: n nodes that each name the one before twice have 2ⁿ of them. */
const mostUnfolded = 8_000_000

/** Why a type is not written or read, or undefined. */
export function typeFault(type: Type): string | undefined {
  if (type.shape.length > mostAxes) return `has ${type.shape.length} axes, needs at most ${mostAxes}`
  return size(type.shape) <= Number.MAX_SAFE_INTEGER ? undefined : `is ${showType(type)}, needs at most 2⁵³ − 1 entries`
}

/** Counts the wires of a document's nodes. */
export interface Meter {
  /** Why a node is too large, or undefined: of this kind, with so many wires of its own, over these parts. */
  fault(kind: Term['kind'], own: number, parts: readonly Term[]): string | undefined
  /** Takes a term to be a part of what comes; its own parts were placed before it. */
  place(term: Term): void
}

/** A meter for one document; writing and reading share it, so that what is written can be read. */
export function meter(): Meter {
  let work = 0
  const unfolded = new Map<Term, number>()
  const unfold = (own: number, parts: readonly Term[]): number =>
    parts.reduce((n, f) => n + (unfolded.get(f) ?? 1), 1 + own)
  return {
    fault(kind, own, parts) {
      const dom = parts.reduce((n, f) => n + f.dom.length, 0)
      const cod = parts.reduce((n, f) => n + f.cod.length, 0)
      const wires = kind === 'tensor' ? Math.max(dom, cod) : kind === 'diagram' ? own + cod : own
      work += kind === 'compose' || kind === 'diagram' ? own + dom + cod : own + parts.length
      if (wires > mostWires) return `has ${wires} wires, needs at most ${mostWires}`
      if (work > mostWork) return `and those before it have ${work} wires, needs at most ${mostWork}`
      const size = unfold(own, parts)
      return size > mostUnfolded ? `unfolds to ${size} nodes and wires, needs at most ${mostUnfolded}` : undefined
    },
    place(term) {
      unfolded.set(term, unfold(ownWires(term), partsOf(term)))
    },
  }
}

/** The number of wires that a node names itself, its parts aside. */
export function ownWires(term: Term): number {
  if (term.kind === 'primitive') return term.dom.length
  return term.kind === 'diagram' ? term.dom.length + term.outs.length : 0
}
