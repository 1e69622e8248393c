import type { Dtype, Type } from '../../../object/index.js'
import type { View } from './view.js'

/** What is computed entry by entry. The kernels know more than the primitives: differences, quotients, copies. */
export type MapName =
  | 'add'
  | 'multiply'
  | 'subtract'
  | 'divide'
  | 'negate'
  | 'reciprocal'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'erf'
  | 'relu'
  | 'step'
  | 'sign'
  | 'abs'
  | 'maximum'
  | 'clip'
  | 'less'
  | 'equal'
  | 'select'
  | 'cast'
  /** `m + log s`, m itself where it is infinite. */
  | 'addLog'
  | 'copy'

/** Entry by entry; the operands are views of the node's shape. */
export interface MapNode {
  readonly kind: 'map'
  readonly op: MapName
  readonly args: readonly View[]
  /** Bounds of `clip`. */
  readonly bounds?: readonly [number, number]
}
/** Sum, largest entry or its index over axes of the operand, ascending; one axis for the index. */
export interface ReduceNode {
  readonly kind: 'reduce'
  readonly op: 'sum' | 'max' | 'argmax'
  readonly arg: View
  readonly axes: readonly number[]
}
/** A loop of a matrix product: a number of turns, and how far each moves in the operands and in the result, in entries. */
export interface Level {
  readonly n: number
  readonly a: number
  readonly b: number
  readonly out: number
}
/**
 * Matrix products `out[…, m, j] = Σₖ a[…, m, k] · b[…, k, j]`: outer loops, rows and inner loops may be nested, the columns
 * are one level, consecutive in the result.
 */
export interface ContractNode {
  readonly kind: 'contract'
  readonly left: View
  readonly right: View
  readonly outer: readonly Level[]
  readonly rows: readonly Level[]
  readonly inner: readonly Level[]
  readonly columns: { readonly n: number; readonly b: number }
}
/** Parts placed in an array of zeros, each at a corner. */
export interface PlaceNode {
  readonly kind: 'place'
  readonly parts: readonly { readonly view: View; readonly start: readonly number[] }[]
}
/** Entries of the operand added where they are sent: axis a of the operand moves `by` along axis `axis` of the result. */
export interface FoldNode {
  readonly kind: 'fold'
  readonly arg: View
  readonly targets: readonly { readonly axis: number; readonly by: number }[]
}
/** Rows of a table at indices; zeros where an index has no row. */
export interface GatherNode {
  readonly kind: 'gather'
  readonly table: View
  readonly indices: View
}
/** Rows added at indices, in order. */
export interface ScatterNode {
  readonly kind: 'scatter'
  readonly indices: View
  readonly values: View
}
/** Threefry words of keys. */
export interface RandomNode {
  readonly kind: 'random'
  readonly keys: View
}
/** An array that is there before the program runs. */
export interface InputNode {
  readonly kind: 'input'
  readonly index: number
}

/** What computes an array. */
export type NodeBody =
  InputNode | MapNode | ReduceNode | ContractNode | PlaceNode | FoldNode | GatherNode | ScatterNode | RandomNode

/** An array and what computes it, from arrays before it; row-major, without gaps. */
export type Node = NodeBody & { readonly dtype: Dtype; readonly shape: readonly number[] }

/** A program of nodes: `outs` are whole arrays. */
export interface NodeProgram {
  readonly nodes: readonly Node[]
  readonly inputs: readonly number[]
  readonly outs: readonly number[]
  readonly cod: readonly Type[]
}

/** The views a node reads. */
export function viewsOf(node: Node): readonly View[] {
  switch (node.kind) {
    case 'input':
      return []
    case 'map':
      return node.args
    case 'reduce':
    case 'fold':
      return [node.arg]
    case 'contract':
      return [node.left, node.right]
    case 'place':
      return node.parts.map((p) => p.view)
    case 'gather':
      return [node.table, node.indices]
    case 'scatter':
      return [node.indices, node.values]
    case 'random':
      return [node.keys]
  }
}
