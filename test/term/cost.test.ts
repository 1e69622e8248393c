import { describe, expect, it } from 'vitest'
import { normalForm, occurrences } from '../../src/term/index.js'
import { layers, measure, rows, shared, type Bracket, type Cost } from './cost-table.js'

const brackets: readonly Bracket[] = ['left', 'right', 'balanced']

describe('nested layers', () => {
  for (const bracket of brackets)
    for (const n of [8, 64, 512])
      it(`${n} bracketed ${bracket}: one forward evaluation of each primitive`, () => {
        const { closed, term } = measure(bracket, n, () => layers(n, bracket))
        expect(occurrences(term)).toEqual(
          new Map([
            ['contract', n],
            ['relu', n],
          ]),
        )
        // Backward: two contractions a layer, and a step and a product for relu. Counted before values are numbered.
        expect(occurrences(closed)).toEqual(
          new Map([
            ['contract', 3 * n],
            ['relu', n],
            ['step', n],
            ['multiply', n],
          ]),
        )
      })

  it('have one derivative, however bracketed', () => {
    for (const n of [8, 64]) {
      const forms = brackets.map((b) => normalForm(measure(b, n, () => layers(n, b)).closed))
      expect(new Set(forms).size).toBe(1)
    }
  })
})

describe('large terms build, reverse and flatten', () => {
  for (const [name, sizes, build] of rows.filter(([n]) => !n.startsWith('layers')))
    it(`${name}, ${sizes.join(' and ')}: work and memory are linear`, () => {
      const costs = sizes.map((n) => measure(name, n, () => build(n)))
      const [small, large] = costs as [Cost, Cost]
      const ratio = large.size / small.size
      for (const measureOf of [(c: Cost) => c.reverse, (c: Cost) => c.visits, (c: Cost) => c.entries])
        expect(measureOf(large) / measureOf(small)).toBeLessThanOrEqual(1.2 * ratio)
      expect(large.reverse).toBeLessThanOrEqual(5 * large.forward)
      const lines = costs.map(
        (c) =>
          `${c.size}: ${Object.values(c.ms)
            .map((t) => t.toFixed(0))
            .join(' + ')} ms`,
      )
      console.log(`${name}: build + reverse + flatten of ${lines.join(', ')}`)
    })
})

describe('one weight in 100 places', () => {
  it('is one wire, whose cotangents are added 99 times', () => {
    const { term, closed } = measure('shared', 100, () => shared(100))
    expect(term.dom.length).toBe(2)
    expect(occurrences(closed)).toEqual(
      new Map([
        ['contract', 300],
        ['add', 99],
      ]),
    )
  })
})
