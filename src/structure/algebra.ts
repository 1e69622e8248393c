import type { Obj, Type } from '../object/index.js'
import type { Attributes, Operation } from './operation.js'

/**
 * A wire of the wire notation: a typed value of some algebra. Code over wires does not know which: it builds a term,
 * runs eagerly on numbers, or computes shapes.
 */
export interface Wire {
  readonly type: Type
  readonly algebra: Algebra
}

/** A morphism as far as the wire notation looks into it: its boundary. Terms are these. */
export interface Morphism {
  readonly dom: Obj
  readonly cod: Obj
}

/** What the wire notation is written over. */
export interface Algebra {
  /** The wires of an operation applied to wires of this algebra. */
  op(operation: Operation, attributes: Attributes, inputs: readonly Wire[]): readonly Wire[]
  /** The wires of a whole morphism, kept as one box where the algebra keeps boxes. */
  box(morphism: Morphism, inputs: readonly Wire[]): readonly Wire[]
}
