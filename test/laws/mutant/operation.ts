import type { Wire, Operation } from '../../../src/structure/index.js'
import {
  applied,
  entrywise,
  lens,
  like,
  linear,
  multiply,
  negate,
  reshape,
  select,
  less,
  zeroDerivative,
  type None,
} from '../../../src/primitive/index.js'
import { row, stacked } from '../../../laws/part/layer-wire.js'

/** An operation on wires. */
export const on =
  (operation: Operation<None>) =>
  (...inputs: readonly Wire[]): Wire =>
    applied(operation, {}, inputs)

const square = (optic: Operation<None>['optic'], name = 'square'): Operation<None> =>
  entrywise({ name, arity: 1, optic, entry: (s, a) => s.multiply(a, a) })
const opposite = (optic: Operation<None>['optic']): Operation<None> =>
  entrywise({ name: 'opposite', arity: 1, optic, entry: (s, a) => s.negate(a) })
const right = lens<None>((_, [x], dy) => [multiply(2, multiply(x as Wire, dy))])
const reflected = linear<None>((_, dy) => [negate(dy)])

/** Operations with a mistake in them. */
export const wrong = {
  /** `−x`, and 1 or 2 more at two of three calls. */
  counting: counting(opposite(reflected)),
  /** `x − y`, said to be commutative. */
  commuting: entrywise<None>({
    name: 'minus',
    arity: 2,
    commutative: true,
    optic: linear((_, dy) => [dy, negate(dy)]),
    entry: (s, a, b) => s.add(a, s.negate(b)),
  }),
  /** `−x`, whose cotangent has an axis more. */
  misshapen: opposite(linear((_, dy) => [reshape(negate(dy), [1, ...dy.type.shape])])),
  /** Leaky ReLU whose backward pass ignores its cotangent. */
  ignoring: entrywise<None>({
    name: 'leaky',
    arity: 1,
    needs: ['ordered'],
    optic: lens((_, [x]) => [select(less(0, x as Wire), like(x as Wire, 1), like(x as Wire, 0.25))]),
    entry: (s, a) => (s.less(s.zero, a) ? a : s.multiply(s.of(0.25), a)),
  }),
  /** `−x`, whose backward pass squares its cotangent. */
  squaring: opposite(linear((_, dy) => [negate(multiply(dy, dy))])),
  /** `x²` with derivative `x`. */
  half: square(lens((_, [x], dy) => [multiply(x as Wire, dy)])),
  /** `x²` with derivative `2x`, of which x is a constant to the second derivative. */
  flat: square(lens((_, [x], dy) => [multiply(2, multiply(stop(x as Wire), dy))])),
  /** `x²`, whose batch is its first example. */
  sharing: batchedBy(square(right), (n, x) => {
    const first = on(square(right))(row(x, 0))
    return stacked(Array.from({ length: n }, () => first))
  }),
  /** `x²`, whose batch has another derivative. */
  forgetting: batchedBy(square(right), (_, x) => on(square(lens((__, [y], dy) => [multiply(y as Wire, dy)])))(x)),
  /** `x²`, which answers one entry too few. */
  short: { ...square(right), meaning: (_, [x]) => [Array.from(x?.data ?? []).slice(1)] } as Operation<None>,
  /** `−x`, said to be linear, that keeps its input. */
  keeping: opposite({ ...reflected, residual: (_, inputs) => inputs }),
  /** `−x` over the integers, `1 − x` over the reals. */
  unnatural: entrywise<None>({
    name: 'unnatural',
    arity: 1,
    optic: reflected,
    entry: (s, a) => (s.analytic === undefined ? s.negate(a) : s.add(s.negate(a), s.one)),
  }),
}

/** The identity, without a derivative. */
function stop(x: Wire): Wire {
  return on(entrywise<None>({ name: 'stop', arity: 1, optic: zeroDerivative, entry: (_, a) => a }))(x)
}

function batchedBy(operation: Operation<None>, f: (n: number, x: Wire) => Wire): Operation<None> {
  return { ...operation, batch: (n, _, [x]) => [f(n, x as Wire)] }
}

function counting(operation: Operation<None>): Operation<None> {
  let calls = 0
  return {
    ...operation,
    meaning(_, [x], __, scalars) {
      calls += 1
      if (x === undefined) return []
      const s = scalars(x.dtype)
      return [Array.from(x.data, (a) => s.add(s.negate(a), s.of(calls % 3)))]
    },
  }
}
