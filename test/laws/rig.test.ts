import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check, reference, type LawResult, type LawSet } from '../../laws/index.js'
import { derivativeOracle, reverseDerivative } from '../../laws/laws.js'
import { everyDtype, homomorphisms, ringTerms, saturatingTerms } from '../../laws/catalogue/rig.js'
import { redexGrammar } from '../../laws/part/pass-grammar.js'
import { changeOfRig, ringDerivative } from '../../laws/structure/rig.js'

const resultsOf = (sets: readonly LawSet[], only: string): readonly LawResult[] => {
  const report = check(sets, { only })
  return (E.isLeft(report) ? report.left : report.right).results
}

describe('between the rigs of two dtypes', () => {
  const pairs = everyDtype.flatMap((from) => everyDtype.filter((to) => to !== from).map((to) => [from, to] as const))
  it.each(pairs)(
    'evaluation and change of rig commute from %s to %s exactly if there is a homomorphism',
    (from, to) => {
      const holds = resultsOf([changeOfRig(ringTerms(reference, from), to, redexGrammar(from))], 'evaluation').every(
        (r) => r.ok,
      )
      expect(holds).toBe(homomorphisms.some(([a, b]) => a === from && b === to))
    },
  )
})

describe('signed saturating arithmetic', () => {
  const s = saturatingTerms()
  const sets = [reverseDerivative(s), derivativeOracle(s), ringDerivative(s)]
  it.each(['reverse structure/RD.1', 'reverse structure/RD.5'])('satisfies %s', (law) => {
    expect(resultsOf(sets, `${law.replace('.', '\\.')}$`).map((r) => [r.ok, r.runs])).toEqual([[true, 100]])
  })
  it.each([
    ['reverse derivative/RD.2', ['f', 'a', 'b', 'c', 'point']],
    ['derivative oracle/dot test', ['f']],
    ['derivative of a ring/distributivity', ['A', 'point']],
  ] as const)('fails %s, with a witness', (law, where) => {
    const [result] = resultsOf(sets, `${law.replace('.', '\\.')}$`)
    expect(result?.ok).toBe(false)
    if (result === undefined || result.ok) return
    expect(Object.keys(result.where)).toEqual(expect.arrayContaining([...where]))
    expect(result.shrinks).toBeGreaterThan(0)
    expect(result.difference).toMatch(/≠/)
  })
})
