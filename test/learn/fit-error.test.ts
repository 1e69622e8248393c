import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { BackendError, type Backend } from '../../src/backend/index.js'
import { reference } from '../../src/backend/reference/index.js'
import { dense } from '../../src/layer/index.js'
import { datasetOf, fit, initialise, learner, session, start, type Dataset } from '../../src/learn/index.js'
import { softmaxCrossEntropy, squaredError } from '../../src/loss/index.js'
import { int, tensorOf } from '../../src/object/index.js'
import { adam, sgd } from '../../src/optimiser/index.js'
import { andThen, named } from '../../src/optic/index.js'
import { bytes, classifier, left, made, sides, wrong } from './sides.js'

describe('a fit that does not end well', () => {
  const line = learner(dense(1, 1), squaredError, sgd({ rate: 1e6 }))
  const ones = ((): Dataset<[1], [1]> => {
    const data = datasetOf(
      tensorOf([8, 1], new Array<number>(8).fill(1)),
      tensorOf([8, 1], new Array<number>(8).fill(3)),
    )
    if (E.isLeft(data)) throw new Error(data.left.message)
    return data.right
  })()

  it('names the first step whose loss is not a number, whenever losses are read', async () => {
    const work = session(line, reference(), start(line, 1))
    let first = 0
    for (let step = 1; first === 0; step++) {
      work.step(tensorOf([2, 1], [1, 1]), tensorOf([2, 1], [3, 3]))
      if ((await work.losses()).some((v) => !Number.isFinite(v))) first = step
    }
    expect(first).toBeGreaterThan(2)
    for (const every of [1, 3, 50, 5000]) {
      const backend = reference()
      const error = left(await fit(line, ones, { backend, epochs: 1000, batch: 2, seed: 1, every })())
      expect(error).toMatchObject({ kind: 'diverged', step: first })
      expect(error.message).toMatch(
        new RegExp(
          `^fit: the loss is (NaN|Infinity) at step ${first}; lower the rate, clip the gradient, or look for infinities in the data$`,
        ),
      )
      expect(backend.memory().buffers).toBe(0)
    }
  })

  it('names it too where more steps follow it than losses are kept', async () => {
    const many = datasetOf(
      tensorOf([1500, 1], new Array<number>(1500).fill(1)),
      tensorOf([1500, 1], new Array<number>(1500).fill(3)),
    )
    if (E.isLeft(many)) throw new Error(many.left.message)
    const error = left(
      await fit(line, many.right, { backend: reference(), epochs: 1, batch: 1, seed: 1, every: 1400 })(),
    )
    expect(error).toMatchObject({ kind: 'diverged' })
    expect((error as { readonly step: number }).step).toBeLessThan(20)
  })

  it('says which label is out of range', async () => {
    const data = made(sides(4).input, tensorOf(int(4), [0, 1, 1, 2]))
    expect(left(await fit(classifier, data, { backend: reference(), epochs: 1 })())).toEqual({
      kind: 'label',
      message: 'label 2 at row 3 is out of range: the loss has 2 classes, 0–1',
      row: 3,
    })
    expect(left(await fit(classifier, sides(4), { backend: reference(), epochs: 1, validation: data })()).kind).toBe(
      'label',
    )
  })

  it('finds parameters that the last step made infinite', async () => {
    const steep = learner(dense(2, 1), squaredError, sgd({ rate: 3e38 }))
    const data = datasetOf(tensorOf([1, 2], [4, 4]), tensorOf([1, 1], [1e3]))
    if (E.isLeft(data)) throw new Error(data.left.message)
    const error = left(await fit(steep, data.right, { backend: reference(), epochs: 1 })())
    expect(error).toMatchObject({ kind: 'diverged', step: 1 })
    expect(error.message).toMatch(/^fit: the parameter weight is not finite after step 1; lower the rate/)
  })

  it('says what does not fit', async () => {
    const wide = datasetOf(tensorOf([4, 3], new Array<number>(12).fill(0)), tensorOf(int(4), [0, 1, 1, 0]))
    if (E.isLeft(wide)) throw new Error(wide.left.message)
    const backend = reference()
    expect(left(await fit(classifier, wrong(wide.right), { backend, epochs: 1 })())).toEqual({
      kind: 'dataset',
      message: 'fit: the data has inputs [4, 3], the learner needs [4, 2]',
    })
    const later = { backend, epochs: 1, validation: wrong(wide.right) }
    expect(left(await fit(classifier, sides(4), later)()).message).toBe(
      'fit: the validation data has inputs [4, 3], the learner needs [4, 2]',
    )
    const floats = datasetOf(tensorOf([4, 2], new Array<number>(8).fill(0)), tensorOf([4], [0, 1, 1, 0]))
    if (E.isLeft(floats)) throw new Error(floats.left.message)
    expect(left(await fit(classifier, wrong(floats.right), { backend, epochs: 1 })())).toEqual({
      kind: 'dataset',
      message: 'fit: the data has labels [4], the learner needs int32[4]',
    })
    const other = learner(
      pipe(named('hidden', dense(2, 5)), andThen('out', dense(5, 2))),
      softmaxCrossEntropy(2),
      adam({ rate: 1 }),
    )
    expect(
      left(await fit(classifier, sides(4), { backend, epochs: 1, point: wrong(start(other, 1)) })()).message,
    ).toMatch(/^(params|state): \S+ is float32\[2, 5\], needs float32\[2, 4\]$/)
    expect(backend.memory().buffers).toBe(0)
  })

  it.each<readonly [string, object]>([
    ['fit: epochs is 0, needs an integer ≥ 1', { epochs: 0 }],
    ['fit: batch is 1.5, needs an integer ≥ 1', { batch: 1.5 }],
    ['fit: every is -1, needs an integer ≥ 1', { every: -1 }],
    ['fit: seed is 0.5, needs an integer', { seed: 0.5, validation: 0.25 }],
    ['fit: patience is 0, needs an integer ≥ 1', { patience: 0, validation: 0.5 }],
    ['fit: patience needs validation data: pass validation', { patience: 1 }],
    ['fit: validation is 1, needs a fraction between 0 and 1, or a data set', { validation: 1 }],
  ])('%s', async (message, options) => {
    expect(left(await fit(classifier, sides(4), { backend: reference(), epochs: 1, ...options })())).toEqual({
      kind: 'options',
      message,
    })
  })

  it('refuses a validation split that leaves no row', async () => {
    expect(left(await fit(classifier, sides(2), { backend: reference(), epochs: 1, validation: 0.1 })()).kind).toBe(
      'dataset',
    )
  })

  it('names what the backend lacks', async () => {
    const poor: Backend = {
      ...reference(),
      compile: () => {
        throw new BackendError('poor: "logSumExp" is unsupported at dtype float32 ([32, 2]): no kernel')
      },
    }
    expect(left(await fit(classifier, sides(4), { backend: poor, epochs: 1 })())).toEqual({
      kind: 'program',
      message: 'poor: "logSumExp" is unsupported at dtype float32 ([32, 2]): no kernel',
    })
  })

  it('leaves the point it was given as it was', async () => {
    const point = start(line, 1)
    const before = bytes(point)
    left(await fit(line, ones, { backend: reference(), epochs: 100, batch: 2, point })())
    expect(bytes(point)).toEqual(before)
    expect(bytes(point.params)).toEqual(bytes(initialise(dense(1, 1), 1)))
  })
})
