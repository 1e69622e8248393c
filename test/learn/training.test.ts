import { describe, expect, it } from 'vitest'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { training } from '../../src/compile/index.js'
import { batchNorm, dense, dropout, each, relu } from '../../src/layer/index.js'
import {
  initialise,
  learner,
  namedTensors,
  pointOf,
  predict,
  session,
  start,
  step,
  stepOf,
} from '../../src/learn/index.js'
import { fit, type Dataset } from '../../src/learn/index.js'
import { squaredError } from '../../src/loss/index.js'
import { numbersOf, tensorOf, types, type Tensor } from '../../src/object/index.js'
import { adam, sgd } from '../../src/optimiser/index.js'
import {
  andThen,
  compose,
  iterate,
  named,
  pointwise,
  reverseCarrying,
  putOf,
  type Untyped,
} from '../../src/optic/index.js'
import { retype } from '../../src/term/index.js'
import { deviation, pointOf as pointAt, pullback, tensorAt } from '../oracle.js'

const backend = reference()
const key = (a: number, b: number): Tensor => tensorAt({ dtype: 'int32', shape: [2] }, [a, b])

/** The training reading of a model in float64, on n examples or on one. */
const read = (model: Untyped, n?: number): ReturnType<typeof training> =>
  training(
    n,
    retype(model.term, 'float64', 'float32'),
    [...model.parameters.map(() => false), ...model.dom.map(() => true)],
    model.parameters.flatMap((p, i) => (p.buffer === true ? [i] : [])),
  )

describe('dropout', () => {
  const f = pointwise(dropout(0.25), [[1000]]) as unknown as Untyped
  const x = tensorAt({ dtype: 'float64', shape: [2, 1000] }, new Array<number>(2000).fill(3))

  it('keeps three entries of four, made larger by as much, as its key decides', () => {
    const [a = [], b = [], c = []] = [key(1, 2), key(1, 2), key(2, 2)].map((k) =>
      evaluate(read(f, 2), [k, x]).flatMap(numbersOf),
    )
    expect(new Set(a)).toEqual(new Set([0, 4]))
    expect(a.filter((v) => v > 0).length / 2000).toBeCloseTo(0.75, 1)
    expect(a).toEqual(b)
    expect(a).not.toEqual(c)
    expect(a.slice(0, 1000)).not.toEqual(a.slice(1000))
  })

  it('draws another mask at each place where it stands', () => {
    const twice = iterate(2, pointwise(dropout(0.5), [[1000]])) as unknown as Untyped
    const out = evaluate(read(twice), [
      key(0, 7),
      tensorAt({ dtype: 'float64', shape: [1000] }, new Array<number>(1000).fill(1)),
    ])
    const kept = out.flatMap(numbersOf).filter((v) => v > 0)
    expect(new Set(kept)).toEqual(new Set([4]))
    expect(kept.length / 1000).toBeCloseTo(0.25, 1)
  })

  it('predicts as the identity', async () => {
    const y = await predict(pointwise(dropout(0.5), [[2]]), backend, {}, tensorOf([1, 2], [3, 4]) as never)
    expect(numbersOf(y as Tensor)).toEqual([3, 4])
  })

  it('refuses a rate of 1', () => {
    expect(() => dropout(1)).toThrow('dropout: the rate 1 is not in [0, 1)')
  })
})

describe('batch normalisation', () => {
  const f = named('norm', batchNorm([3])) as unknown as Untyped

  it('normalises by the batch and moves its statistics towards it', () => {
    const point = pointAt(read(f, 4).dom, 3)
    const [gain = [], bias = [], mean = [], variance = [], x = []] = point.map(numbersOf)
    const column = (c: number): number[] => [0, 1, 2, 3].map((i) => x[3 * i + c] ?? 0)
    const average = [0, 1, 2].map((c) => column(c).reduce((a, b) => a + b, 0) / 4)
    const spread = [0, 1, 2].map((c) => column(c).reduce((a, b) => a + (b - (average[c] ?? 0)) ** 2, 0))
    const at = (v: readonly number[], c: number): number => v[c] ?? 0
    const wanted = [
      x.map((v, i) => {
        const c = i % 3
        return ((v - at(average, c)) / Math.sqrt(at(spread, c) / 4 + 1e-5)) * at(gain, c) + at(bias, c)
      }),
      mean.map((m, c) => 0.9 * m + 0.1 * at(average, c)),
      variance.map((m, c) => 0.9 * m + (0.1 * at(spread, c)) / 3),
    ]
    const given = evaluate(read(f, 4), point)
    expect(
      deviation(
        given,
        given.map((t, i) => ({ ...t, data: Float64Array.from(wanted[i] ?? []) }) as Tensor),
      ),
    ).toBeLessThan(1e-14)
  })

  it('has the gradient of dual numbers through the statistics of the batch, and none through the running ones', () => {
    const g = read(f, 4)
    const point = pointAt(g.dom, 5)
    const cotangent = pointAt({ length: 1, leaves: types(g.cod).slice(0, 1) } as never, 6)
    const none = types(g.cod)
      .slice(1)
      .map((t) => tensorAt(t, [0, 0, 0]))
    const given = evaluate(putOf(reverseCarrying(g, 2)), [...point, ...cotangent])
    expect(deviation(given, pullback(g, point, [...cotangent, ...none]))).toBeLessThan(1e-12)
  })

  it('of rows of an example is that of places', () => {
    const rows = each(2, batchNorm([3])) as unknown as Untyped
    const places = batchNorm([2, 3]) as unknown as Untyped
    const point = pointAt(read(places, 4).dom, 7)
    expect(evaluate(read(rows, 4), point)).toEqual(evaluate(read(places, 4), point))
  })

  it('used twice moves its statistics twice', () => {
    const point = pointAt(read(f, 4).dom, 9)
    const [once, twice] = [read(f, 4), read(iterate(2, batchNorm([3])) as unknown as Untyped, 4)]
    const [y, mean, variance] = evaluate(once, point) as [Tensor, Tensor, Tensor]
    const again = evaluate(once, [point[0] as Tensor, point[1] as Tensor, mean, variance, y])
    expect(evaluate(twice, point)).toEqual(again)
  })

  it('refuses one example without places, bad numbers, and a buffer that is computed', () => {
    expect(() => read(f)).toThrow('batchNorm: one example without places has no statistics, needs a batch')
    expect(() => batchNorm([3], { momentum: 0 })).toThrow('batchNorm: the momentum 0 is not in (0, 1]')
    expect(() => batchNorm([3], { epsilon: -1 })).toThrow('batchNorm: epsilon is -1, needs a number > 0')
    expect(() => batchNorm([] as never)).toThrow('batchNorm: [] has no channels')
    expect(() => training(4, f.term, [false, false, false, false, true], [2])).toThrow(
      'training: batchNorm reads as a buffer what is none',
    )
  })
})

