import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import {
  averagePool1d,
  averagePool2d,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  globalAveragePool,
  globalMaxPool,
  maxPool1d,
  maxPool2d,
  type Padding,
} from '../../src/layer/index.js'
import { numbersOf, types, type Tensor } from '../../src/object/index.js'
import { reverseDerivative, type Untyped } from '../../src/optic/index.js'
import { retype } from '../../src/term/index.js'
import { pointOf, tensorAt } from '../oracle.js'
import { mean, pools, windowsOf } from './window-formula.js'

type Pair = readonly [number, number]
interface Case {
  readonly from: readonly [number, number, number]
  readonly size: Pair
  readonly stride: Pair
  readonly padding: Padding
}
const cases: readonly Case[] = (['valid', 'same'] as const).flatMap((padding) => [
  { from: [6, 4, 2], size: [2, 2], stride: [2, 2], padding },
  { from: [7, 5, 1], size: [2, 2], stride: [2, 2], padding },
  { from: [7, 5, 2], size: [3, 3], stride: [2, 1], padding },
  { from: [5, 8, 1], size: [4, 3], stride: [1, 3], padding },
  { from: [5, 5, 3], size: [1, 2], stride: [3, 4], padding },
])
const title = ({ from, size, stride, padding }: Case): string =>
  `[${from.join()}] by [${size.join()}], stride [${stride.join()}], ${padding}`
const named = cases.map((c): [string, Case] => [title(c), c])
const options = ({
  size,
  stride,
  padding,
}: Case): { size: [number, number]; stride: [number, number]; padding: Padding } => ({
  size: [...size],
  stride: [...stride],
  padding,
})

/** The values of a layer at an input, in float64. */
const at = (model: Untyped, ...point: readonly (readonly number[])[]): number[] => {
  const f = retype(model.term, 'float64', 'float32')
  return evaluate(
    f,
    types(f.dom).map((t, i) => tensorAt(t, point[i] ?? [])),
  ).flatMap((t) => numbersOf(t))
}
/** The gradient of a layer without parameters. */
const gradient = (model: Untyped, x: readonly number[], dy: readonly number[]): number[] => {
  const r = reverseDerivative(retype(model.term, 'float64', 'float32'))
  return evaluate(
    r,
    types(r.dom).map((t, i) => tensorAt(t, [x, dy][i] ?? [])),
  ).flatMap((t) => numbersOf(t))
}
const drawn = (model: Untyped, seed: number): number[][] =>
  pointOf(retype(model.term, 'float64', 'float32').dom, seed).map((t: Tensor) => numbersOf(t))

describe('pooling over a plane is its loops', () => {
  it.each(named)('%s', (_, c) => {
    const [h, w, channels] = c.from
    const [down, across] = [h, w].map((n, axis) =>
      windowsOf(n, c.size[axis as 0 | 1], c.stride[axis as 0 | 1], 1, c.padding),
    ) as [ReturnType<typeof windowsOf>, ReturnType<typeof windowsOf>]
    const [largest, average] = [maxPool2d([h, w, channels], options(c)), averagePool2d([h, w, channels], options(c))]
    const [x = []] = drawn(largest, 3)
    expect(largest.cod).toEqual([[down.length, across.length, channels]])
    expect(at(largest, x)).toEqual(pools(x, w, channels, down, across, (entries) => Math.max(...entries)))
    const below = x.map((v) => v - 100)
    expect(at(largest, below)).toEqual(pools(below, w, channels, down, across, (entries) => Math.max(...entries)))
    const wanted = pools(x, w, channels, down, across, mean)
    for (const [i, v] of at(average, x).entries()) expect(v).toBeCloseTo(wanted[i] ?? NaN, 14)
  })
})

describe('ties of max pooling', () => {
  const places = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
  it('give the cotangent to the first in row-major order', () => {
    const flat = places(9).map(() => 1)
    const model = maxPool2d([3, 3, 1], { size: 2, stride: 1 })
    expect(gradient(model, flat, [1, 2, 4, 8])).toEqual([1, 2, 0, 4, 8, 0, 0, 0, 0])
    const corners = [0, 5, 0, 5, 0, 0, 0, 0, 0]
    expect(gradient(maxPool2d([3, 3, 1], { size: 3 }), corners, [1])).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0])
  })
  it('never choose the padding', () => {
    const model = maxPool2d([3, 3, 1], { size: 3, stride: 1, padding: 'same' })
    const negative = places(9).map((i) => -1 - i)
    expect(at(model, negative)).toEqual([-1, -1, -2, -1, -1, -2, -4, -4, -5])
    const dy = places(9).map((i) => 2 ** i)
    expect(gradient(model, negative, dy).reduce((a, b) => a + b)).toBe(2 ** 9 - 1)
    expect(
      gradient(
        model,
        places(9).map(() => -1),
        dy,
      ).reduce((a, b) => a + b),
    ).toBe(2 ** 9 - 1)
  })
  it('take NaN to be larger than all', () => {
    expect(at(maxPool1d([4, 1], { size: 2 }), [1, NaN, 3, 2])).toEqual([NaN, 3])
  })
})

