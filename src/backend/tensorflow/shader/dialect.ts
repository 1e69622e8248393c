import type { Dtype } from '../../../object/index.js'

/** The types of what a shader computes with; a bit is the int 0 or 1. */
export type Scalar = 'float' | 'int' | 'bool'
/** The type of an entry of a dtype. */
export const scalarOf = (dtype: Dtype): Scalar => (dtype === 'float32' ? 'float' : 'int')

/** An array that a shader reads or writes. */
export interface Slot {
  readonly dtype: Dtype
  readonly size: number
}
/** A shader in parts: one thread for each of `threads` entries, whose number is `i`. */
export interface Parts {
  readonly reads: readonly Slot[]
  readonly writes: readonly Slot[]
  readonly threads: number
  /** How many scalars there are, where it reads one. */
  readonly scalars: number
  readonly functions: readonly string[]
  /** Statements; entry i of the w-th array written is the w-th of `results`. */
  readonly lines: readonly string[]
  readonly results: readonly string[]
}

/**
 * A shading language, where it differs from the other. Expressions over `float`, `int` and `uint`, conditions, calls and
 * returns read alike in GLSL ES 3.00 and in WGSL with these three names defined.
 */
export interface Dialect {
  /** `let name = value`. */
  constant(type: Scalar, name: string, value: string): string
  /** The same, to be assigned to later. */
  variable(type: Scalar, name: string, value: string): string
  /** The first where the condition holds, else the second. */
  choose(condition: string, yes: string, no: string): string
  /** The head of a loop over a counter from a first value to before a last one. */
  loop(counter: string, from: string, to: string): string
  /** A function of parameters of one type. */
  define(name: string, type: Scalar, parameters: readonly string[], result: Scalar, body: readonly string[]): string
  /** Entry `index` of the k-th array read. */
  read(k: number, index: string): string
  /** The k-th scalar. */
  scalar(k: number, type: Scalar): string
  /** The whole shader. */
  shader(parts: Parts): string
}

/** What a device allows one program. */
export interface Limits {
  readonly reads: number
  readonly writes: number
  /** Arrays read and written. */
  readonly arrays: number
  /** Inputs of one entry that are read beside the arrays. */
  readonly scalars: number
  /** Whether arrays written together must take the same room, by dtype. */
  readonly sameRoom: boolean
}
