import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check, forwardDerivative, reverseDerivative, reverseStructure, termsByValue } from '../../laws/index.js'
import { reference } from '../../laws/index.js'
import { mutants, type Mutant } from './mutant/reverse.js'

/** Names of the laws of the derivative that do not hold. */
function broken(category: Mutant): readonly string[] {
  const s = termsByValue(reference, { dtype: 'integer', category })
  const sets = [reverseStructure(s), reverseDerivative(s), forwardDerivative(s)].map((set) => ({ ...set, parents: [] }))
  const report = check(sets, { runs: 100 })
  return E.isRight(report) ? [] : report.left.results.filter((r) => !r.ok).map((r) => r.law)
}

describe('every planted mistake is found', () => {
  for (const [mistake, { category, killedBy, axiomsMiss }] of Object.entries(mutants))
    it(`${mistake}: ${killedBy}`, () => {
      const found = broken(category)
      expect(found).toContain(killedBy)
      if (axiomsMiss === true) expect(found.filter((law) => law.startsWith('RD.'))).toEqual([])
    })
})
