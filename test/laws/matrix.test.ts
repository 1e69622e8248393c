import { readFileSync, writeFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areas, required } from './mutant/index.js'
import { catalogue, killed, killsOf, unbreakable } from './mutant/matrix.js'
import { page } from './mutant/page.js'
import { reverseMutants } from './mutant/reverse.js'

// What is found is what counts here, not how small it is.
fc.configureGlobal({ endOnFailure: true })

const mutants = areas.flatMap((a) => a.mutants)
const names = mutants.map((m) => `${m.mistake}: ${m.killedBy}`)

for (const { name, mutants } of areas)
  describe(name, () => {
    for (const m of mutants)
      it(`${m.mistake}: ${m.killedBy}`, () => {
        expect([...killed(m).keys()]).toContain(m.killedBy)
      })
  })

describe('the matrix', () => {
  it('has mutants of names of their own, and those that were asked for', () => {
    expect(names.filter((m, i) => names.indexOf(m) !== i)).toEqual([])
    expect(required.filter((r) => !names.some((m) => r.test(m)))).toEqual([])
  })

  it('has a law for every mutant and a mutant for every law', { timeout: 120_000 }, () => {
    const reasons = unbreakable()
    const alive = catalogue().filter((law) => killsOf(law).length === 0)
    expect(alive.filter((law) => !(law in reasons))).toEqual([])
    expect(Object.keys(reasons).filter((law) => !alive.includes(law))).toEqual([])
  })

  it('has a mutant that the axioms miss', () => {
    const untransposed = reverseMutants.find((m) => m.mistake === 'square matrices are not transposed')
    const found = untransposed === undefined ? [] : [...killed(untransposed).keys()]
    expect(found.map((law) => law.split('/')[1])).toEqual(['dot test at generators'])
  })

  it('docs/mutants.md is what it found; npm run docs:update writes it', { timeout: 120_000 }, () => {
    const file = new URL('../../docs/mutants.md', import.meta.url)
    const text = page()
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
