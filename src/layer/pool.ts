import { object, type Shape } from '../object/index.js'
import type { Untyped } from '../optic/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import { checkNumbers, slidingOf, type Padding, type PerAxis, type Sliding } from './window.js'

/** How the windows of pooling lie: as long as they are apart, and inside, unless said. */
export interface PoolOptions<K extends PerAxis, S extends PerAxis, Q extends Padding> {
  readonly size: K
  readonly stride?: S
  readonly padding?: Q
}

/** A reduction of the windows along one axis: [.., n, ..] → [.., count, ..]. */
export type Pool = (x: Wire, axis: number, along: Sliding) => Wire

/** Pooling of each channel: the last axis of windows first, so that of equal entries the first in row-major order is met first. */
export function pooled(
  name: string,
  from: Shape,
  { size, stride = size, padding = 'valid' }: PoolOptions<PerAxis, PerAxis, Padding>,
  pool: Pool,
): Untyped {
  const spatial = from.slice(0, -1)
  checkNumbers(name, { 'number of channels': from[spatial.length] ?? 0 })
  const along = spatial.map((n, axis) => slidingOf(name, n, axis === 0 ? 0 : 1, { size, stride, padding }))
  const term = diagram(object([{ dtype: 'float32', shape: from }]), ([x]) => [
    along.reduceRight((y, sliding, axis) => pool(y, axis, sliding), x as Wire),
  ])
  const cod = [...along.map((a) => a.count), ...from.slice(-1)]
  return { cod: [cod], dom: [from], params: {}, parameters: [], term: box(name, term) }
}

/** Pooling over all places of each channel: [s…, c] → [c], c ≥ 1 and at least one place. */
export function pooledGlobally(name: string, from: Shape, pool: (x: Wire, places: number) => Wire): Untyped {
  const spatial = from.slice(0, -1)
  const channels = from[spatial.length] ?? 0
  const places = spatial.reduce((n, k) => n * k, spatial.length === 0 ? 0 : 1)
  checkNumbers(name, { 'number of channels': channels, 'number of places': places })
  const term = diagram(object([{ dtype: 'float32', shape: from }]), ([x]) => [pool(x as Wire, places)])
  return { cod: [[channels]], dom: [from], params: {}, parameters: [], term: box(name, term) }
}
