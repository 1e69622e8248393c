import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { float64, numbersOf, objectOf, showObject, tensorOf, type Tensor } from '../../src/object/index.js'
import { constantRate, cosineRate, schedules, stepRate, type Schedule } from '../../src/schedule/index.js'
import { diagram } from '../../src/term/index.js'
import type { Wire } from '../../src/structure/index.js'

const term = (schedule: Schedule): ReturnType<typeof diagram> =>
  diagram(objectOf([float64()]), ([count]) => [schedule.at(count as Wire)])
const rateAt = (schedule: Schedule): ((t: number) => number) => {
  const f = term(schedule)
  return (t) => numbersOf(evaluate(f, [tensorOf(float64(), [t]) as Tensor])[0] as Tensor)[0] ?? Number.NaN
}

/** The rate at step t of each schedule of the list, by its name. */
const closed: { readonly [name: string]: (t: number) => number } = {
  'constant(0.1)': () => 0.1,
  'step(0.1)': (t) => 0.1 * 0.5 ** Math.floor(t / 10),
  'cosine(0.1, 0.01)': (t) => 0.01 + (0.09 / 2) * (1 + Math.cos((Math.PI * Math.min(t, 100)) / 100)),
}

it('every schedule has a closed form here, and nothing else does', () => {
  expect(schedules.map((s) => s.schedule).sort()).toEqual(Object.keys(closed).sort())
})

describe.each(schedules.map((s) => [s.schedule, s] as const))('%s', (name, schedule) => {
  const at = rateAt(schedule)
  it('is its closed form at the first 250 steps, and far out', () => {
    const wanted = closed[name] ?? (() => Number.NaN)
    for (const t of [...Array.from({ length: 250 }, (_, i) => i), 1e6, 2 ** 24 + 1])
      expect(Math.abs(at(t) - wanted(t))).toBeLessThan(1e-15 + 1e-13 * wanted(t))
  })
  it('is a function of one float64 scalar to one, and never negative', () => {
    const f = term(schedule)
    expect([showObject(f.dom), showObject(f.cod)]).toEqual(['float64[]', 'float64[]'])
    for (const t of [0, 1, 99, 100, 1000]) expect(at(t)).toBeGreaterThanOrEqual(0)
  })
  it('begins at 0.1', () => {
    expect(at(0)).toBeCloseTo(0.1, 16)
  })
})

describe('stepRate', () => {
  it('steps at every multiple, and not one step late', () => {
    for (const every of [1, 2, 3, 7, 10, 49, 98, 103, 107, 161, 187, 196, 197, 1000]) {
      const at = rateAt(stepRate(1, { every, factor: 0.5 }))
      for (const k of [1, 2, 3, 10])
        expect([at(k * every - 1), at(k * every)].map(Math.log2).map(Math.round)).toEqual([1 - k, -k])
    }
  })
  it('may grow, and stays where the factor is 1', () => {
    expect(rateAt(stepRate(1, { every: 5, factor: 2 }))(10)).toBeCloseTo(4, 14)
    expect(rateAt(stepRate(1, { every: 5, factor: 1 }))(1e6)).toBe(1)
  })
})

describe('cosineRate', () => {
  it('ends exactly, and stays there', () => {
    const at = rateAt(cosineRate(1, 0.25, 8))
    expect([at(0), at(4), at(8), at(9), at(1e9)]).toEqual([1, expect.closeTo(0.625, 15), 0.25, 0.25, 0.25])
  })
  it('may rise', () => {
    const at = rateAt(cosineRate(0, 1, 4))
    expect([at(0), at(4)]).toEqual([0, 1])
    expect(at(1)).toBeLessThan(at(2))
  })
})

describe('what is refused', () => {
  it.each<readonly [string, () => unknown]>([
    ['constantRate: the rate -1 is not a number ≥ 0', () => constantRate(-1)],
    ['stepRate: the rate Infinity is not a number ≥ 0', () => stepRate(Infinity, { every: 1, factor: 1 })],
    ['stepRate: 0 is not a number of steps: needs an integer ≥ 1', () => stepRate(1, { every: 0, factor: 1 })],
    ['stepRate: the factor 0 is not a number > 0', () => stepRate(1, { every: 1, factor: 0 })],
    ['cosineRate: 1.5 is not a number of steps: needs an integer ≥ 1', () => cosineRate(1, 0, 1.5)],
    ['cosineRate: the rate NaN is not a number ≥ 0', () => cosineRate(1, Number.NaN, 10)],
  ])('%s', (message, make) => {
    expect(make).toThrow(message)
  })
})
