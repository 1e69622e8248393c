import { sameType, showType, type Type } from '../object/index.js'
import type { Entries, Operation, Scalars, Wire } from '../structure/index.js'
import { front } from './batch.js'
import { like, operands, type Operand } from './constant.js'
import {
  applied,
  common,
  define,
  needs,
  operand,
  withOperation,
  zeroDerivative,
  type None,
  type Primitive,
} from './define.js'

type Comparison = Primitive<(x: Operand, y: Operand) => Wire, None>

function comparison(name: 'less' | 'equal', holds: <T>(s: Scalars<T>, a: T, b: T) => boolean): Comparison {
  const operation: Operation<None> = define<None>({
    name,
    commutative: name === 'equal',
    codomain(_, dom) {
      const type = common(name, dom, 2)
      if (name === 'less') needs(name, type.dtype, 'ordered')
      return [{ dtype: 'bit', shape: type.shape }]
    },
    optic: zeroDerivative,
    batch: (n, _, inputs, batched) => [applied(operation, {}, front(n, inputs, batched))],
    meaning: (_, inputs, __, scalars) => [
      compareEntries(inputs, scalars('bit'), scalars(inputs[0]?.dtype ?? 'bit'), holds),
    ],
  })
  return withOperation(operation, (x: Operand, y: Operand) => applied(operation, {}, operands(name, x, y)))
}

function compareEntries<T>(
  inputs: readonly Entries<T>[],
  bits: Scalars<T>,
  scalars: Scalars<T>,
  holds: <U>(s: Scalars<U>, a: U, b: U) => boolean,
): T[] {
  const [x, y] = inputs
  if (x === undefined || y === undefined) return []
  return Array.from(x.data, (a, i) => (holds(scalars, a, y.data[i] as T) ? bits.one : bits.zero))
}

/** The bit `x < y`; false where either is NaN. */
export const less: Comparison = comparison('less', (s, a, b) => s.less(a, b))
/** The bit `x = y`. */
export const equal: Comparison = comparison('equal', (s, a, b) => s.equal(a, b))

/** `c ? x : y`, entry by entry: bit[s…] ⊗ [s…] ⊗ [s…] → [s…]. The condition has no cotangent. */
export const select: Primitive<(condition: Wire, x: Operand, y: Operand) => Wire, None> = withOperation(
  define<None>({
    name: 'select',
    codomain(_, dom) {
      const c = operand('select', dom, 0, 3)
      const [, x, y] = dom as [Type, Type, Type]
      if (c.dtype !== 'bit') throw new TypeError(`select: the condition is bits, given ${showType(c)}`)
      if (!sameType(x, y)) throw new TypeError(`select: ${showType(x)} and ${showType(y)} differ`)
      if (!sameType(c, { dtype: 'bit', shape: x.shape }))
        throw new TypeError(`select: the condition ${showType(c)} does not fit ${showType(x)}`)
      return [x]
    },
    optic: {
      kind: 'bespoke',
      residual: (_, [c]) => [c as Wire],
      backward: (_, [c], [dy]) =>
        dy === undefined
          ? [undefined, undefined, undefined]
          : [undefined, select(c as Wire, dy, like(dy, 0)), select(c as Wire, like(dy, 0), dy)],
    },
    batch: (n, _, inputs, batched) => [applied(select.operation, {}, front(n, inputs, batched))],
    meaning: (_, [c, x, y], __, scalars) => [
      c === undefined || x === undefined || y === undefined ? [] : choose(scalars('bit'), c, x, y),
    ],
  }),
  (condition, x, y) => applied(select.operation, {}, [condition, ...operands('select', x, y)]),
)

function choose<T>(bits: Scalars<T>, c: Entries<T>, x: Entries<T>, y: Entries<T>): T[] {
  return Array.from(c.data, (condition, i) => (bits.equal(condition, bits.one) ? (x.data[i] as T) : (y.data[i] as T)))
}
