import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { additive } from './additive.js'
import {
  check,
  describeLaws,
  equation,
  generators,
  law,
  lawReport,
  lawsOf,
  lawSets,
  RequestError,
  sameText,
  showResult,
  stated,
  termsByNormalForm,
  termsByValue,
  type Failed,
  type LawSet,
} from '../../laws/index.js'
import { category, firstPart, derivativeOracle, leftAdditive, reverseDerivative, wellBehaved } from '../../laws/laws.js'

import { lensOptic } from '../../src/optic/index.js'
import { compose, copy, swap, tensor } from '../../src/term/index.js'

import { reference } from '../../laws/index.js'

const free = termsByNormalForm()
const real = termsByValue(reference)

/** Laws that do not hold: what a suite that cannot fail would pass. */
const untrue: LawSet = {
  name: 'false',
  subject: free.name,
  parents: [],
  laws: [
    equation(free, {
      name: 'composition commutes',
      equation: 'f ; g = g ; f',
      source: 'false',
      forall: { f: 'A → A', g: 'A → A' },
      holds: ({ f, g }) => [compose(f, g), compose(g, f)],
    }),
    equation(free, {
      name: 'tensor commutes',
      equation: 'f ⊗ g = g ⊗ f',
      source: 'false',
      forall: { f: 'A → A', g: 'A → A' },
      holds: ({ f, g }) => [tensor(f, g), tensor(g, f)],
    }),
    equation(free, {
      name: 'the symmetry is the identity',
      equation: 'Δ ; (f ⊗ g) ; σ = Δ ; (f ⊗ g)',
      source: 'false',
      forall: { f: 'A → A', g: 'A → A' },
      holds: ({ f, g }) => {
        const both = compose(copy(f.dom), tensor(f, g))
        return [compose(both, swap(f.dom, f.dom)), both]
      },
    }),
    equation(free, {
      name: 'copying is additive in R by normal form',
      equation: 'R[f ; Δ] = R[Δ ; (f ⊗ f)]',
      source: 'holds by value only',
      forall: { f: 'A → B' },
      holds: ({ f }) => [
        free.category.reverse(compose(f, copy(f.cod))),
        free.category.reverse(compose(copy(f.dom), tensor(f, f))),
      ],
    }),
  ],
}

const failures = (set: LawSet, options = {}): readonly Failed[] => {
  const report = check(set, options)
  return E.isRight(report) ? [] : report.left.results.filter((r) => !r.ok)
}

describe('negative controls', () => {
  for (const { law, set } of [...lawsOf(untrue), ...lawsOf(additive)])
    it(`${law.equation} fails`, () => {
      expect(failures({ ...set, laws: [law] })).toHaveLength(1)
    })

  it('addition is not associative by normal form, and commutative', () => {
    const report = check({ ...leftAdditive(free), parents: [] })
    const failed = E.isLeft(report) ? report.left.results.filter((r) => !r.ok).map((r) => r.law) : []
    expect(failed).toEqual(['sums are associative', 'zero'])
  })

  it('a view that copies is not well behaved', () => {
    const bad = wellBehaved(free, 'put forgets', (a, b) => lensOptic(firstPart(a, b).forward, swap(a, a), a))
    expect(failures(bad).map((r) => r.difference)).not.toHaveLength(0)
  })
})

describe('a failure report', () => {
  const [failure] = failures(additive, { seed: 5 })
  const text = failure === undefined ? '' : showResult(failure)

  it('has the law, the shrunk program, the point, both sides, the first difference and a replay', () => {
    for (const part of ['law ', 'where f', 'where h', 'where point', 'lhs', 'rhs', 'difference', 'shrinks; replay:'])
      expect(text).toContain(part)
    expect(text).toContain('(f + g) ; h = f ; h + g ; h    for all f : A → B, g : A → B, h : B → C')
    expect(text).toMatch(/difference {2}tensor 0 float64\[.*\], entry \d+: \S+ ≠ \S+(, nothing was rounded| ± )/)
    expect(failure?.where['f']?.split('\n').length).toBeLessThanOrEqual(4)
  })

  it('replays in one run', () => {
    const [again] = failures(additive, { seed: 5, path: failure?.path })
    expect(again?.runs).toBe(1)
    expect(again?.shrinks).toBe(0)
    expect(again && { ...again, ms: 0, runs: 0, shrinks: 0, path: '', replay: '' }).toEqual(
      failure && { ...failure, ms: 0, runs: 0, shrinks: 0, path: '', replay: '' },
    )
    expect(failure?.replay).toBe(
      `check(set, { only: "terms by value, float64/false/every morphism is additive", seed: 5, path: '${failure?.path}' })`,
    )
  })

  it('survives JSON', () => {
    const report = check([additive, category(free)], { runs: 20 })
    const value = E.isLeft(report) ? report.left : report.right
    expect(lawReport.decode(JSON.parse(JSON.stringify(lawReport.encode(value))))).toEqual(E.right(value))
    expect(E.isLeft(lawReport.decode({ seed: '1', ms: 0, results: [] }))).toBe(true)
  })

  it('says what a side throws', () => {
    const throwing = equation(free, {
      name: 'ill-typed',
      equation: 'f ; f = f',
      source: 'false',
      forall: { f: 'A → B' },
      holds: ({ f }) => [compose(f, f), f],
    })
    const [r] = failures({ ...untrue, laws: [throwing] })
    expect(r?.lhs).toBe('throws')
    expect(r?.difference).toMatch(/^compose: codomain .* does not match domain .*$/)
  })
})