const model = compose(
  compose(named('hidden', dense(2, 8)), named('norm', batchNorm([8]))),
  compose(compose(pointwise(relu, [[8]]), pointwise(dropout(0.2), [[8]])), named('out', dense(8, 1))),
)
const task = learner(model, squaredError, adam({ rate: 0.05 }))
const x = tensorOf([4, 2], [0, 0, 0, 1, 1, 0, 1, 1]) as unknown as Tensor<[number, 2]>
const y = tensorOf([4, 1], [0, 1, 1, 0]) as unknown as Tensor<[number, 1]>

describe('a step with buffers and a key', () => {
  it('has them as segments of its ports', () => {
    const { term, ports } = stepOf(task, 4)
    expect([ports.buffers, ports.key].map((o) => types(o).map((t) => `${t.dtype}[${t.shape.join()}]`))).toEqual([
      ['float32[8]', 'float32[8]'],
      ['int32[2]'],
    ])
    expect(term.cod.length).toBe(ports.state.length + ports.params.length + ports.buffers.length + 1)
    expect(ports.params.length).toBe(6)
    expect(types(ports.state).filter((t) => t.shape.join() === '8').length).toBe(6)
  })

  it('draws anew at each step, the same for the same seed, and carries its buffers', async () => {
    const losses = async (seed: number): Promise<number[]> => {
      const work = session(task, backend, start(task, 1), { seed })
      for (let i = 0; i < 3; i++) work.step(x, y)
      const found = await work.losses()
      work.dispose()
      return found
    }
    expect(await losses(4)).toEqual(await losses(4))
    expect(await losses(4)).not.toEqual(await losses(5))
    const still = learner(pointwise(dropout(0.5), [[64]]), squaredError, sgd({ rate: 0.1 }))
    const ones = tensorOf([1, 64], new Array<number>(64).fill(1)) as unknown as Tensor<[number, 64]>
    const work = session(still, backend, start(still, 0))
    for (let i = 0; i < 4; i++) work.step(ones, { ...ones, data: new Float32Array(64) })
    expect(new Set(await work.losses()).size).toBeGreaterThan(1)
    work.dispose()
  })

  it('saves buffers under their own name, and reads them back', async () => {
    const { point } = await step(task, backend, start(task, 1), x, y)
    const named = namedTensors(task as never, point as never)
    expect(Object.keys(named)).toEqual(
      expect.arrayContaining(['params.norm.gain', 'buffers.norm.mean', 'buffers.norm.variance']),
    )
    expect(Object.keys(named)).not.toContain('params.norm.mean')
    expect(numbersOf(named['buffers.norm.mean'] as Tensor)).not.toEqual(new Array<number>(8).fill(0))
    expect(pointOf(task, named)).toEqual(point)
    expect(Object.keys(point.params.norm)).toEqual(['gain', 'bias', 'mean', 'variance'])
    const { 'buffers.norm.mean': _, ...less } = named
    expect(() => pointOf(task, less)).toThrow('buffers: norm.mean is missing')
  })

  it('fits the exclusive or, and predicts by running statistics without drawing', async () => {
    const quiet = compose(
      compose(named('hidden', dense(2, 8)), named('norm', batchNorm([8]))),
      compose(compose(pointwise(relu, [[8]]), pointwise(dropout(0.05), [[8]])), named('out', dense(8, 1))),
    )
    const data: Dataset<[2], [1]> = { input: x, label: y, count: 4, classes: [] } as never
    const made = await fit(learner(quiet, squaredError, adam({ rate: 0.03 })), data, {
      backend,
      epochs: 300,
      batch: 4,
      seed: 3,
    })()
    expect(made._tag).toBe('Right')
    if (made._tag === 'Left') return
    const first = await predict(quiet, backend, made.right.point.params, x)
    const again = await predict(quiet, backend, made.right.point.params, x)
    expect(first).toEqual(again)
    expect(
      numbersOf(first as Tensor)
        .map(Math.round)
        .map(Math.abs),
    ).toEqual([0, 1, 1, 0])
  })

  it('leaves a model without either as it was', () => {
    const { ports } = stepOf(learner(named('a', dense(2, 2)), squaredError, sgd({ rate: 1 })), 3)
    expect([ports.buffers.length, ports.key.length]).toEqual([0, 0])
  })
})

it('first values of buffers are drawn with those of parameters', () => {
  expect(numbersOf(initialise(model, 0).norm.variance as Tensor)).toEqual(new Array<number>(8).fill(1))
  expect(andThen(dropout(0.5))(named('a', dense(2, 2))).parameters.length).toBe(2)
})
