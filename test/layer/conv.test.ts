import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { conv1d, conv2d, conv2dTranspose, depthwiseConv2d, embedding, type Padding } from '../../src/layer/index.js'
import { initialise } from '../../src/learn/index.js'
import { float64, int, numbersOf, tensorOf, types, type Tensor, type Type } from '../../src/object/index.js'
import { over, reverseDerivative, type Untyped } from '../../src/optic/index.js'
import { retype, type Term } from '../../src/term/index.js'
import { pointOf, tensorAt } from '../oracle.js'
import { convolved, products, windowsOf, type Plane } from './window-formula.js'

const real = ({ term }: Untyped): Term => retype(term, 'float64', 'float32')
const at = (f: Term, point: readonly Tensor[]): number[][] => evaluate(f, point).map((t) => numbersOf(t))

type Pair = readonly [number, number]
interface Case {
  readonly from: readonly [number, number, number]
  readonly filters: number
  readonly size: Pair
  readonly stride: Pair
  readonly dilation: Pair
  readonly padding: Padding
}
const cases: readonly Case[] = (['valid', 'same'] as const).flatMap((padding) => [
  { from: [5, 7, 3], filters: 2, size: [3, 3], stride: [1, 1], dilation: [1, 1], padding },
  { from: [6, 5, 2], filters: 3, size: [2, 3], stride: [2, 1], dilation: [1, 2], padding },
  { from: [9, 8, 1], filters: 2, size: [3, 2], stride: [2, 3], dilation: [2, 3], padding },
  { from: [7, 6, 2], filters: 1, size: [1, 1], stride: [3, 2], dilation: [1, 1], padding },
  { from: [4, 6, 1], filters: 2, size: [4, 3], stride: [5, 3], dilation: [1, 1], padding },
])
const title = ({ from, size, stride, dilation, padding }: Case): string =>
  `[${from.join()}] by [${size.join()}], stride [${stride.join()}], dilation [${dilation.join()}], ${padding}`
const mutable = ([a, b]: Pair): [number, number] => [a, b]
const options = (
  c: Case,
): { size: [number, number]; stride: [number, number]; dilation: [number, number]; padding: Padding } => ({
  size: mutable(c.size),
  stride: mutable(c.stride),
  dilation: mutable(c.dilation),
  padding: c.padding,
})
const planeOf = ({ from: [h, w, c], filters, size, stride, dilation, padding }: Case): Plane => ({
  width: w,
  channels: c,
  filters,
  kernel: size,
  down: windowsOf(h, size[0], stride[0], dilation[0], padding),
  across: windowsOf(w, size[1], stride[1], dilation[1], padding),
})

describe('a convolution over a plane is its loops, exactly', () => {
  it.each(cases.map((c): [string, Case] => [title(c), c]))('%s', (_, c) => {
    const plane = planeOf(c)
    const model = conv2d([...c.from], c.filters, options(c))
    const f = real(model)
    const [weight, bias, x] = pointOf(f.dom, 5) as [Tensor, Tensor, Tensor]
    const [w, b, v] = [weight, bias, x].map((t) => numbersOf(t)) as [number[], number[], number[]]
    expect(model.cod).toEqual([[plane.down.length, plane.across.length, c.filters]])
    expect(at(f, [weight, bias, x])).toEqual([convolved(plane, v, w, b)])

    const [cotangent] = pointOf(f.cod, 6) as [Tensor]
    const dy = numbersOf(cotangent)
    const [dw, dx] = [w.map(() => 0), v.map(() => 0)]
    products(plane, (y, from, k) => {
      dw[k] = (dw[k] ?? 0) + (dy[y] ?? 0) * (v[from] ?? 0)
      dx[from] = (dx[from] ?? 0) + (dy[y] ?? 0) * (w[k] ?? 0)
    })
    const db = b.map((__, k) => dy.filter((___, i) => i % c.filters === k).reduce((a, y) => a + y, 0))
    expect(at(reverseDerivative(f), [weight, bias, x, cotangent])).toEqual([dw, db, dx])
  })

  it('a number for both axes is a pair of it', () => {
    const one = conv2d([6, 7, 2], 3, { size: 3, stride: 2, dilation: 2, padding: 'same' })
    const two = conv2d([6, 7, 2], 3, { size: [3, 3], stride: [2, 2], dilation: [2, 2], padding: 'same' })
    const point = pointOf(one.term.dom, 1)
    expect(evaluate(one.term, point)).toEqual(evaluate(two.term, point))
  })
})