describe('check', () => {
  it('runs the laws of shared parents once', () => {
    const ids = lawsOf(reverseDerivative(real)).map((s) => s.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => id.endsWith('category/associativity'))).toHaveLength(1)
  })

  it('chooses laws by name, and refuses a name of none', () => {
    const one = check(lawSets(reference), { only: 'terms by value, bit/reverse derivative/RD.2', runs: 5 })
    expect(E.isRight(one) && one.right.results.map((r) => r.law)).toEqual(['RD.2'])
    const some = check(lawSets(reference), { only: 'monoidal/interchange', runs: 2 })
    expect(E.isRight(some) && some.right.results).toHaveLength(5)
    expect(() => check(category(free), { only: 'RD.9' })).toThrow(
      new RequestError('check: no law is called RD.9; there are 4 laws'),
    )
    expect(() => check(category(free), { path: '0' })).toThrow(
      new RequestError('check: a path replays one law, given 4: name it whole by only, subject/set/law'),
    )
  })

  it('never reports on nothing: refuses no runs, and paths that lead nowhere', () => {
    const at = { only: 'dot test at generators' }
    const exhaustive = derivativeOracle(real)
    const count = generators(real).all().length
    const last = check(exhaustive, { ...at, path: String(count - 1) })
    expect(E.isRight(last) && last.right.results.map((r) => r.runs)).toEqual([1])
    const name = 'law: "dot test at generators" has no value at path'
    expect(() => check(exhaustive, { ...at, path: String(count) })).toThrow(
      new RequestError(`${name} "${count}": there are ${count}`),
    )
    for (const path of ['x', '-1', '1.5', '', 'NaN', '1:'])
      for (const set of [exhaustive, category(free)])
        expect(() => check(set, { only: set === exhaustive ? at.only : 'associativity', path })).toThrow(
          /^law: ".*" has no value at path ".*": needs naturals with colons between them$/,
        )
    expect(() => check(additive, { path: '0:9999999' })).toThrow(/has no value at path "0:9999999": no shrinking/)
    for (const runs of [0, -1, 0.5, NaN, Infinity]) {
      expect(() => check(category(free), { runs })).toThrow(
        new RequestError(`check: runs is ${runs}, needs an integer ≥ 1`),
      )
      for (const { law } of stated([exhaustive, category(free)]))
        expect(() => law.run({ seed: 1, runs })).toThrow(RequestError)
    }
    const empty = law({
      name: 'empty',
      equation: '0 = 1',
      source: 'false',
      forall: { text: 'x in ∅', show: () => ({}), all: () => [] },
      holds: () => sameText('0', '1'),
    })
    const open = law({
      name: 'open',
      equation: '0 = 1',
      source: 'false',
      forall: { text: 'x in {0}', show: () => ({}), all: () => [0] },
      holds: () => ({ ...sameText('0', '0'), by: 'undecided' }),
    })
    expect(open.run({ seed: 1, runs: 1 })).toMatchObject({ ok: false, difference: 'none of the 1 runs was decided' })
    expect(() => empty.run({ seed: 1, runs: 1 })).toThrow(new RequestError('law: "empty" has no values to be tried at'))
  })

  it('refuses two sets of one name, two laws of one name, and what is no set', () => {
    const twin = { ...additive, laws: [] }
    expect(() => check([additive, twin])).toThrow('check: two sets are called terms by value, float64/false')
    expect(() => check({ ...additive, laws: [...additive.laws, ...additive.laws] })).toThrow(
      'law: terms by value, float64/false has two laws called "every morphism is additive"',
    )
    for (const none of [undefined, 3, {}, [{}], { ...additive, laws: [{ name: 'l' }] }])
      expect(() => check(none as unknown as LawSet)).toThrow('check: what is given is no law set')
    expect(() => check([])).toThrow('check: there are no laws')
    expect(() => check(additive, { seed: 1.5 })).toThrow('check: the seed is 1.5, needs an integer')
  })

  it("says what a law of one's own has to answer", () => {
    const forall = { text: 'x in {0}', show: () => ({}), all: () => [0] }
    const about = { name: 'mine', equation: 'x = x', source: 'mine', forall }
    const wrong = law({ ...about, holds: () => true as unknown as ReturnType<typeof sameText> })
    expect(wrong.run({ seed: 1, runs: 1 })).toMatchObject({
      ok: false,
      difference: 'holds answers true, needs sides: sameText(lhs, rhs) or sameValues(lhs, rhs)',
    })
  })

  it('gives the same result for the same seed', () => {
    const run = (): unknown => failures(additive, { seed: 9 }).map((r) => ({ ...r, ms: 0 }))
    expect(run()).toEqual(run())
  })

  it('describes one test a law, which throws the report', () => {
    const named: string[] = []
    const errors: string[] = []
    const runner = {
      describe: (_: string, body: () => void) => body(),
      it: (name: string, body: () => void) => {
        named.push(name)
        try {
          body()
        } catch (error) {
          errors.push(String(error))
        }
      },
    }
    describeLaws(runner, [category(free), additive], { runs: 30 })
    expect(named).toHaveLength(5)
    expect(named[0]).toBe('left identity: 1_A ; f = f')
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain('✗ terms by value, float64/false/every morphism is additive')
  })
})
