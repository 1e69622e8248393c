import type { Shape } from '../object/index.js'
import type { Para } from '../optic/index.js'
import { broadcast, concat, constant, multiply, otherAxes, sum } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { pooled, pooledGlobally, type Pool, type PoolOptions } from './pool.js'
import { cut, type AxisOf, type Padding, type PerAxis, type Slide, type Sliding } from './window.js'

/** The sum over each window divided by how many entries of it there are, padding not counted. */
const mean: Pool = (x, axis, along) => {
  const total = sum(cut(x, axis, along), [axis + 1])
  if (along.before + along.after === 0) return multiply(1 / along.size, total)
  const shares = sharesOf(x, along, x.type.shape[axis] ?? 0)
  return multiply(broadcast(shares, otherAxes(total.type.shape.length, [axis]), total.type.shape), total)
}

/** One divided by the number of entries in each window, runs of equal ones being one constant each. */
function sharesOf(x: Wire, { count, size, stride, before }: Sliding, n: number): Wire {
  const runs: { readonly share: number; length: number }[] = []
  for (let o = 0; o < count; o++) {
    const from = o * stride - before
    const share = 1 / (Math.min(n, from + size) - Math.max(0, from))
    const run = runs[runs.length - 1]
    if (run?.share === share) run.length += 1
    else runs.push({ share, length: 1 })
  }
  return concat(
    runs.map(({ share, length }) => constant(x.algebra, share, x.type.dtype, [length])),
    0,
  )
}

/**
 * The mean of each window of each channel: [l, c] → [l′, c]; with windows as far apart as they are long unless said. A
 * window that goes beyond the edge has the mean of the entries that exist.
 */
export function averagePool1d<
  const L extends number,
  const C extends number,
  const K extends number,
  const S extends number = K,
  const Q extends Padding = 'valid',
>(from: [L, C], options: PoolOptions<K, S, Q>): Para<object, [[L, C]], [[Slide<L, K, S, 1, Q>, C]]> {
  return pooled('averagePool1d', from, options, mean) as never
}

/**
 * The mean of each window of each channel: [h, w, c] → [h′, w′, c]; with windows as far apart as they are long unless
 * said. A window that goes beyond an edge has the mean of the entries that exist.
 */
export function averagePool2d<
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
  return pooled('averagePool2d', from, options, mean) as never
}

/** The mean of each channel: [s…, c] → [c]. */
export function globalAveragePool<const S extends Shape, const C extends number>(
  from: [...S, C],
): Para<object, [[...S, C]], [[C]]> {
  return pooledGlobally('globalAveragePool', from, (x, places) =>
    multiply(1 / places, sum(x, otherAxes(x.type.shape.length, [x.type.shape.length - 1]))),
  ) as never
}
