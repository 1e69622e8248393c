import { describe, expect, it } from 'vitest'
import { ascent, hardTasks, isExact, learn, tasks, votesOf, type Task } from '../../examples/arithmetic.js'
import { distinct, frame, learnRule, lifeRule, neighbourhoodsOf } from '../../examples/life.js'
import { evaluate } from '../../src/backend/reference/index.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { automaton, lookup, moore } from '../../src/circuit/index.js'
import { numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { over } from '../../src/optic/index.js'

const points = (n: number): number[][] =>
  Array.from({ length: 2 ** n }, (_, i) => Array.from({ length: n }, (__, k) => (i >> (n - 1 - k)) & 1))

describe('arithmetic of eight bits by a tied cell, from samples, by unmodified reverse derivative ascent', () => {
  const seeds = [0, 1, 2]
  it.each(tasks)('$name is exact on all inputs, for every seed', { timeout: 120_000 }, async (task) => {
    const backend = await wasm()
    const outcomes = await learn(task, backend, ascent, seeds, 1000)
    for (const table of distinct(outcomes.map((o) => numbersOf(o.table))))
      expect(await isExact(task, backend, tableOf(outcomes[0]?.table as Tensor, table))).toBe(true)
  })
  it('is told from a table that is not: one entry flipped', { timeout: 120_000 }, async () => {
    const backend = await wasm()
    const task = tasks[3] as Task
    const [outcome] = await learn(task, backend, ascent, [0], 100)
    const table = outcome?.table as Tensor
    for (const k of table.data.keys()) {
      const flipped = numbersOf(table).map((bit, i) => (i === k ? 1 - bit : bit))
      expect(await isExact(task, backend, tableOf(table, flipped))).toBe(false)
    }
  })
  it(
    'two bits of state: signed votes learn three times a number where ascent does not',
    { timeout: 120_000 },
    async () => {
      const backend = await wasm()
      const task = hardTasks[0] as Task
      const exact = async (method: typeof ascent): Promise<number> => {
        const outcomes = await learn(task, backend, method, [0, 1, 2, 3, 4, 5, 6, 7], 1500)
        const all = await Promise.all(outcomes.map((o) => isExact(task, backend, o.table)))
        return all.filter((x) => x).length
      }
      expect(await exact(votesOf(4))).toBeGreaterThan(await exact(ascent))
    },
  )
})

const tableOf = (like: Tensor, data: readonly number[]): Tensor =>
  tensorOf({ dtype: 'bit', shape: [...(like.shape as readonly number[])] }, data) as Tensor

describe('the Game of Life from one frame', () => {
  const seen = neighbourhoodsOf(frame(64, 1), 64)
  it('is learned exactly: one step on the distinct neighbourhoods is one example after another', async () => {
    const backend = await wasm()
    const each = distinct(seen)
    expect(each.length).toBe(512)
    const [together, apart] = [await learnRule(backend, each, each.length), await learnRule(backend, seen, 1)]
    expect(numbersOf(together.table)).toEqual(points(9).map(lifeRule))
    expect(numbersOf(apart.table)).toEqual(numbersOf(together.table))
    const rule = over('bit', automaton([4, 5], moore, lookup(9, 1)))
    const cells = frame(5, 2).slice(0, 20)
    const [next] = evaluate(rule.term, [
      together.table as unknown as Tensor,
      tensorOf({ dtype: 'bit', shape: [4, 5] }, cells) as Tensor,
    ])
    expect(numbersOf(next as Tensor)).toEqual(lifeOf(cells, 4, 5))
  })
})

/** The next frame of a torus by the rule as it is told: counted neighbour by neighbour. */
function lifeOf(cells: readonly number[], h: number, w: number): number[] {
  return cells.map((alive, place) => {
    let around = -alive
    for (const i of [h - 1, 0, 1])
      for (const j of [w - 1, 0, 1])
        around += cells[((Math.floor(place / w) + i) % h) * w + (((place % w) + j) % w)] ?? 0
    return around === 3 || (around === 2 && alive === 1) ? 1 : 0
  })
}
