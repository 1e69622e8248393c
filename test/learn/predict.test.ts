import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { dense, relu } from '../../src/layer/index.js'
import { accuracy, confusion, initialise, largest, predict, predictor } from '../../src/learn/index.js'
import { int, numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { andThen, diagram, named } from '../../src/optic/index.js'

const model = pipe(named('hidden', dense(2, 3)), andThen(relu), andThen('out', dense(3, 2)))
const params = initialise(model, 1)
const wrong = (value: unknown): never => value as never
const inputs = (n: number): number[] => Array.from({ length: 2 * n }, (_, i) => ((i * 29) % 64) / 32 - 1)

describe('predictions', () => {
  it('are the model at each example, also of more than one program takes', async () => {
    const backend = reference()
    const work = predictor(model, backend, params)
    for (const n of [1, 3, 256, 257, 600]) {
      const out = await work.predict(tensorOf([n, 2], inputs(n)))
      expect(out.shape).toEqual([n, 2])
      for (const i of [0, n >> 1, n - 1]) {
        const point = [
          params.hidden.weight,
          params.hidden.bias,
          params.out.weight,
          params.out.bias,
          tensorOf([2], inputs(n).slice(2 * i, 2 * i + 2)),
        ] as unknown as Tensor[]
        expect(numbersOf(out).slice(2 * i, 2 * i + 2)).toEqual(numbersOf(evaluate(model.term, point)[0] as Tensor))
      }
      expect(backend.memory().buffers).toBe(4)
    }
    work.dispose()
    expect(backend.memory().buffers).toBe(0)
  })

  it('of several outputs are a tuple', async () => {
    const two = diagram({ left: dense(2, 3), right: dense(2, 1) }, [[2]], ({ left, right }, x) => [left(x), right(x)])
    const [a, b] = await predict(two, reference(), initialise(two, 1), tensorOf([5, 2], inputs(5)))
    expect([a.shape, b.shape]).toEqual([
      [5, 3],
      [5, 1],
    ])
  })

  it.each<readonly [string, unknown]>([
    ['predict: x is float32[4, 3], needs float32[n, 2]', tensorOf([4, 3], new Array<number>(12).fill(0))],
    ['predict: x is float32[2], needs float32[n, 2]', tensorOf([2], [1, 2])],
    ['predict: x is int32[1, 2], needs float32[n, 2]', tensorOf(int(1, 2), [1, 2])],
    ['predict: an empty batch: x is float32[0, 2]; needs at least one example', tensorOf([0, 2], [])],
  ])('%s', async (message, x) => {
    await expect(predict(model, reference(), params, wrong(x))).rejects.toThrow(message)
  })

  it('are refused at the parameters of another model', async () => {
    const other = initialise(pipe(named('hidden', dense(2, 3)), andThen('out', dense(3, 4))), 1)
    await expect(predict(model, reference(), wrong(other), tensorOf([1, 2], [1, 2]))).rejects.toThrow(
      'params: out.weight is float32[3, 4], needs float32[3, 2]',
    )
  })
})

describe('measures', () => {
  const logits = tensorOf([4, 3], [1, 2, 0, 5, 5, 1, 0, 0, 1, -1, -2, -3]) as unknown as Tensor
  const labels = tensorOf(int(4), [1, 1, 2, 0]) as unknown as Tensor
  it('take the largest logit, the first at a tie', () => {
    expect(largest(logits)).toEqual([1, 0, 2, 0])
    expect(accuracy.measure(logits, labels)).toBe(3 / 4)
  })
  it('count answers by class', () => {
    expect(confusion(logits, labels, 3)).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 0, 1],
    ])
  })
})
