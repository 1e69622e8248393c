import { types } from '../object/index.js'
import type { BoxTerm, Diagram, Placed, PrimitiveTerm, Term } from './term.js'
import { walk } from './walk.js'

/** A leaf of an expanded term. */
export interface Leaf {
  readonly term: PrimitiveTerm | BoxTerm
  readonly inputs: readonly number[]
}
/** A diagram whose boxes are all leaves. */
export interface Expanded extends Diagram {
  readonly boxes: readonly (Placed & Leaf)[]
}

/**
 * A nested term as one flat diagram of its occurrences, in program order: no two are identified and none is dropped, so
 * what is additive in the number of occurrences (the reverse derivative) may be computed on it. Boxes for which `keep`
 * is true stay.
 */
export function expand(term: Term, keep: (box: BoxTerm) => boolean = () => false): Expanded {
  const boxes: (Placed & Leaf)[] = []
  let count = term.dom.length
  const outs = walk<number>(
    term,
    Array.from({ length: count }, (_, i) => i),
    (leaf, inputs) => {
      if (leaf.kind === 'box' && !keep(leaf)) return undefined
      boxes.push({ term: leaf, inputs })
      const first = count
      count += leaf.cod.length
      return types(leaf.cod).map((_, i) => first + i)
    },
  )
  return { kind: 'diagram', dom: term.dom, cod: term.cod, boxes, outs }
}

/** Number of primitive occurrences of each name in a term. */
export function occurrences(term: Term): ReadonlyMap<string, number> {
  const out = new Map<string, number>()
  for (const { term: leaf } of expand(term).boxes)
    if (leaf.kind === 'primitive') out.set(leaf.operation.name, (out.get(leaf.operation.name) ?? 0) + 1)
  return out
}
