import { glorotUniform } from '../initialiser/index.js'
import type { Add, Multiply, Para, Subtract } from '../optic/index.js'
import { contract, fold, slice } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { Conv2dParams, ConvOptions } from './conv.js'
import { filtered } from './filter.js'
import {
  checkNumbers,
  numbersOf,
  slidingOf,
  type AxisOf,
  type Padding,
  type PerAxis,
  type Sliding,
  type Span,
} from './window.js'

/** The least number of entries on which there are n windows: `(n − 1) s + span`, or `n s`. */
export type Spread<
  N extends number,
  K extends number,
  S extends number,
  D extends number,
  Q extends Padding,
> = Q extends 'same' ? Multiply<N, S> : Add<Multiply<Subtract<N, 1>, S>, Span<K, D>>

/**
 * Transposed convolution `x ↦ fold(x W) + b`: [h, w, c] → [h′, w′, f], weight [k, k, c, f] by Glorot. Its linear part is
 * the adjoint of the {@link conv2d} from [h′, w′, f] whose weight is `W[t, u, c, f]` read as [k, k, f, c], for the least h′
 * and w′ with h and w windows.
 */
export function conv2dTranspose<
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
  [[Spread<H, AxisOf<K, 0>, AxisOf<S, 0>, AxisOf<D, 0>, Q>, Spread<W, AxisOf<K, 1>, AxisOf<S, 1>, AxisOf<D, 1>, Q>, F]]
> {
  const [h, w, c] = from
  const name = 'conv2dTranspose'
  checkNumbers(name, { 'number of channels': c, 'number of filters': filters })
  const [down, across] = [spreadingOf(h, 0, options), spreadingOf(w, 1, options)]
  const weight = [down.size, across.size, c, filters]
  const made = filtered({
    name,
    from,
    weight,
    draw: options.initialiser ?? glorotUniform,
    channels: filters,
    body: (x, v) => {
      const products = contract(x, v, { left: 'abc', right: 'ijcf', out: 'aibjf' })
      return joined(joined(products, 2, across), 0, down)
    },
  })
  const cod = [down.length, across.length, filters]
  return { cod: [cod], dom: [from], params: { weight, bias: [filters] }, ...made } as never
}

/** Windows, and the number of entries that they lie on. */
interface Spreading extends Sliding {
  readonly length: number
}

function spreadingOf(n: number, axis: 0 | 1, options: ConvOptions<PerAxis, PerAxis, PerAxis, Padding>): Spreading {
  const { size, stride, dilation } = numbersOf('conv2dTranspose', n, axis, options)
  const length = options.padding === 'same' ? n * stride : (n - 1) * stride + (size - 1) * dilation + 1
  return { ...slidingOf('conv2dTranspose', length, axis, options), length }
}

/** The entries added up where windows lie on them, without the padding: the mirror image of `cut`. */
function joined(y: Wire, axis: number, { length, stride, dilation, before, after }: Spreading): Wire {
  const all = fold(y, { axis, length: before + length + after, stride, dilation })
  const at = (k: number): number[] => all.type.shape.map((_, a) => (a === axis ? k : 0))
  if (before + after === 0) return all
  return slice(
    all,
    at(before),
    all.type.shape.map((n, a) => (a === axis ? length : n)),
  )
}
