import { showType, strides, type Type } from '../object/index.js'
import type { Entries, Scalars, Wire } from '../structure/index.js'
import { multiply, subtract } from './arithmetic.js'
import { analyticOf, exp } from './analytic.js'
import { broadcast, otherAxes } from './broadcast.js'
import { equal, select } from './compare.js'
import { like } from './constant.js'
import {
  applied,
  bespoke,
  define,
  lens,
  needs,
  operand,
  withOperation,
  zeroDerivative,
  type Primitive,
} from './define.js'
import { iota } from './iota.js'
import { positions } from './position.js'

/** The axis that disappears. */
export type AxisAttributes = { readonly axis: number }

function without(
  name: string,
  { axis }: AxisAttributes,
  dom: readonly Type[],
): { readonly x: Type; readonly shape: number[] } {
  const x = operand(name, dom, 0, 1)
  const n = x.shape[axis]
  if (n === undefined) throw new TypeError(`${name}: ${axis} is not an axis of ${showType(x)}`)
  if (n === 0) throw new TypeError(`${name}: axis ${axis} of ${showType(x)} is empty`)
  return { x, shape: otherAxes(x.shape.length, [axis]).map((a) => x.shape[a] ?? 0) }
}

/** The entries along the axis, for each index of the rest. */
function lines<T, U>(x: Entries<T>, axis: number, f: (line: readonly T[]) => U): U[] {
  const own = strides(x.shape)
  const rest = otherAxes(x.shape.length, [axis])
  const bases = positions(
    rest.map((a) => x.shape[a] ?? 0),
    rest.map((a) => own[a] ?? 0),
  )
  return Array.from(bases, (base) =>
    f(Array.from({ length: x.shape[axis] ?? 0 }, (_, i) => x.data[base + i * (own[axis] ?? 0)] as T)),
  )
}

/** Index of the first NaN, else of the first largest entry. */
function highest<T>(s: Scalars<T>, line: readonly T[]): number {
  const nan = line.findIndex((a) => !s.equal(a, a))
  return nan >= 0 ? nan : line.reduce((best, a, i) => (s.less(line[best] as T, a) ? i : best), 0)
}

/**
 * Index of the largest entry along an axis, the first at a tie: → int32. NaN counts as larger than all numbers, so it is
 * the first NaN where there is one. Its derivative is zero.
 */
export const argmax: Primitive<(x: Wire, axis: number) => Wire, AxisAttributes> = withOperation(
  define<AxisAttributes>({
    name: 'argmax',
    codomain(attributes, dom) {
      const { x, shape } = without('argmax', attributes, dom)
      needs('argmax', x.dtype, 'ordered')
      return [{ dtype: 'int32', shape }]
    },
    optic: zeroDerivative,
    batch: (_, { axis }, [x]) => [argmax(x as Wire, axis + 1)],
    meaning: ({ axis }, [x], _, scalars) => {
      if (x === undefined) return []
      const [s, int] = [scalars(x.dtype), scalars('int32')]
      return [lines(x, axis, (line) => int.of(highest(s, line)))]
    },
  }),
  (x, axis) => applied(argmax.operation, { axis }, [x]),
)

/** The largest entry along an axis, NaN where one is NaN; the cotangent goes to the entry that argmax names. */
export const reduceMax: Primitive<(x: Wire, axis: number) => Wire, AxisAttributes> = withOperation(
  define<AxisAttributes>({
    name: 'reduceMax',
    codomain(attributes, dom) {
      const { x, shape } = without('reduceMax', attributes, dom)
      needs('reduceMax', x.dtype, 'ordered')
      return [{ dtype: x.dtype, shape }]
    },
    optic: lens(({ axis }, inputs, dy) => {
      const [x] = inputs as [Wire]
      const first = equal(iota(x.algebra, x.type.shape, axis), broadcast(argmax(x, axis), [axis], x.type.shape))
      return [select(first, broadcast(dy, [axis], x.type.shape), like(x, 0))]
    }),
    batch: (_, { axis }, [x]) => [reduceMax(x as Wire, axis + 1)],
    meaning: ({ axis }, [x], _, scalars) => {
      if (x === undefined) return []
      const s = scalars(x.dtype)
      return [lines(x, axis, (line) => line[highest(s, line)] ?? s.zero)]
    },
  }),
  (x, axis) => applied(reduceMax.operation, { axis }, [x]),
)

/**
 * `log Σ exp x` along an axis, by subtracting the largest entry first; never overflows. Backward is `exp(x − out) · dy`,
 * so it is closed under reverse: a shift with a stopped gradient would not be. NaN where an entry is NaN, else ∞ where one
 * is. A line of −∞ only is −∞ and has no gradient: backward is NaN on all of it, as is softmax. Nor has a line with ∞:
 * backward is NaN where the entry is, and 0 or NaN elsewhere. An entry of −∞ in a line whose sum is finite has gradient 0;
 * so a mask that may cover a whole line adds a number such as −1e9, not −∞.
 */
export const logSumExp: Primitive<(x: Wire, axis: number) => Wire, AxisAttributes> = withOperation(
  define<AxisAttributes>({
    name: 'logSumExp',
    codomain(attributes, dom) {
      const { x, shape } = without('logSumExp', attributes, dom)
      needs('logSumExp', x.dtype, 'analytic')
      return [{ dtype: x.dtype, shape }]
    },
    optic: bespoke(
      ([x], [out]) => [x as Wire, out as Wire],
      ({ axis }, residual, dy) => {
        const [x, out] = residual as [Wire, Wire]
        const full = (w: Wire): Wire => broadcast(w, [axis], x.type.shape)
        return [multiply(exp(subtract(x, full(out))), full(dy))]
      },
    ),
    batch: (_, { axis }, [x]) => [logSumExp(x as Wire, axis + 1)],
    meaning: ({ axis }, [x], _, scalars) => [
      x === undefined ? [] : lines(x, axis, (line) => stable(scalars(x.dtype), line)),
    ],
  }),
  (x, axis) => applied(logSumExp.operation, { axis }, [x]),
)

/** `m + log Σ exp(xᵢ − m)`; m itself where it is infinite. */
function stable<T>(s: Scalars<T>, line: readonly T[]): T {
  const f = analyticOf(s)
  const top = line[highest(s, line)] ?? s.zero
  if (Math.abs(s.number(top)) === Infinity) return top
  const total = line.reduce((sum, a) => s.add(sum, f.exp(s.add(a, s.negate(top)))), s.zero)
  return s.add(top, f.log(total))
}
