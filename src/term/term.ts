import {
  object,
  product,
  sameObject,
  sameType,
  showObject,
  showType,
  types,
  unit,
  type Obj,
  type Type,
} from '../object/index.js'
import type { Attributes, Operation, OpticRule, TrainingRule } from '../structure/index.js'

/**
 * A morphism of the free symmetric monoidal category with copying on a signature of operations. Nothing is a closure:
 * a term can be drawn, saved, compared, rewritten, differentiated and compiled. Sub-terms may be shared.
 */
export type Term = PrimitiveTerm | ComposeTerm | TensorTerm | Diagram | BoxTerm

/** An operation at a domain. */
export interface PrimitiveTerm {
  readonly kind: 'primitive'
  readonly dom: Obj
  readonly cod: Obj
  readonly operation: Operation
  readonly attributes: Attributes
}
/** `f₁ ; f₂ ; … ; fₙ`, n ≥ 1. */
export interface ComposeTerm {
  readonly kind: 'compose'
  readonly dom: Obj
  readonly cod: Obj
  readonly parts: readonly Term[]
}
/** `f₁ ⊗ f₂ ⊗ … ⊗ fₙ`, n ≥ 1. */
export interface TensorTerm {
  readonly kind: 'tensor'
  readonly dom: Obj
  readonly cod: Obj
  readonly parts: readonly Term[]
}
/**
 * Boxes joined by wires. Wires are numbered: first the domain, then the outputs of each box in order. A wire read twice
 * is copied, one that nothing reads is discarded.
 */
export interface Diagram {
  readonly kind: 'diagram'
  readonly dom: Obj
  readonly cod: Obj
  readonly boxes: readonly Placed[]
  readonly outs: readonly number[]
}
/** A box of a diagram and the wires it reads. */
export interface Placed {
  readonly term: Term
  readonly inputs: readonly number[]
}
/** A named term with its expansion, and an optic of its own where it declares one (law: it is that of the expansion). */
export interface BoxTerm {
  readonly kind: 'box'
  readonly dom: Obj
  readonly cod: Obj
  readonly name: string
  readonly body: Term
  readonly optic?: OpticRule
  /** What it is while a model learns, where that is another morphism than the expansion. */
  readonly training?: TrainingRule
}

/** The operation as a term. Throws the operation's own sentence where the domain does not fit. */
export function primitive(operation: Operation, attributes: Attributes, dom: Obj): PrimitiveTerm {
  return { kind: 'primitive', dom, cod: object(operation.codomain(attributes, types(dom))), operation, attributes }
}

/** `f ; g`, first f. Throws `compose: codomain [3] does not match domain [4]`. */
export function compose(f: Term, g: Term): Term {
  return sequential([f, g])
}

/** `f₁ ; … ; fₙ` for n ≥ 1, keeping the list. Throws at the first boundary that does not match. */
export function sequential(parts: readonly Term[]): Term {
  const [first] = parts
  const last = parts[parts.length - 1]
  if (first === undefined || last === undefined)
    throw new TypeError('sequential: an empty composite has no domain; use identity(object)')
  for (const [i, g] of parts.entries()) {
    const f = parts[i - 1]
    if (f !== undefined && !sameObject(f.cod, g.dom))
      throw new TypeError(`compose: codomain ${showObject(f.cod)} does not match domain ${showObject(g.dom)}`)
  }
  return parts.length === 1 ? first : { kind: 'compose', dom: first.dom, cod: last.cod, parts }
}

/** `f ⊗ g`. */
export function tensor(f: Term, g: Term): Term {
  return parallel([f, g])
}

/** `f₁ ⊗ … ⊗ fₙ`; the identity on I for n = 0. */
export function parallel(parts: readonly Term[]): Term {
  const [first] = parts
  if (first === undefined) return identity(unit)
  if (parts.length === 1) return first
  return {
    kind: 'tensor',
    dom: parts.map((f) => f.dom).reduce(product),
    cod: parts.map((f) => f.cod).reduce(product),
    parts,
  }
}

/** A diagram from its parts, checked: every wire read exists before its reader and has the type that is read. */
export function wired(dom: Obj, boxes: readonly Placed[], outs: readonly number[]): Diagram {
  const wires = [...types(dom)]
  for (const { term, inputs } of boxes) {
    const wanted = types(term.dom)
    if (inputs.length !== wanted.length)
      throw new TypeError(`diagram: a box reads ${inputs.length} wires, its domain is ${showObject(term.dom)}`)
    for (const [i, id] of inputs.entries()) checkWire(wires, id, wanted[i])
    for (const t of types(term.cod)) wires.push(t)
  }
  for (const id of outs) checkWire(wires, id, undefined)
  return { kind: 'diagram', dom, cod: object(outs.map((id) => wires[id] as Type)), boxes, outs }
}

function checkWire(wires: readonly Type[], id: number, wanted: Type | undefined): void {
  const given = wires[id]
  if (given === undefined)
    throw new TypeError(`diagram: wire ${id} is read before it exists; there are ${wires.length}`)
  if (wanted !== undefined && !sameType(given, wanted))
    throw new TypeError(`diagram: wire ${id} is ${showType(given)}, its reader needs ${showType(wanted)}`)
}

/** A diagram without boxes: wire `outs[i]` of the domain becomes output i. Identities, swaps, copies and discards are these. */
export function routing(dom: Obj, outs: readonly number[]): Diagram {
  return wired(dom, [], outs)
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** `1_A : A → A`. */
export function identity(a: Obj): Diagram {
  return routing(a, range(0, a.length))
}
/** `A ⊗ B → B ⊗ A`. */
export function swap(a: Obj, b: Obj): Diagram {
  return routing(product(a, b), [...range(a.length, a.length + b.length), ...range(0, a.length)])
}
/** `Δ : A → A ⊗ A`. */
export function copy(a: Obj): Diagram {
  return routing(a, [...range(0, a.length), ...range(0, a.length)])
}
/** `! : A → I`. */
export function discard(a: Obj): Diagram {
  return routing(a, [])
}

/** The terms that a term is made of, in order; those that stand in it twice, twice. */
export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'primitive':
      return []
    case 'compose':
    case 'tensor':
      return term.parts
    case 'diagram':
      return term.boxes.map((b) => b.term)
    case 'box':
      return [term.body]
  }
}

/** A named box around a term that is another morphism while a model learns. */
export function trainingBox(name: string, body: Term, training: TrainingRule): BoxTerm {
  return { ...box(name, body), training }
}

/** A named box around a term. */
export function box(name: string, body: Term, optic?: OpticRule): BoxTerm {
  return { kind: 'box', dom: body.dom, cod: body.cod, name, body, ...(optic === undefined ? {} : { optic }) }
}