describe('transposed convolution', () => {
  it.each(cases.filter((c) => c.padding === 'valid').map((c): [string, Case] => [title(c), c]))(
    'has the adjoint of a convolution for its linear part: %s, and same',
    (_, c) => {
      for (const padding of ['valid', 'same'] as const) {
        const [h, w, channels] = c.from
        const up = conv2dTranspose([h, w, channels], c.filters, { ...options(c), padding })
        const [tall, wide] = up.cod[0] as [number, number, number]
        const down = conv2d([tall, wide, c.filters], channels, { ...options(c), padding })
        expect(down.cod).toEqual([[...c.from]])
        const [f, g] = [real(up), reverseDerivative(real(down))]
        const [weight, , x] = pointOf(f.dom, 7) as [Tensor, Tensor, Tensor]
        const none = (type: Type | undefined): Tensor =>
          tensorAt(type as Type, new Array<number>((type?.shape ?? []).reduce((a, b) => a * b, 1)).fill(0))
        const turned = turn(numbersOf(weight), channels, c.filters)
        const filter = tensorAt({ dtype: 'float64', shape: [...c.size, c.filters, channels] }, turned)
        const [upDom, downDom] = [types(f.dom), types(g.dom)]
        const [y] = at(f, [weight, none(upDom[1]), x])
        expect(y).toEqual(at(g, [filter, none(downDom[1]), none(downDom[2]), x])[2])
      }
    },
  )
})

/** The last two axes of [k…, c, f] the other way round. */
const turn = (w: readonly number[], c: number, f: number): number[] =>
  w.map((_, i) => {
    const [place, filter, channel] = [Math.floor(i / (c * f)), Math.floor(i / c) % f, i % c]
    return w[(place * c + channel) * f + filter] ?? NaN
  })

describe('depthwise convolution', () => {
  it('is a convolution of each channel', () => {
    const settings = { size: [2, 3], stride: [2, 1], dilation: [1, 2], padding: 'same' } as const
    const all = real(depthwiseConv2d([5, 6, 3], 2, { ...settings, size: [2, 3], stride: [2, 1], dilation: [1, 2] }))
    const [weight, bias, x] = pointOf(all.dom, 3) as [Tensor, Tensor, Tensor]
    const [y = []] = at(all, [weight, bias, x])
    const every = (v: readonly number[], n: number, from: number, count: number): number[] =>
      v.filter((_, i) => i % n >= from && i % n < from + count)
    for (const c of [0, 1, 2]) {
      const one = conv2d([5, 6, 1], 2, { ...settings, size: [2, 3], stride: [2, 1], dilation: [1, 2] })
      const parts = [
        every(numbersOf(weight), 6, 2 * c, 2),
        numbersOf(bias).slice(2 * c, 2 * c + 2),
        every(numbersOf(x), 3, c, 1),
      ]
      const f = real(one)
      const point = types(f.dom).map((t, i) => tensorAt(t, parts[i] ?? []))
      expect(every(y, 6, 2 * c, 2)).toEqual(at(f, point)[0])
    }
  })
})

