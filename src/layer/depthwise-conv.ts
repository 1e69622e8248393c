import { glorotUniform, split } from '../initialiser/index.js'
import type { Multiply, Para, Parameter } from '../optic/index.js'
import { contract, reshape } from '../primitive/index.js'
import type { ConvOptions } from './conv.js'
import { filtered } from './filter.js'
import { checkNumbers, cut, slidingOf, type AxisOf, type Padding, type PerAxis, type Slide } from './window.js'

/** The parameters of a convolution of each of C channels by itself, with M filters of KH × KW entries. */
export interface DepthwiseConv2dParams<KH extends number, KW extends number, C extends number, M extends number> {
  weight: [KH, KW, C, M]
  bias: [Multiply<C, M>]
}

/**
 * A {@link conv2d} of each channel by itself with m filters, channel c's being entries c m … c m + m − 1 of the last axis:
 * [h, w, c] → [h′, w′, c m], weight [k, k, c, m], each channel's drawn by Glorot as that of a convolution of one channel.
 */
export function depthwiseConv2d<
  const H extends number,
  const W extends number,
  const C extends number,
  const M extends number,
  const K extends PerAxis,
  const S extends PerAxis = 1,
  const D extends PerAxis = 1,
  const Q extends Padding = 'valid',
>(
  from: [H, W, C],
  multiplier: M,
  options: ConvOptions<K, S, D, Q>,
): Para<
  DepthwiseConv2dParams<AxisOf<K, 0>, AxisOf<K, 1>, C, M>,
  [[H, W, C]],
  [
    [
      Slide<H, AxisOf<K, 0>, AxisOf<S, 0>, AxisOf<D, 0>, Q>,
      Slide<W, AxisOf<K, 1>, AxisOf<S, 1>, AxisOf<D, 1>, Q>,
      Multiply<C, M>,
    ],
  ]
> {
  const [h, w, c] = from
  const name = 'depthwiseConv2d'
  checkNumbers(name, { 'number of channels': c, 'number of filters': multiplier })
  const [down, across] = [slidingOf(name, h, 0, options), slidingOf(name, w, 1, options)]
  const [weight, cod] = [
    [down.size, across.size, c, multiplier],
    [down.count, across.count, c * multiplier],
  ]
  const made = filtered({
    name,
    from,
    weight,
    draw: byChannel(options.initialiser ?? glorotUniform),
    channels: c * multiplier,
    body: (x, v) =>
      reshape(contract(cut(cut(x, 0, down), 2, across), v, { left: 'aibjc', right: 'ijcm', out: 'abcm' }), cod),
  })
  return { cod: [cod], dom: [from], params: { weight, bias: [c * multiplier] }, ...made } as never
}

/** Draws a weight [k…, c, m] channel by channel, each from a key of its own: an output reads one channel only. */
function byChannel(draw: Parameter['draw']): Parameter['draw'] {
  return (key, shape) => {
    const [c = 1, m = 1] = shape.slice(-2)
    const one = [...shape.slice(0, -2), 1, m]
    const drawn = Array.from({ length: c }, (_, i) => draw(split(key, i), one))
    const places = (drawn[0]?.length ?? 0) / m
    return Float64Array.from({ length: places * c * m }, (_, at) => {
      const [place, channel] = [Math.floor(at / (c * m)), Math.floor(at / m) % c]
      return drawn[channel]?.[place * m + (at % m)] ?? 0
    })
  }
}
