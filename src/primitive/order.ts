import { dtypes } from '../object/index.js'
import type { Wire } from '../structure/index.js'
import { add, multiply } from './arithmetic.js'
import { equal, less, select } from './compare.js'
import { like, operands, type Operand } from './constant.js'
import { applied, lens, withOperation, zeroDerivative, type None, type Primitive } from './define.js'
import { entrywise, type Unary } from './elementwise.js'

/** `max(x, 0)`, with slope 0 at 0; NaN at NaN, and so is its slope. */
export const relu: Primitive<Unary, None> = withOperation(
  entrywise({
    name: 'relu',
    arity: 1,
    needs: ['ordered'],
    optic: lens((_, [x], dy) => [multiply(step(x as Wire), dy)]),
    entry: (s, a) => (s.less(a, s.zero) || s.equal(a, s.zero) ? s.zero : a),
  }),
  (x) => applied(relu.operation, {}, [x]),
)

/** 1 where x > 0, else 0; NaN at NaN; with derivative zero. */
export const step: Primitive<Unary, None> = withOperation(
  entrywise({
    name: 'step',
    arity: 1,
    needs: ['ordered'],
    optic: zeroDerivative,
    entry: (s, a) => (s.less(s.zero, a) ? s.one : s.equal(a, a) ? s.zero : a),
  }),
  (x) => applied(step.operation, {}, [x]),
)

/** −1, 0 or 1, in an ordered ring; NaN at NaN; with derivative zero. */
export const sign: Primitive<Unary, None> = withOperation(
  entrywise({
    name: 'sign',
    arity: 1,
    needs: ['ordered', 'negation'],
    optic: zeroDerivative,
    entry: (s, a) =>
      s.less(s.zero, a) ? s.one : s.less(a, s.zero) ? s.negate(s.one) : s.equal(a, s.zero) ? s.zero : a,
  }),
  (x) => applied(sign.operation, {}, [x]),
)

/** `|x|`, in an ordered ring, with slope 0 at 0; NaN at NaN, and so is its slope. */
export const abs: Primitive<Unary, None> = withOperation(
  entrywise({
    name: 'abs',
    arity: 1,
    needs: ['ordered', 'negation'],
    optic: lens((_, [x], dy) => [multiply(sign(x as Wire), dy)]),
    entry: (s, a) => (s.less(a, s.zero) ? s.negate(a) : s.equal(a, s.zero) ? s.zero : a),
  }),
  (x) => applied(abs.operation, {}, [x]),
)

/**
 * `max(x, y)`; at a tie the first operand is taken, and gets the cotangent. NaN where either operand is; the first that
 * is NaN is taken, and gets the cotangent.
 */
export const maximum: Primitive<(x: Operand, y: Operand) => Wire, None> = withOperation(
  entrywise({
    name: 'maximum',
    arity: 2,
    needs: ['ordered'],
    optic: lens((_, inputs, dy) => {
      const [x, y] = inputs as [Wire, Wire]
      const second = takesSecond(x, y)
      return [select(second, like(dy, 0), dy), select(second, dy, like(dy, 0))]
    }),
    entry: (s, a, b) => (!s.equal(a, a) ? a : s.less(a, b) || !s.equal(b, b) ? b : a),
  }),
  (x, y) => applied(maximum.operation, {}, operands('maximum', x, y)),
)

/** Whether maximum takes its second operand: `x < y`, or y alone is NaN. */
function takesSecond(x: Wire, y: Wire): Wire {
  return add(less(x, y), multiply(equal(x, x), add(equal(y, y), 1)))
}

/** Bounds of a clip, low ≤ high. */
export type ClipAttributes = { readonly low: number; readonly high: number }

/** `min(max(x, low), high)`, with slope 1 on the closed interval and 0 outside; NaN at NaN, with slope 1. */
export const clip: Primitive<(x: Wire, low: number, high: number) => Wire, ClipAttributes> = withOperation(
  entrywise<ClipAttributes>({
    name: 'clip',
    arity: 1,
    needs: ['ordered'],
    check({ low, high }, { dtype }) {
      if (!(Number.isFinite(low) && low <= high && Number.isFinite(high)))
        throw new TypeError(`clip: the bounds ${low} and ${high} are not finite numbers in order`)
      if (!dtypes[dtype].rational && !(Number.isInteger(low) && Number.isInteger(high)))
        throw new TypeError(`clip: the bounds ${low} and ${high} are not elements of ${dtypes[dtype].rig} (${dtype})`)
    },
    optic: lens(({ low, high }, inputs, dy) => {
      const [x] = inputs as [Wire]
      const none = like(dy, 0)
      return [select(less(x, like(x, low)), none, select(less(like(x, high), x), none, dy))]
    }),
    entry: (s, a, _, { low, high }) => (s.less(a, s.of(low)) ? s.of(low) : s.less(s.of(high), a) ? s.of(high) : a),
  }),
  (x, low, high) => applied(clip.operation, { low, high }, [x]),
)
