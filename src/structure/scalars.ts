import type { Dtype } from '../object/index.js'

/** The functions that exist over the reals only, up to rounding. */
export interface Analytic<T> {
  reciprocal(a: T): T
  exp(a: T): T
  log(a: T): T
  sqrt(a: T): T
  sin(a: T): T
  cos(a: T): T
  tanh(a: T): T
  sigmoid(a: T): T
  erf(a: T): T
}

/**
 * A rig with carrier T, as interpretations of terms need it. Numbers, big integers, bits, dual numbers and the guard
 * (|·|, +, ×) of exact arithmetic are all of this type.
 */
export interface Scalars<T> {
  readonly zero: T
  readonly one: T
  add(a: T, b: T): T
  multiply(a: T, b: T): T
  /** `−a`; in a rig without negation no term asks for it. */
  negate(a: T): T
  /** The image of a number: of an integer in every rig, rounded where the rig is. */
  of(n: number): T
  /** The representative of an element, for indices and output. */
  number(a: T): number
  /** An element of another rig of this interpretation, read in this one: rounded, wrapped or truncated as it has to be. */
  convert(a: T, from: Scalars<T>): T
  less(a: T, b: T): boolean
  equal(a: T, b: T): boolean
  /** Absent where the rig has no analytic functions. */
  readonly analytic?: Analytic<T>
}

/** One rig for each dtype: what an interpretation of terms in T is made from. */
export type Arithmetic<T> = (dtype: Dtype) => Scalars<T>

/** Entries of a tensor in an interpretation, row-major, with their type. */
export interface Entries<T> {
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly data: ArrayLike<T>
}
