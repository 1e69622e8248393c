import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check, lawsOf, type LawSet } from '../../laws/index.js'
import { lossLaws, lossRows } from '../../laws/catalogue/loss.js'
import { loss } from '../../laws/part/loss.js'
import { halfSquareError } from '../../src/learn/functor/index.js'
import { losses, softmaxCrossEntropy, squaredError } from '../../src/loss/index.js'
import { expectRow } from './claim-row.js'

const sets = new Map(lossLaws().map((set) => [set.subject, set]))
const holds = (set: LawSet): boolean => E.isRight(check(set))

describe('the claims of losses', () => {
  it('are stated for each, and for nothing else', () => {
    expect(Object.keys(lossRows).sort()).toEqual(Object.keys(losses).sort())
  })

  it.each(Object.keys(losses))('%s has those of its row, and a witness against each other', (name) => {
    expectRow(sets.get(name) as LawSet, lossRows[name])
  })

  it('are all held by something', () => {
    const claims = new Set([...sets.values()].flatMap((set) => (set.claims ?? []).map((c) => c.name)))
    const held = new Set<string>(Object.values(lossRows).flatMap((row) => row.holds))
    expect([...claims].filter((claim) => !held.has(claim))).toEqual([])
  })
})

describe('laws.loss', () => {
  it('takes a loss at its object, a distance at any, and an error function with its inverse', () => {
    expect(holds(loss('ce', softmaxCrossEntropy(4), { claims: ['shiftInvariant', 'gradientSumsToZero'] }))).toBe(true)
    expect(holds(loss('squared', squaredError, { at: [[2], []], claims: ['additive', 'convex'] }))).toBe(true)
    expect(holds(loss('half', halfSquareError, { claims: ['invertible'] }))).toBe(true)
  })

  it('says which claims there are: additive only of a distance', () => {
    expect(() => loss('ce', softmaxCrossEntropy(4), { claims: ['additive'] })).toThrow(
      /^laws\.loss: no claim is called "additive"; there are nonNegative, /,
    )
  })

  it('tries exclusive or at all its points', () => {
    const report = check(sets.get('difference over bit') as LawSet)
    const runs = E.isRight(report) ? Object.fromEntries(report.right.results.map((r) => [r.law, r.runs])) : {}
    expect(runs).toMatchObject({ symmetric: 16, translation: 64, zeroAtEqual: 4, 'dot test': 1024, 'RD.2': 256 })
  })

  it('has the closed form of the gradient as a law where it is given', () => {
    const names = lawsOf(sets.get('softmaxCrossEntropy') as LawSet).map((s) => s.law.name)
    expect(names).toContain('closed form')
  })
})
