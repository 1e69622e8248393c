import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { reference } from '../../src/backend/reference/index.js'
import { keyOf, permutation, split } from '../../src/initialiser/index.js'
import {
  accuracy,
  fit,
  learner,
  predict,
  rows,
  session,
  splitAt,
  start,
  type Progress,
  type Trained,
} from '../../src/learn/index.js'
import { softmaxCrossEntropy } from '../../src/loss/index.js'
import { int, numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { sgd } from '../../src/optimiser/index.js'
import { bytes, classifier, left, made, model, right, sides, wrong } from './sides.js'

describe('a fit', () => {
  it('learns, and says how', async () => {
    const backend = reference()
    const seen: Progress[] = []
    const trained = right(
      await fit(classifier, sides(40), {
        backend,
        epochs: 12,
        batch: 8,
        seed: 1,
        every: 2,
        metrics: [accuracy],
        validation: sides(20, 100),
        onProgress: (p) => seen.push(p),
      })(),
    )
    const losses = trained.history.map((e) => e.loss)
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2)
    expect(trained.history.at(-1)?.validation?.metrics['accuracy']).toBeGreaterThanOrEqual(0.9)
    expect([trained.history.length, trained.steps, trained.best]).toEqual([12, 60, 12])
    expect(trained.history.map((e) => e.epoch)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(seen.filter((p) => p.epoch === 1).map((p) => [p.step, p.steps, p.epochs, p.ended === undefined])).toEqual([
      [2, 60, 12, true],
      [4, 60, 12, true],
      [5, 60, 12, false],
    ])
    expect(seen.filter((p) => p.ended !== undefined).map((p) => p.ended)).toEqual(trained.history)
    expect(seen.every((p) => p.stepsPerSecond > 0 && p.eta >= 0 && Number.isFinite(p.loss))).toBe(true)
    expect(backend.memory().buffers).toBe(0)
  })

  it('is its steps, in the order that the seed decides, the last batch smaller', async () => {
    const data = sides(10)
    const trained = right(await fit(classifier, data, { backend: reference(), epochs: 2, batch: 4, seed: 3 })())
    const work = session(classifier, reference(), start(classifier, 3))
    const sizes: number[] = []
    const losses: number[][] = []
    for (const epoch of [1, 2]) {
      const order = permutation(split(split(keyOf(3), 'order'), epoch), 10)
      for (let at = 0; at < 10; at += 4) {
        const part = rows(data, order.subarray(at, at + 4))
        sizes.push(part.count)
        work.step(part.input, part.label)
      }
      losses.push(await work.losses())
    }
    expect(sizes).toEqual([4, 4, 2, 4, 4, 2])
    expect(trained.steps).toBe(6)
    expect(bytes(trained.point)).toEqual(bytes(await work.read()))
    expect(trained.history.map((e) => e.loss)).toEqual(losses.map((all) => all.reduce((a, b) => a + b, 0) / 3))
  })

  it('is reproduced by its seed, byte for byte, and by no other', async () => {
    const run = async (seed: number, every: number): Promise<unknown> =>
      bytes(right(await fit(classifier, sides(20), { backend: reference(), epochs: 2, batch: 8, seed, every })()).point)
    expect(await run(1, 50)).toEqual(await run(1, 1))
    expect(await run(1, 50)).not.toEqual(await run(2, 50))
  })

  it('goes on from a point', async () => {
    const options = { backend: reference(), epochs: 1, batch: 20, seed: 1 }
    const once = right(await fit(classifier, sides(20), options)())
    const twice = right(await fit(classifier, sides(20), { ...options, point: once.point })())
    expect(numbersOf(twice.point.state.adam.count)).toEqual([2])
    expect(twice.history[0]?.loss).toBeLessThan(once.history[0]?.loss ?? 0)
  })

  it('has its rate at a port', async () => {
    const steered = learner(model, softmaxCrossEntropy(2), sgd({ rate: { port: 'rate' } }))
    const fixed = learner(model, softmaxCrossEntropy(2), sgd({ rate: 1 / 8 }))
    const options = { backend: reference(), epochs: 1, batch: 8, seed: 1 }
    const a = right(await fit(steered, sides(16), { ...options, ports: { rate: 1 / 8 } })())
    const b = right(await fit(fixed, sides(16), options)())
    expect(bytes(a.point.params)).toEqual(bytes(b.point.params))
    expect(left(await fit(steered, sides(16), wrong(options))())).toEqual({
      kind: 'program',
      message: 'step: the port rate has no value',
    })
  })
})

describe('validation', () => {
  it('on a fraction sets rows aside that the seed decides, and does not train on them', async () => {
    const data = sides(20)
    const trained = right(
      await fit(classifier, data, {
        backend: reference(),
        epochs: 1,
        batch: 4,
        seed: 5,
        validation: 0.25,
        metrics: [accuracy],
      })(),
    )
    expect(trained.steps).toBe(4)
    const two = splitAt(data, 0.75, split(keyOf(5), 'validation'))
    if (E.isLeft(two)) throw new Error(two.left.message)
    const [training, aside] = two.right
    expect([training.count, aside.count]).toEqual([15, 5])
    const apart = right(
      await fit(classifier, training, {
        backend: reference(),
        epochs: 1,
        batch: 4,
        seed: 5,
        validation: aside,
        metrics: [accuracy],
      })(),
    )
    expect(bytes(trained.point)).toEqual(bytes(apart.point))
    expect(trained.history[0]?.validation).toEqual(apart.history[0]?.validation)
    const logits = await predict(model, reference(), trained.point.params, aside.input)
    expect(trained.history[0]?.validation?.metrics).toEqual({
      accuracy: accuracy.measure(logits as unknown as Tensor, aside.label as unknown as Tensor),
    })
    const each = numbersOf(aside.label).map((y, i) => {
      const [a = 0, b = 0] = numbersOf(logits).slice(2 * i, 2 * i + 2)
      return Math.log(Math.exp(a) + Math.exp(b)) - (y === 1 ? b : a)
    })
    expect(trained.history[0]?.validation?.loss).toBeCloseTo(each.reduce((s, v) => s + v, 0) / 5, 5)
  })

  it('with patience keeps the best point, and stops', async () => {
    const data = sides(16)
    const opposite = made(
      data.input,
      tensorOf(
        int(16),
        numbersOf(data.label).map((y) => 1 - y),
      ),
    )
    const options = { backend: reference(), batch: 4, seed: 1, validation: opposite }
    const trained = right(await fit(classifier, data, { ...options, epochs: 20, patience: 3 })())
    const losses = trained.history.map((e) => e.validation?.loss ?? Number.NaN)
    expect(losses.length).toBe(trained.best + 3)
    expect(Math.min(...losses)).toBe(losses[trained.best - 1])
    const short = right(await fit(classifier, data, { ...options, epochs: trained.best })())
    expect(bytes(trained.point)).toEqual(bytes(short.point))
    const impatient: Trained<object, object> = right(
      await fit(classifier, data, { ...options, epochs: trained.best + 3 })(),
    ) as unknown as Trained<object, object>
    expect(bytes(impatient.point)).not.toEqual(bytes(trained.point))
  })
})
