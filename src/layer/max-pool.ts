import type { Shape } from '../object/index.js'
import type { Para } from '../optic/index.js'
import { broadcast, concat, reduceMax, reshape, slice, sum, windows } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { pooled, pooledGlobally, type Pool, type PoolOptions } from './pool.js'
import type { AxisOf, Padding, PerAxis, Slide } from './window.js'

/** The largest entry of each window. The padding repeats the entry at the edge, which is in all windows that go beyond it. */
const largest: Pool = (x, axis, { size, stride, before, after }) => {
  const edge = (at: number, n: number): Wire[] => (n === 0 ? [] : [repeated(entry(x, axis, at), axis, n)])
  const last = (x.type.shape[axis] ?? 0) - 1
  const around = [...edge(0, before), x, ...edge(last, after)]
  const padded = around.length === 1 ? x : concat(around, axis)
  return reduceMax(windows(padded, { axis, size, stride, dilation: 1 }), axis + 1)
}

const entry = (x: Wire, axis: number, at: number): Wire =>
  slice(
    x,
    x.type.shape.map((_, a) => (a === axis ? at : 0)),
    x.type.shape.map((n, a) => (a === axis ? 1 : n)),
  )
const repeated = (x: Wire, axis: number, n: number): Wire =>
  n === 1
    ? x
    : broadcast(
        sum(x, [axis]),
        [axis],
        x.type.shape.map((k, a) => (a === axis ? n : k)),
      )

/**
 * The largest entry of each window of each channel: [l, c] → [l′, c]; with windows as far apart as they are long unless
 * said. The cotangent goes to the first of equal entries; NaN is larger than all. Padding is never chosen.
 */
export function maxPool1d<
  const L extends number,
  const C extends number,
  const K extends number,
  const S extends number = K,
  const Q extends Padding = 'valid',
>(from: [L, C], options: PoolOptions<K, S, Q>): Para<object, [[L, C]], [[Slide<L, K, S, 1, Q>, C]]> {
  return pooled('maxPool1d', from, options, largest) as never
}

/**
 * The largest entry of each window of each channel: [h, w, c] → [h′, w′, c]; with windows as far apart as they are long
 * unless said. The cotangent goes to the first of equal entries in row-major order; NaN is larger than all. Padding is
 * never chosen.
 *
 * ```ts run
 * import { maxPool2d } from 'paralens'
 * console.log(maxPool2d([24, 24, 8], { size: 2 }).cod) // → [ [ 12, 12, 8 ] ]
 * ```
 */
export function maxPool2d<
  const H extends number,
  const W extends number,
  const C extends number,
  const K extends PerAxis,
  const S extends PerAxis = K,
  const Q extends Padding = 'valid',
>(
  from: [H, W, C],
  options: PoolOptions<K, S, Q>,
): Para<
  object,
  [[H, W, C]],
  [[Slide<H, AxisOf<K, 0>, AxisOf<S, 0>, 1, Q>, Slide<W, AxisOf<K, 1>, AxisOf<S, 1>, 1, Q>, C]]
> {
  return pooled('maxPool2d', from, options, largest) as never
}

/** The largest entry of each channel: [s…, c] → [c]; the cotangent goes to the first of equal entries. */
export function globalMaxPool<const S extends Shape, const C extends number>(
  from: [...S, C],
): Para<object, [[...S, C]], [[C]]> {
  return pooledGlobally('globalMaxPool', from, (x, places) =>
    reduceMax(reshape(x, [places, x.type.shape[x.type.shape.length - 1] ?? 0]), 0),
  ) as never
}
