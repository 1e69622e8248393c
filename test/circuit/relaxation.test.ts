import { expect, it } from 'vitest'
import { reference } from '../../src/backend/reference/index.js'
import { lookup } from '../../src/circuit/index.js'
import { learner, moved, negated, session, start, type Cap } from '../../src/learn/index.js'
import { difference } from '../../src/loss/index.js'
import { numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { identity } from '../../src/term/index.js'
import { adam, votes, within, type Rule } from '../../src/optimiser/index.js'

const points = Array.from({ length: 8 }, (_, i) => [i >> 2, (i >> 1) & 1, i & 1])
const majority = points.map((x) => (x.reduce((a, b) => a + b) > 1 ? 1 : 0))

/** The table of a look-up over the reals, all points shown 20 times, one after another. */
async function learned<S>(rule: Rule<S, object>, cap: Cap): Promise<Tensor<[8, 1]>> {
  const it = learner(lookup(3, 1), difference, rule, { cap })
  const work = session(it as never, reference(), start(it as never, 0) as never)
  for (let round = 0; round < 20; round++)
    for (const [i, x] of points.entries())
      work.step(tensorOf([1, 3], x) as never, tensorOf([1, 1], [majority[i] ?? 0]) as never)
  const { params } = await work.read()
  return (params as unknown as { readonly table: Tensor<[8, 1]> }).table
}

it('a relaxed table stays within [0, 1] and is the circuit when it is rounded', async () => {
  const table = await learned(within(adam({ rate: 0.05 }), 0, 1) as never, (loss) => identity(loss))
  expect(numbersOf(table).every((p) => p >= 0 && p <= 1)).toBe(true)
  expect(numbersOf(moved(lookup(3, 1), 'float32', 'bit', { table }).table)).toEqual(majority)
})

it('signed votes hold bits all the while, and are the same circuit', async () => {
  const table = await learned(votes({ bound: 2 }) as never, negated)
  expect(numbersOf(table)).toEqual(majority)
})

it('votes and within refuse what is no bound', () => {
  expect(() => votes({ bound: 0 })).toThrow('votes: the bound 0 is not an integer ≥ 1')
  expect(() => within(adam({ rate: 1 }), 1, 0)).toThrow('within: [1, 0] is not an interval of finite numbers')
})
