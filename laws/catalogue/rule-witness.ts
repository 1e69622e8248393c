import type { Dtype } from '../../src/object/index.js'
import {
  add,
  broadcast,
  constant,
  contract,
  multiply,
  negate,
  reshape,
  slice,
  sum,
  transpose,
} from '../../src/primitive/index.js'
import type { Algebra, Wire } from '../../src/structure/index.js'

/** What a program does, on its first two wires. */
export type Body = (x: readonly [Wire, Wire], algebra: Algebra) => Wire
/** A program that a rule changes, and what it becomes. */
export interface Witness {
  readonly shapes: readonly (readonly number[])[]
  readonly from: Body
  readonly to: Body
  /** All rings unless said. */
  readonly dtypes?: readonly Dtype[]
}
/** Every dtype. */
export const every: readonly Dtype[] = ['float64', 'float32', 'integer', 'int32', 'bit']
const rings = every.filter((d) => d !== 'bit')
const on = (shapes: readonly (readonly number[])[], from: Body, to: Body, dtypes = every): Witness => ({
  shapes,
  from,
  to,
  dtypes,
})
const matrix = [[2, 3]]
const vector = [[3]]
const cube = [[2, 3, 4]]
const zero = (x: Wire): Wire => constant(x.algebra, 0, x.type.dtype, x.type.shape)
const constantly = (value: number) => (x: Wire) => constant(x.algebra, value, x.type.dtype, x.type.shape)
/** A constant of the dtype of a wire. */
export const of = (algebra: Algebra, x: Wire, value: number, ...shape: number[]): Wire =>
  constant(algebra, value, x.type.dtype, shape)

/** Programs on which each rule fires: a new rule needs one. */
export const witnesses: { readonly [rule: string]: readonly Witness[] } = {
  'x + 0': [
    on(
      matrix,
      ([x]) => add(x, zero(x)),
      ([x]) => x,
    ),
    on(
      matrix,
      ([x]) => add(zero(x), x),
      ([x]) => x,
    ),
  ],
  'x · 1': [
    on(
      matrix,
      ([x]) => multiply(x, constantly(1)(x)),
      ([x]) => x,
    ),
    on(
      matrix,
      ([x]) => multiply(1, x),
      ([x]) => x,
    ),
  ],
  'x · −1': [
    on(
      matrix,
      ([x]) => multiply(-1, x),
      ([x]) => negate(x),
      rings,
    ),
  ],
  'constant arithmetic': [
    on(
      vector,
      ([x], a) => multiply(add(of(a, x, 2, 3), of(a, x, 3, 3)), x),
      ([x]) => multiply(constantly(5)(x), x),
      rings,
    ),
    on(
      vector,
      ([x], a) => add(multiply(of(a, x, 2, 3), of(a, x, 3, 3)), x),
      ([x]) => add(constantly(6)(x), x),
      rings,
    ),
    on(
      vector,
      ([x], a) => add(negate(of(a, x, 2, 3)), x),
      ([x]) => add(constantly(-2)(x), x),
      rings,
    ),
    on(
      vector,
      ([x], a) => add(add(of(a, x, 1, 3), of(a, x, 1, 3)), x),
      ([x]) => add(zero(x), x),
      ['bit'],
    ),
    on(
      vector,
      ([x], a) => add(add(of(a, x, 0.1, 3), of(a, x, 0.6, 3)), x),
      ([x]) => add(Math.fround(Math.fround(0.1) + Math.fround(0.6)), x),
      ['float32'],
    ),
    on(
      vector,
      ([x], a) => add(add(of(a, x, 2147483647, 3), of(a, x, 1, 3)), x),
      ([x]) => add(-2147483648, x),
      ['int32'],
    ),
  ],
  'moved constant': [
    on(
      matrix,
      ([x], a) => add(broadcast(of(a, x, 1, 3), [0], [2, 3]), x),
      ([x]) => add(1, x),
    ),
    on(
      matrix,
      ([x], a) => add(reshape(of(a, x, 1, 6), [2, 3]), x),
      ([x]) => add(1, x),
    ),
    on(
      matrix,
      ([x], a) => add(transpose(of(a, x, 1, 3, 2), [1, 0]), x),
      ([x]) => add(1, x),
    ),
    on(
      matrix,
      ([x], a) => add(slice(of(a, x, 1, 4, 4), [1, 0], [2, 3]), x),
      ([x]) => add(1, x),
    ),
  ],
  'summed constant': [
    on(
      vector,
      ([x], a) => add(sum(of(a, x, 2, 4, 3), [0]), x),
      ([x]) => add(8, x),
      rings,
    ),
    on(
      vector,
      ([x], a) => add(sum(of(a, x, 1, 3, 3), [0]), x),
      ([x]) => add(1, x),
      ['bit'],
    ),
    on(
      vector,
      ([x], a) => add(sum(of(a, x, 1 / 4, 8, 3), [0]), x),
      ([x]) => add(2, x),
      ['float64', 'float32'],
    ),
  ],
  '−(−x)': [
    on(
      matrix,
      ([x]) => negate(negate(x)),
      ([x]) => x,
    ),
  ],
  '−(c · x)': [
    on(
      matrix,
      ([x]) => negate(multiply(3, x)),
      ([x]) => multiply(-3, x),
    ),
  ],
  'c · (−x)': [
    on(
      matrix,
      ([x]) => multiply(3, negate(x)),
      ([x]) => multiply(-3, x),
    ),
  ],
  'reshape of reshape': [
    on(
      matrix,
      ([x]) => reshape(reshape(x, [6]), [3, 2]),
      ([x]) => reshape(x, [3, 2]),
    ),
  ],
  'reshape to the same': [
    on(
      matrix,
      ([x]) => reshape(x, [2, 3]),
      ([x]) => x,
    ),
  ],
  'transpose of transpose': [
    on(
      cube,
      ([x]) => transpose(transpose(x, [1, 2, 0]), [0, 2, 1]),
      ([x]) => transpose(x, [1, 0, 2]),
    ),
    on(
      cube,
      ([x]) => transpose(transpose(x, [0, 2, 1]), [1, 2, 0]),
      ([x]) => transpose(x, [2, 1, 0]),
    ),
  ],
  'transpose by the identity': [
    on(
      cube,
      ([x]) => transpose(x, [0, 1, 2]),
      ([x]) => x,
    ),
  ],
  'transpose into contract': [
    on(
      [
        [2, 3],
        [2, 4],
      ],
      ([x, y]) => contract(transpose(x, [1, 0]), y, { left: 'ij', right: 'jk', out: 'ik' }),
      ([x, y]) => contract(x, y, { left: 'ji', right: 'jk', out: 'ik' }),
    ),
    on(
      [
        [2, 3],
        [4, 3],
      ],
      ([x, y]) => contract(x, transpose(y, [1, 0]), { left: 'ij', right: 'jk', out: 'ik' }),
      ([x, y]) => contract(x, y, { left: 'ij', right: 'kj', out: 'ik' }),
    ),
    on(
      [
        [2, 3, 4],
        [3, 5],
      ],
      ([x, y]) => contract(transpose(x, [1, 2, 0]), y, { left: 'jki', right: 'jl', out: 'ikl' }),
      ([x, y]) => contract(x, y, { left: 'ijk', right: 'jl', out: 'ikl' }),
    ),
  ],
  'sum of sum': [
    on(
      cube,
      ([x]) => sum(sum(x, [1]), [1]),
      ([x]) => sum(x, [1, 2]),
      ['integer', 'int32', 'bit'],
    ),
  ],
}
