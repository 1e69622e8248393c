import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  context,
  generators,
  given,
  lawSets,
  sameValues,
  stated,
  tellsNothing,
  termsByValue,
  type Rounded,
} from '../../laws/index.js'

import { primitives } from '../../src/primitive/index.js'
import type { Entries } from '../../src/structure/index.js'
import { occurrences } from '../../src/term/index.js'

import { reference } from '../../laws/index.js'

const folder = new URL('../../laws/', import.meta.url)
const real = termsByValue(reference)

describe('equality of values', () => {
  const entry = (value: number, error: number): readonly Entries<Rounded>[] => [
    { dtype: 'float64', shape: [], data: [{ ...given(value), error }] },
  ]
  const equal = (a: number, b: number, error: number): boolean => sameValues(entry(a, error), entry(b, 0)).equal

  it('accepts what rounding explains, and decides nothing under a bound that tells nothing', () => {
    expect(equal(1, 1 + 1e-12, 1e-12)).toBe(true)
    expect(equal(1, 1 + 1e-11, 1e-12)).toBe(false)
    expect(equal(1e-17, 0, 1e-16)).toBe(true)
    expect(equal(1e9, 1e9 + 1, 1)).toBe(true)
    for (const error of [Infinity, NaN]) {
      expect(equal(2, 2, error)).toBe(true)
      expect(equal(1, 2, error)).toBe(false)
    }
    expect(sameValues(entry(1, 1), entry(2, 1))).toMatchObject({ equal: true, by: 'undecided' })
    expect(sameValues(entry(1, 1), entry(6, 1))).toMatchObject({ equal: false })
    for (const value of [Infinity, NaN]) expect(equal(value, 5, Infinity)).toBe(false)
    expect(sameValues(entry(1, Infinity), entry(2, 0)).explain().difference).toBe(
      'tensor 0 float64[], entry 0: 1 ≠ 2 ± Infinity, a bound that tells nothing',
    )
  })

  it('meets no such bound on generated programs and their derivatives', () => {
    let [entries, inexact, widest] = [0, 0, 0]
    const useless: string[] = []
    const programs = [
      ...generators(real).all(),
      ...fc.sample(context(real, { f: 'A → B' }, 4).arbitrary, { seed: 42, numRuns: 300 }),
    ]
    for (const { values, point } of programs)
      for (const f of [values.f, real.category.reverse(values.f)])
        for (const { data } of real.values(f, real.point(f.dom, point)))
          for (const x of Array.from(data)) {
            entries++
            if (x.error > 0) inexact++
            widest = Math.max(widest, (4 * x.error) / Math.max(1, Math.abs(Number(x.value))))
            if (tellsNothing(x, x)) useless.push(real.show(f))
          }
    console.log(
      `${entries} entries, ${inexact} with an error, ${useless.length} with a bound that tells nothing; the widest is ${widest.toExponential(1)}`,
    )
    expect(useless).toEqual([])
    expect(inexact).toBeGreaterThan(500)
  })
})

describe('generated programs', () => {
  it('use every primitive', () => {
    const used = generators(real)
      .all()
      .flatMap(({ values: { f } }) => [...occurrences(f).keys()])
    expect([...new Set(used)].sort()).toEqual(Object.keys(primitives).sort())
  })

  it('are checked against every set that a file of laws exports', () => {
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }))
    const unused = (all: typeof texts): string[] => {
      const sets = all.flatMap(({ file, text }) =>
        [...text.matchAll(/^export function (\w+)[^{]*\): (?:readonly )?LawSet(?:\[\])? \{/gm)].map(
          ([, name = '']) => ({ file, name, text }),
        ),
      )
      const reached = new Set<string>()
      const visit = (text: string): void => {
        for (const { name, text: next } of sets)
          if (!reached.has(name) && new RegExp(`(?<!function )\\b${name}(\\(|\\))`).test(text)) {
            reached.add(name)
            visit(next)
          }
      }
      visit(all.find(({ file }) => file === 'law-sets.ts')?.text ?? '')
      expect(sets.length).toBeGreaterThan(10)
      return sets
        .filter(({ file, name }) => /\//.test(file) && !reached.has(name))
        .map(({ file, name }) => `${file}: ${name}`)
    }
    expect(unused(texts)).toEqual([])
    const added = { file: 'structure/ring.ts', text: 'export function ring(s: Subject): LawSet {' }
    expect(unused([...texts, added])).toEqual(['structure/ring.ts: ring'])
  })

  it('are laws of distinct names', () => {
    const ids = stated(lawSets(reference)).map((s) => s.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