describe('the same shapes and values as tfjs', () => {
  beforeAll(() => tf.setBackend('cpu'))
  it.each(named)('%s', (_, c) => {
    const [h, w, channels] = c.from
    const [size, stride] = [[...c.size], [...c.stride]] as [[number, number], [number, number]]
    const largest = maxPool2d([h, w, channels], options(c))
    const [x = []] = drawn(largest, 4)
    const input = tf.tensor3d(x, [h, w, channels])
    const near = (given: readonly number[], wanted: tf.Tensor): void => {
      const numbers = Array.from(wanted.dataSync())
      expect(given.length).toBe(numbers.length)
      for (const [i, v] of given.entries()) expect(v).toBeCloseTo(numbers[i] ?? NaN, 5)
    }
    near(at(largest, x), tf.maxPool(input, size, stride, c.padding))
    near(at(averagePool2d([h, w, channels], options(c)), x), tf.avgPool(input, size, stride, c.padding))

    const plain = conv2d([h, w, channels], 2, options(c))
    const [weight = [], bias = []] = drawn(plain, 5)
    const none = bias.map(() => 0)
    near(at(plain, weight, none, x), tf.conv2d(input, tf.tensor4d(weight, [...size, channels, 2]), stride, c.padding))

    if (stride[0] === stride[1]) {
      // tfjs has no depthwise convolution with two strides.
      const deep = depthwiseConv2d([h, w, channels], 2, options(c))
      const [filters = [], shift = []] = drawn(deep, 6)
      const zeros = shift.map(() => 0)
      const out = tf.depthwiseConv2d(input, tf.tensor4d(filters, [...size, channels, 2]), stride, c.padding)
      near(at(deep, filters, zeros, x), out)
    }

    const up = conv2dTranspose([h, w, channels], 2, options(c))
    const [[tall = 0, wide = 0] = []] = up.cod as [number[]]
    const turned = tf.transpose(tf.tensor4d(weight, [...size, channels, 2]), [0, 1, 3, 2]) as tf.Tensor4D
    near(at(up, weight, [0, 0], x), tf.conv2dTranspose(input, turned, [tall, wide, 2], stride, c.padding))
  })
})

describe('pooling over a line and over all places', () => {
  it('is pooling over a plane of one column', () => {
    for (const padding of ['valid', 'same'] as const)
      for (const [line, plane] of [
        [
          maxPool1d([7, 2], { size: 3, stride: 2, padding }),
          maxPool2d([7, 1, 2], { size: [3, 1], stride: [2, 1], padding }),
        ],
        [
          averagePool1d([7, 2], { size: 3, stride: 2, padding }),
          averagePool2d([7, 1, 2], { size: [3, 1], stride: [2, 1], padding }),
        ],
      ] as const) {
        const [x = []] = drawn(line, 8)
        expect(at(line, x)).toEqual(at(plane, x))
      }
  })
  it('is pooling by one window', () => {
    const [x = []] = drawn(globalMaxPool([4, 3, 2]), 9)
    expect(at(globalMaxPool([4, 3, 2]), x)).toEqual(at(maxPool2d([4, 3, 2], { size: [4, 3] }), x))
    const whole = at(averagePool2d([4, 3, 2], { size: [4, 3] }), x)
    for (const [i, v] of at(globalAveragePool([4, 3, 2]), x).entries()) expect(v).toBeCloseTo(whole[i] ?? NaN, 14)
  })
})

describe('pooling refuses', () => {
  it.each<[string, () => unknown]>([
    ['maxPool2d: a window that spans 3 does not fit into 2 entries', () => maxPool2d([3, 2, 1], { size: 3 })],
    ['averagePool1d: the size 0 is not an integer ≥ 1', () => averagePool1d([3, 2], { size: 0 })],
    ['globalMaxPool: the number of places 0 is not an integer ≥ 1', () => globalMaxPool([0, 2])],
    ['globalAveragePool: the number of places 0 is not an integer ≥ 1', () => globalAveragePool([2])],
  ])('%s', (message, build) => {
    expect(build).toThrow(new TypeError(message))
  })
})
