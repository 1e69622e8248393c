import { object, sameObject, showObject, showType, types, type Obj, type Type } from '../object/index.js'
import type { Algebra, Wire } from '../structure/index.js'
import { primitive, type Diagram, type Placed, type Term } from './term.js'
import { walk } from './walk.js'

/** A wire of a diagram that is being built. */
interface TermWire extends Wire {
  readonly id: number
}

/**
 * A diagram in the wire notation: `body` is called once with the wires of the domain and answers those of the codomain.
 * Throws where it answers or reads a wire of another diagram.
 */
export function diagram(dom: Obj, body: (inputs: readonly Wire[], algebra: Algebra) => readonly Wire[]): Diagram {
  const boxes: Placed[] = []
  let count = 0
  const place = (term: Term, inputs: readonly Wire[]): readonly Wire[] => {
    boxes.push({ term, inputs: inputs.map(idOf) })
    return types(term.cod).map(wire)
  }
  const algebra: Algebra = {
    op: (operation, attributes, inputs) => place(primitive(operation, attributes, domain(inputs)), inputs),
    box: (morphism, inputs) => {
      const term = morphism as Term
      if (!sameObject(term.dom, domain(inputs)))
        throw new TypeError(
          `diagram: a box ${showObject(term.dom)} → ${showObject(term.cod)} is given ${showObject(domain(inputs))}`,
        )
      return place(term, inputs)
    },
  }
  const wire = (type: Type): TermWire => ({ type, algebra, id: count++ })
  const idOf = (w: Wire): number => {
    if (w.algebra !== algebra)
      throw new TypeError(`diagram: a wire of type ${showType(w.type)} belongs to another diagram`)
    return (w as TermWire).id
  }
  const outs: unknown = body(types(dom).map(wire), algebra)
  if (!isWires(outs)) throw new TypeError('diagram: the body answers no list of wires')
  return { kind: 'diagram', dom, cod: domain(outs), boxes, outs: outs.map(idOf) }
}

function isWires(outs: unknown): outs is readonly Wire[] {
  return Array.isArray(outs) && outs.every((w) => typeof w === 'object' && w !== null && 'algebra' in w)
}

/** The object of a list of wires. */
export function domain(wires: readonly { readonly type: Type }[]): Obj {
  return object(wires.map((w) => w.type))
}

/** A term applied to wires operation by operation: boxes and nesting are dissolved. */
export function inline(term: Term, inputs: readonly Wire[], algebra: Algebra): readonly Wire[] {
  return walk<Wire>(term, inputs, (leaf, wires) =>
    leaf.kind === 'box' ? undefined : algebra.op(leaf.operation, leaf.attributes, wires),
  )
}

/** A term applied to wires of any algebra, as one box there. */
export function apply(term: Term, inputs: readonly Wire[], algebra: Algebra): readonly Wire[] {
  return algebra.box(term, inputs)
}
