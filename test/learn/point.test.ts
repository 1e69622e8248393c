import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { reference } from '../../src/backend/reference/index.js'
import { dense, relu } from '../../src/layer/index.js'
import { initialise, learner, namedTensors, pointOf, start, step, type Point } from '../../src/learn/index.js'
import { softmaxCrossEntropy, squaredError } from '../../src/loss/index.js'
import { int, numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { adam, momentum } from '../../src/optimiser/index.js'
import { andThen, named, repeat } from '../../src/optic/index.js'

const model = pipe(named('hidden', dense(2, 3)), andThen(relu), andThen('out', dense(3, 2)))
const classifier = learner(model, softmaxCrossEntropy(2), adam({ rate: 1 / 16 }))
const x = tensorOf([4, 2], [0, 0, 0, 1, 1, 0, 1, 1])
const y = tensorOf(int(4), [0, 1, 1, 0])

const bytes = (point: unknown): unknown =>
  JSON.parse(JSON.stringify(point, (_, v: unknown) => (ArrayBuffer.isView(v) ? Array.from(v as Float64Array) : v)))

describe('points', () => {
  it('are named tensors, and the same again', async () => {
    const { point } = await step(classifier, reference(), start(classifier, 2), x, y)
    const tensors = namedTensors(classifier, point)
    expect(Object.keys(tensors)).toEqual([
      ...['hidden.weight', 'hidden.bias', 'out.weight', 'out.bias'].map((p) => `params.${p}`),
      ...['mean', 'square'].flatMap((slot) =>
        ['hidden.weight', 'hidden.bias', 'out.weight', 'out.bias'].map((p) => `state.adam.${slot}.${p}`),
      ),
      'state.adam.count',
    ])
    expect(pointOf(classifier, tensors)).toEqual(point)
    expect(namedTensors(classifier, pointOf(classifier, tensors))).toEqual(tensors)
  })

  it('of copies are lists, and the same again', () => {
    const deep = learner(named('blocks', repeat(3, named('layer', dense(2, 2)))), squaredError, momentum({ rate: 1 }))
    const point = start(deep, 1)
    expect(point.params.blocks[2]?.layer.weight.shape).toEqual([2, 2])
    expect(Object.keys(namedTensors(deep, point)).slice(0, 2)).toEqual([
      'params.blocks.0.layer.weight',
      'params.blocks.0.layer.bias',
    ])
    expect(pointOf(deep, namedTensors(deep, point))).toEqual(point)
  })

  it('are refused where a tensor is missing or another', () => {
    const tensors = namedTensors(classifier, start(classifier, 1))
    const without = (name: string): Record<string, Tensor> =>
      Object.fromEntries(Object.entries(tensors).filter(([key]) => key !== name))
    const other = (name: string, t: unknown): Record<string, Tensor> => ({ ...tensors, [name]: t as Tensor })
    expect(() => pointOf(classifier, without('params.out.bias'))).toThrow('params: out.bias is missing')
    expect(() => pointOf(classifier, without('state.adam.count'))).toThrow('state: adam.count is missing')
    expect(() => pointOf(classifier, other('params.out.bias', tensorOf([3], [1, 2, 3])))).toThrow(
      'params: out.bias is float32[3], needs float32[2]',
    )
    expect(() => pointOf(classifier, other('state.adam.square.out.bias', tensorOf([3], [1, 2, 3])))).toThrow(
      'state: adam.square.out.bias is float32[3], needs float32[2]',
    )
    expect(() => pointOf(classifier, other('state.adam.count', tensorOf([], [1])))).toThrow(
      'state: adam.count is float32[], needs float64[]',
    )
    expect(() => pointOf(classifier, {})).toThrow('params: hidden.weight is missing')
  })

  it('start with zero state and with parameters that the seed and the path decide', () => {
    const point: Point<typeof model.params, typeof classifier.slots> = start(classifier, 1)
    expect(numbersOf(point.state.adam.mean.hidden.weight).every((v) => v === 0)).toBe(true)
    expect(numbersOf(point.state.adam.count)).toEqual([0])
    expect(bytes(point.params)).toEqual(bytes(initialise(model, 1)))
    const two = initialise(pipe(named('a', dense(2, 2)), andThen('b', dense(2, 2))), 1)
    expect(bytes(two.a.weight)).not.toEqual(bytes(two.b.weight))
    expect(bytes(initialise(pipe(named('b', dense(2, 2)), andThen('a', dense(2, 2))), 1).a)).toEqual(bytes(two.a))
  })
})