describe('what filters are drawn from', () => {
  const deviation = (numbers: readonly number[]): number =>
    Math.sqrt(numbers.reduce((a, v) => a + v * v, 0) / numbers.length)
  const weights = (params: { readonly weight: { readonly data: Float32Array } }): number[] =>
    Array.from(params.weight.data)

  it('has the variance 2 / (in + out) of Glorot, places times channels that an output reads and an input reaches', () => {
    const plain = weights(initialise(conv2d([9, 9, 20], 30, { size: 3 }), 1))
    expect(deviation(plain)).toBeCloseTo(Math.sqrt(2 / (9 * 20 + 9 * 30)), 2)
    const deep = weights(initialise(depthwiseConv2d([9, 9, 200], 3, { size: 3 }), 1))
    expect(deviation(deep)).toBeCloseTo(Math.sqrt(2 / (9 * 1 + 9 * 3)), 2)
  })

  it('differs from channel to channel', () => {
    const deep = weights(initialise(depthwiseConv2d([3, 3, 2], 1, { size: 2 }), 1))
    expect(new Set(deep).size).toBe(8)
  })
})

describe('an embedding', () => {
  const f = real(embedding(3, 2, [4]))
  const table = tensorOf(float64(3, 2), [1, 2, 3, 4, 5, 6])
  const indices = tensorOf(int(4), [2, 0, 2, 7])
  it('reads rows, zero where there is none', () => {
    expect(at(f, [table, indices] as unknown as Tensor[])).toEqual([[5, 6, 1, 2, 5, 6, 0, 0]])
  })
  it('adds cotangents up by row', () => {
    const dy = tensorOf(float64(4, 2), [1, 2, 3, 4, 5, 6, 7, 8])
    const [d] = at(reverseDerivative(f), [table, indices, dy] as unknown as Tensor[])
    expect(d).toEqual([3, 4, 0, 0, 6, 8])
  })
  it('takes one index unless a shape is given', () => {
    expect(embedding(3, 2)).toMatchObject({ dom: [int()], cod: [[2]], params: { table: [3, 2] } })
  })
})

describe('convolutions refuse', () => {
  it.each<[string, () => unknown]>([
    ['conv2d: a window that spans 5 does not fit into 4 entries', () => conv2d([6, 4, 1], 1, { size: 3, dilation: 2 })],
    ['conv2d: the stride 0 is not an integer ≥ 1', () => conv2d([6, 4, 1], 1, { size: 3, stride: [1, 0] })],
    ['conv2d: the number of filters 1.5 is not an integer ≥ 1', () => conv2d([6, 4, 1], 1.5, { size: 3 })],
    [
      "conv2d: the padding is 'valid' or 'same', given 'full'",
      () => conv2d([6, 4, 1], 1, { size: 3, padding: 'full' as 'same' }),
    ],
    ['conv1d: the number of channels 0 is not an integer ≥ 1', () => conv1d([6, 0], 1, { size: 3 })],
    [
      'depthwiseConv2d: the number of entries 0 is not an integer ≥ 1',
      () => depthwiseConv2d([0, 4, 1], 1, { size: 1 }),
    ],
    [
      'conv2dTranspose: the dilation -1 is not an integer ≥ 1',
      () => conv2dTranspose([2, 2, 1], 1, { size: 1, dilation: -1 }),
    ],
    ['embedding: the count 0 is not an integer ≥ 1', () => embedding(0, 2)],
  ])('%s', (message, build) => {
    expect(build).toThrow(new TypeError(message))
  })
})

it('a convolution over bits and integers is the same term', () => {
  const model = conv1d([4, 1], 1, { size: 2 })
  for (const dtype of ['integer', 'int32', 'bit'] as const) {
    const f = over(dtype, model).term
    const [w, b, x] = pointOf(f.dom, 2).map((t) => numbersOf(t)) as [number[], number[], number[]]
    const wanted = convolved(
      { width: 1, channels: 1, filters: 1, kernel: [2, 1], down: windowsOf(4, 2), across: windowsOf(1, 1) },
      x,
      w,
      b,
    )
    expect(at(f, pointOf(f.dom, 2))).toEqual([wanted.map((v) => (dtype === 'bit' ? v & 1 : v))])
  }
})
