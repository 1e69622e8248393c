import { describe, expect, it } from 'vitest'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { dense, gru, gruLast, lstm, lstmLast } from '../../src/layer/index.js'
import { initialise, learner, session, start } from '../../src/learn/index.js'
import { squaredError } from '../../src/loss/index.js'
import { numbersOf, objectOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { adam } from '../../src/optimiser/index.js'
import { compose, lift, named, reverseDerivative, scan, type Para, type Untyped } from '../../src/optic/index.js'
import { add, multiply } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, occurrences, retype } from '../../src/term/index.js'
import { deviation, pointOf, pullback } from '../oracle.js'

/** `s′ = s + x`, `y = s x`. */
const running = lift(
  [[2], [2]],
  [[2], [2]],
  diagram(objectOf([[2], [2]]), ([s, x]) => [add(s as Wire, x as Wire), multiply(s as Wire, x as Wire)]),
)

describe('scan', () => {
  it('goes from row to row with a state, and answers the last and all answers', () => {
    const f = scan(3, running)
    const [s, x] = [tensorOf([2], [1, 10]), tensorOf([3, 2], [1, 2, 3, 4, 5, 6])] as unknown as [Tensor, Tensor]
    expect(evaluate(f.term, [s, x]).map(numbersOf)).toEqual([
      [10, 22],
      [1, 20, 6, 48, 25, 96],
    ])
  })

  it('has the gradient of dual numbers', () => {
    const f = retype(scan(5, running).term, 'float64', 'float32')
    const [point, cotangent] = [pointOf(f.dom, 1), pointOf(f.cod, 2)]
    const given = evaluate(reverseDerivative(f), [...point, ...cotangent])
    expect(deviation(given, pullback(f, point, cotangent))).toBe(0)
  })

  it('is as long as its rows: the reverse runs the body twice for each, and adds up each weight once for each', () => {
    const count = (n: number): ReadonlyMap<string, number> =>
      occurrences(flatten(reverseDerivative(gruLast(n, 2, 2).term)))
    const all = [count(8), count(16), count(32)]
    const [a = 0, b = 0, c = 0] = all.map((m) => m.get('contract') ?? 0)
    expect([b - a, c - b]).toEqual([8 * 6, 16 * 6])
  })

  it('refuses', () => {
    expect(() => scan(0, running)).toThrow('scan: 0 is not a count: needs an integer ≥ 1')
    const longer = lift(
      [[2], [3]],
      [[3], [3]],
      diagram(objectOf([[2], [3]]), ([, x]) => [x as Wire, x as Wire]),
    )
    expect(() => scan(2, longer as never)).toThrow('scan: the body ends in [3] ⊗ [3], needs the state [2] first')
    const single = lift(
      [[2], [2]],
      [[2]],
      diagram(objectOf([[2], [2]]), ([s]) => [s as Wire]),
    )
    expect(() => scan(2, single as never)).toThrow('scan: [2] ⊗ [2] → [2] is not a state and a row → a state and a row')
  })
})

describe('recurrent layers', () => {
  const models: readonly (readonly [string, Untyped])[] = [
    ['gru', gru(5, 2, 3) as unknown as Untyped],
    ['lstm', lstm(5, 2, 3) as unknown as Untyped],
  ]
  it.each(models)('%s has the gradient of dual numbers over five rows', (_, { term }) => {
    const f = retype(term, 'float64', 'float32')
    const [point, cotangent] = [pointOf(f.dom, 1), pointOf(f.cod, 2)]
    const given = evaluate(reverseDerivative(f), [...point, ...cotangent])
    expect(deviation(given, pullback(f, point, cotangent))).toBeLessThan(1e-12)
  })

  it('answer the last of their states', () => {
    const pairs = [
      [gru(4, 2, 3), gruLast(4, 2, 3)],
      [lstm(4, 2, 3), lstmLast(4, 2, 3)],
    ] as const
    for (const [all, last] of pairs) {
      const point = pointOf(all.term.dom, 3)
      const states = evaluate(all.term, point).flatMap(numbersOf)
      expect(evaluate(last.term, point).flatMap(numbersOf)).toEqual(states.slice(9))
    }
  })

  it('start with open forget gates', () => {
    expect(numbersOf(initialise(lstm(2, 2, 2), 0).bias)).toEqual([0, 0, 1, 1, 0, 0, 0, 0])
  })

  it('refuse sizes below 1', () => {
    expect(() => gru(0, 2, 2)).toThrow('gru: 0 is not a size: needs an integer ≥ 1')
    expect(() => lstmLast(2, 2.5, 2)).toThrow('lstmLast: 2.5 is not a size: needs an integer ≥ 1')
  })

  it.each([
    ['gru', named('cell', gruLast(6, 1, 4)) as unknown],
    ['lstm', named('cell', lstmLast(6, 1, 4)) as unknown],
  ])('%s learns to keep the first of six', async (_, cell) => {
    const task = learner(
      compose(cell as Para<object, [[6, 1]], [[4]]>, named('out', dense(4, 1))),
      squaredError,
      adam({ rate: 0.05 }),
    )
    const work = session(task, reference(), start(task, 1))
    const rows = Array.from({ length: 8 }, (__, k) => [k & 1 ? 1 : -1, k & 2 ? 1 : -1, 0, k & 4 ? 1 : -1, 0, 0])
    const x = tensorOf([8, 6, 1], rows.flat()) as unknown as Tensor<[number, 6, 1]>
    const y = tensorOf(
      [8, 1],
      rows.map(([first = 0]) => first),
    ) as unknown as Tensor<[number, 1]>
    for (let i = 0; i < 120; i++) work.step(x, y)
    const losses = await work.losses()
    work.dispose()
    expect(losses[0]).toBeGreaterThan(0.3)
    expect(losses[119]).toBeLessThan(0.02)
  })
})
