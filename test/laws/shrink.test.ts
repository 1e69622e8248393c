import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { check, generators, reference, termsByValue } from '../../laws/index.js'
import { reverseDerivative } from '../../laws/laws.js'
import { flatten } from '../../src/term/index.js'
import { chains, tried } from './derivative-size.js'
import { counterexamplePage } from './shrink-page.js'
import { median, studies, type Study } from './shrink-study.js'

let made: readonly Study[] | undefined
const found = (): readonly Study[] => (made ??= studies())

describe('a shrunk counterexample of the dot test', () => {
  it('has at most 7 nodes at the median of 100 seeds', { timeout: 120_000 }, () => {
    for (const { mistake, sizes } of found()) {
      expect(sizes).toHaveLength(100)
      expect(median(sizes), mistake).toBeLessThanOrEqual(7)
    }
  })

  it('at generators is the shortest that there is', () => {
    const s = termsByValue(reference)
    const sizes = generators(s)
      .all()
      .map(({ values: { f } }) => flatten(f).boxes.length)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
  })
})

describe('RD.6 and RD.7', () => {
  it('are checked at every generator, and at random programs of at most two steps', () => {
    for (const dtype of ['float64', 'integer', 'bit'] as const) {
      const s = termsByValue(reference, { dtype })
      const report = check(reverseDerivative(s), { only: 'reverse derivative/RD\\.[67]' })
      const { results, ms } = report._tag === 'Left' ? report.left : report.right
      const count = generators(s).all().length
      expect(report._tag).toBe('Right')
      expect(results.map((r) => [r.law, r.runs])).toEqual([
        ['RD.6', 100],
        ['RD.6 at generators', count],
        ['RD.7', 100],
        ['RD.7 at generators', count],
      ])
      console.log(`RD.6 and RD.7 at ${count} generators and 100 programs, ${dtype}: ${(ms / 1000).toFixed(1)} s`)
    }
  })

  it('grow linearly with the program: R[R[R[f]]] has at most 46 n primitives and D[D[f]] 56 n', () => {
    for (const { name, f, third, second } of chains()) {
      expect(third, name).toBeLessThanOrEqual(46 * f)
      expect(second, name).toBeLessThanOrEqual(56 * f)
    }
    for (const { terms, count, third, second } of tried()) {
      expect(count, terms).toBeGreaterThanOrEqual(100)
      expect(third, terms).toBeLessThanOrEqual(150)
      expect(second, terms).toBeLessThanOrEqual(200)
    }
  })
})

it('docs/counterexamples.md is what was found; npm run docs:update writes it', { timeout: 120_000 }, () => {
  const file = new URL('../../docs/counterexamples.md', import.meta.url)
  const text = counterexamplePage(found())
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
