import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { gelu, groupNorm, layerNorm, multiHeadAttention, softplus, each } from '../../src/layer/index.js'
import { float64, numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { compose, layerAt, named, over, pointwise, residual, reverseDerivative } from '../../src/optic/index.js'
import { dense } from '../../src/layer/dense.js'
import { initialise, learner, predict, session, start } from '../../src/learn/index.js'
import { squaredError } from '../../src/loss/index.js'
import { adam } from '../../src/optimiser/index.js'
import { reference } from '../../src/backend/reference/index.js'
import { deviation, pointOf, pullback } from '../oracle.js'
import { retype } from '../../src/term/index.js'

const scalar = (x: number): Tensor => tensorOf(float64(), [x])

describe('softplus', () => {
  const f = over('float64', pointwise(softplus, [[]])).term
  const slope = reverseDerivative(f)
  const curve = reverseDerivative(slope)
  const at = (g: typeof f, ...x: number[]): number[] => evaluate(g, x.map(scalar)).flatMap(numbersOf)

  it('has the value, the slope and the curvature of log(1 + eˣ) at 0, and both infinities', () => {
    expect(at(f, 0)).toEqual([Math.LN2])
    expect(at(f, Infinity)).toEqual([Infinity])
    expect(at(f, -Infinity)).toEqual([0])
    expect([0, Infinity, -Infinity].map((x) => at(slope, x, 1)[0])).toEqual([0.5, 1, 0])
    expect(at(curve, 0, 1, 1)).toEqual([0.25, 0.5])
  })

  it('does not overflow', () => {
    expect(at(f, 1000)).toEqual([1000])
    expect(at(f, -1000)).toEqual([0])
    expect(at(slope, 1000, 1)).toEqual([1])
    expect(at(slope, -1000, 1)).toEqual([0])
  })
})

it('layer normalisation is at ε = 1e-5 unless said', () => {
  const f = over('float64', layerNorm(2)).term
  const point = [
    [2, 2],
    [0, 1],
    [3, 5],
  ].map((v) => tensorOf(float64(2), v) as unknown as Tensor)
  const one = 1 / Math.sqrt(1 + 1e-5)
  const wanted = [tensorOf(float64(2), [-2 * one, 2 * one + 1]) as unknown as Tensor]
  expect(deviation(evaluate(f, point), wanted)).toBeLessThan(1e-15)
})

describe('normalisation and attention refuse', () => {
  it.each<[string, () => unknown]>([
    ['layerNorm: 0 is not a size: needs an integer ≥ 1', () => layerNorm(0)],
    ['layerNorm: epsilon is 0, needs a number > 0', () => layerNorm(3, { epsilon: 0 })],
    ['groupNorm: 3 groups do not divide the channels of [2, 4]', () => groupNorm(3, [2, 4])],
    ['multiHeadAttention: 3 heads do not divide 8 dimensions', () => multiHeadAttention(2, 8, 3)],
    ['multiHeadAttention: 0 is not a size: needs an integer ≥ 1', () => multiHeadAttention(0, 8, 2)],
  ])('%s', (message, make) => {
    expect(make).toThrow(message)
  })
})

/** A block of a transformer: attention and a perceptron, each added to its input and normalised. */
const block = compose(
  compose(
    named('attention', residual(multiHeadAttention(3, 4, 2, { causal: true }))),
    named('first', each(3, layerNorm(4))),
  ),
  compose(
    residual(each(3, compose(compose(named('up', dense(4, 8)), pointwise(gelu, [[8]])), named('down', dense(8, 4))))),
    named('second', each(3, layerNorm(4))),
  ),
)

describe('a transformer block', () => {
  it('has the gradient of dual numbers', () => {
    const f = retype(block.term, 'float64', 'float32')
    const point = pointOf(f.dom, 1)
    const cotangent = pointOf(f.cod, 2)
    const given = evaluate(reverseDerivative(f), [...point, ...cotangent])
    expect(deviation(given, pullback(f, point, cotangent))).toBeLessThan(1e-12)
  })

  it('does not look ahead', async () => {
    const params = initialise(block, 0)
    const x = (last: number): Tensor<[number, 3, 4]> =>
      tensorOf([1, 3, 4], [1, 2, 3, 4, 0, 1, 0, 1, last, 1, last, 2]) as unknown as Tensor<[number, 3, 4]>
    const [a, b] = await Promise.all([1, 5].map((last) => predict(block, reference(), params, x(last))))
    const places = (t: Tensor | undefined): number[] => (t === undefined ? [] : numbersOf(t).slice(0, 8))
    expect(places(a)).toEqual(places(b))
    expect(numbersOf(a as Tensor)).not.toEqual(numbersOf(b as Tensor))
  })

  it('learns to copy the row before', async () => {
    const task = learner(block, squaredError, adam({ rate: 0.02 }))
    const work = session(task, reference(), start(task, 1))
    const rows = [
      [1, -1, 1, -1],
      [1, 1, -1, -1],
      [-1, 1, 1, -1],
      [1, -1, -1, 1],
    ]
    const pick = (...at: number[]): number[] => at.flatMap((i) => rows[i] ?? [])
    const x = tensorOf([2, 3, 4], [...pick(0, 1, 2), ...pick(3, 2, 1)]) as unknown as Tensor<[number, 3, 4]>
    const y = tensorOf([2, 3, 4], [...pick(0, 0, 1), ...pick(3, 3, 2)]) as unknown as Tensor<[number, 3, 4]>
    for (let i = 0; i < 150; i++) work.step(x, y)
    const losses = await work.losses()
    work.dispose()
    expect(losses[0]).toBeGreaterThan(5)
    expect(losses[149]).toBeLessThan(0.5)
  })
})

it('layerAt boxes a pointwise composite by its name', () => {
  expect(layerAt(gelu, [[2]]).term).toMatchObject({ kind: 'box', name: 'gelu' })
})
