import { glorotUniform } from '../initialiser/index.js'
import type { Para } from '../optic/index.js'
import { contract } from '../primitive/index.js'
import type { WeightOptions } from './dense.js'
import { filtered } from './filter.js'
import {
  checkNumbers,
  cut,
  slidingOf,
  type AxisOf,
  type Padding,
  type PerAxis,
  type Slide,
  type SlideOptions,
} from './window.js'

/** Options of a convolution. */
export interface ConvOptions<K extends PerAxis, S extends PerAxis, D extends PerAxis, Q extends Padding>
  extends SlideOptions<K, S, D, Q>, WeightOptions {}

/** The parameters of a convolution over a line of C channels with F filters of K entries. */
export interface Conv1dParams<K extends number, C extends number, F extends number> {
  weight: [K, C, F]
  bias: [F]
}
/** The parameters of a convolution over a plane of C channels with F filters of KH × KW entries. */
export interface Conv2dParams<KH extends number, KW extends number, C extends number, F extends number> {
  weight: [KH, KW, C, F]
  bias: [F]
}

/**
 * `y[o, f] = Σ x[o · stride + t · dilation, c] W[t, c, f] + b[f]`, not flipped: [l, c] → [l′, f], weight by Glorot, bias from
 * zero. Throws where a number is not an integer ≥ 1, and where no window fits.
 */
export function conv1d<
  const L extends number,
  const C extends number,
  const F extends number,
  const K extends number,
  const S extends number = 1,
  const D extends number = 1,
  const Q extends Padding = 'valid',
>(
  from: [L, C],
  filters: F,
  options: ConvOptions<K, S, D, Q>,
): Para<Conv1dParams<K, C, F>, [[L, C]], [[Slide<L, K, S, D, Q>, F]]> {
  const [l, c] = from
  checkNumbers('conv1d', { 'number of channels': c, 'number of filters': filters })
  const along = slidingOf('conv1d', l, 0, options)
  const made = filtered({
    name: 'conv1d',
    from,
    weight: [along.size, c, filters],
    draw: options.initialiser ?? glorotUniform,
    channels: filters,
    body: (x, weight) => contract(cut(x, 0, along), weight, { left: 'aic', right: 'icf', out: 'af' }),
  })
  const params: Conv1dParams<K, C, F> = { weight: [options.size, c, filters], bias: [filters] }
  return { cod: [[along.count as Slide<L, K, S, D, Q>, filters]], dom: [from], params, ...made }
}

/**
 * `y[o, p, f] = Σ x[o · stride + t · dilation, p · stride + u · dilation, c] W[t, u, c, f] + b[f]`, not flipped:
 * [h, w, c] → [h′, w′, f], weight [k, k, c, f] by Glorot, bias from zero; a number holds for both axes, and a pair has one
 * for each. Throws where a number is not an integer ≥ 1, and where no window fits:
 * `conv2d: a window that spans 5 does not fit into 4 entries`.
 *
 * ```ts run
 * import { conv2d } from 'paralens'
 * console.log(conv2d([28, 28, 1], 8, { size: 5, stride: 2, padding: 'same' }).cod) // → [ [ 14, 14, 8 ] ]
 * ```
 */
export function conv2d<
  const H extends number,
  const W extends number,
  const C extends number,
  const F extends number,
  const K extends PerAxis,
  const S extends PerAxis = 1,
  const D extends PerAxis = 1,
  const Q extends Padding = 'valid',
>(
  from: [H, W, C],
  filters: F,
  options: ConvOptions<K, S, D, Q>,
): Para<
  Conv2dParams<AxisOf<K, 0>, AxisOf<K, 1>, C, F>,
  [[H, W, C]],
  [[Slide<H, AxisOf<K, 0>, AxisOf<S, 0>, AxisOf<D, 0>, Q>, Slide<W, AxisOf<K, 1>, AxisOf<S, 1>, AxisOf<D, 1>, Q>, F]]
> {
  const [h, w, c] = from
  checkNumbers('conv2d', { 'number of channels': c, 'number of filters': filters })
  const [down, across] = [slidingOf('conv2d', h, 0, options), slidingOf('conv2d', w, 1, options)]
  const weight = [down.size, across.size, c, filters]
  const made = filtered({
    name: 'conv2d',
    from,
    weight,
    draw: options.initialiser ?? glorotUniform,
    channels: filters,
    body: (x, v) => contract(cut(cut(x, 0, down), 2, across), v, { left: 'aibjc', right: 'ijcf', out: 'abf' }),
  })
  return {
    cod: [[down.count, across.count, filters]],
    dom: [from],
    params: { weight, bias: [filters] },
    ...made,
  } as never
}
