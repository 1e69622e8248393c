import type { Arithmetic, Entries } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'

/** Numbers, and big integers at dtype `integer`. */
export type Plain = number | bigint

/** `a + bε`, as the interpreter's dual numbers have it. */
export interface Dual<T> {
  readonly value: T
  readonly tangent: T
}

/** The meaning of terms that laws compare by: the reference backend is one. It is passed in, so that laws import none. */
export interface Interpreter {
  interpret<T>(term: Term, inputs: readonly Entries<T>[], scalars: Arithmetic<T>): Entries<T>[]
  readonly plain: Arithmetic<Plain>
  /** Dual numbers over an interpretation: a forward derivative that does not use R. */
  dual<T>(base: Arithmetic<T>): Arithmetic<Dual<T>>
}
