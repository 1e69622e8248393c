import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import {
  category,
  check,
  context,
  describeLaws,
  equation,
  firstPart,
  forwardDerivative,
  generators,
  law,
  lawReport,
  lawsOf,
  lawSets,
  leftAdditive,
  reverseDerivative,
  sameText,
  sameValues,
  showResult,
  stated,
  tellsNothing,
  termsByNormalForm,
  termsByValue,
  wellBehaved,
  type Failed,
  type LawSet,
  type Rounded,
} from '../../laws/index.js'
import { command, parse } from '../../laws/command.js'
import { lensOptic } from '../../src/optic/index.js'
import { primitives } from '../../src/primitive/index.js'
import type { Entries } from '../../src/structure/index.js'
import { compose, copy, occurrences, swap, tensor } from '../../src/term/index.js'
import { reference } from './interpreter.js'

const folder = new URL('../../laws/', import.meta.url)
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

const additive: LawSet = {
  name: 'false',
  subject: real.name,
  parents: [],
  laws: [
    equation(real, {
      name: 'every morphism is additive',
      equation: '(f + g) ; h = f ; h + g ; h',
      source: 'false',
      forall: { f: 'A → B', g: 'A → B', h: 'B → C' },
      holds: ({ f, g, h }) => {
        const c = real.category
        return [c.compose(c.add(f, g), h), c.add(c.compose(f, h), c.compose(g, h))]
      },
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
    expect(text).toMatch(/difference {2}tensor 0 float64\[.*\], entry \d+: \S+ ≠ \S+ ± /)
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
      `npm run laws -- --only 'terms by value, float64/false/every morphism is additive' --seed 5 --path ${failure?.path}`,
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
      new RangeError('check: no law is called RD.9; there are 4 laws'),
    )
    expect(() => check(category(free), { path: '0' })).toThrow(
      new RangeError('check: a path replays one law, given 4: name it by only'),
    )
  })

  it('never reports on nothing: refuses no runs, and paths that lead nowhere', () => {
    const at = { only: 'dot test at generators' }
    const exhaustive = forwardDerivative(real)
    const count = generators(real).all().length
    const last = check(exhaustive, { ...at, path: String(count - 1) })
    expect(E.isRight(last) && last.right.results.map((r) => r.runs)).toEqual([1])
    const name = 'law: "dot test at generators" has no value at path'
    expect(() => check(exhaustive, { ...at, path: String(count) })).toThrow(
      new RangeError(`${name} "${count}": there are ${count}`),
    )
    for (const path of ['x', '-1', '1.5', '', 'NaN', '1:'])
      for (const set of [exhaustive, category(free)])
        expect(() => check(set, { only: set === exhaustive ? at.only : 'associativity', path })).toThrow(
          /^law: ".*" has no value at path ".*": needs naturals with colons between them$/,
        )
    expect(() => check(additive, { path: '0:9999999' })).toThrow(/has no value at path "0:9999999": no shrinking/)
    for (const runs of [0, -1, 0.5, NaN, Infinity]) {
      expect(() => check(category(free), { runs })).toThrow(
        new RangeError(`check: runs is ${runs}, needs an integer ≥ 1`),
      )
      for (const { law } of stated([exhaustive, category(free)]))
        expect(() => law.run({ seed: 1, runs })).toThrow(RangeError)
    }
    const empty = law({
      name: 'empty',
      equation: '0 = 1',
      source: 'false',
      forall: { text: 'x in ∅', show: () => ({}), all: () => [] },
      holds: () => sameText('0', '1'),
    })
    expect(() => empty.run({ seed: 1, runs: 1 })).toThrow(new RangeError('law: "empty" has no values to be tried at'))
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

describe('equality of values', () => {
  const entry = (value: number, error: number): readonly Entries<Rounded>[] => [
    { dtype: 'float64', shape: [], data: [{ value, error }] },
  ]
  const equal = (a: number, b: number, error: number): boolean => sameValues(entry(a, error), entry(b, 0)).equal

  it('accepts what rounding explains, and nothing under a bound that tells nothing', () => {
    expect(equal(1, 1 + 1e-12, 1e-12)).toBe(true)
    expect(equal(1, 1 + 1e-11, 1e-12)).toBe(false)
    expect(equal(1e-17, 0, 1e-16)).toBe(true)
    expect(equal(1e9, 1e9 + 1, 1)).toBe(true)
    for (const error of [Infinity, NaN, 1]) {
      expect(equal(2, 2, error)).toBe(true)
      expect(equal(1, 2, error)).toBe(false)
    }
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
            widest = Math.max(widest, (8 * x.error) / Math.max(1, Math.abs(Number(x.value))))
            if (tellsNothing(x, x)) useless.push(real.show(f))
          }
    console.log(
      `${entries} entries, ${inexact} with an error, ${useless.length} with a bound that tells nothing; the widest is ${widest.toExponential(1)}`,
    )
    expect(useless).toEqual([])
    expect(inexact).toBeGreaterThan(500)
  })
})

describe('the command', () => {
  const run = (args: readonly string[], sets = [category(free)]): readonly [number, string] => {
    const lines: string[] = []
    return [command(args, sets, (line) => lines.push(line)), lines.join('\n')]
  }

  it('prints the catalogue and answers 0 where all hold', () => {
    const [code, text] = run(['--runs', '7', '--seed', '3'])
    expect(code).toBe(0)
    expect(text).toMatch(
      /✓ terms by normal form, float64\/category\/associativity {2}\(f ; g\) ; h = f ; \(g ; h\) {2}\(7 runs, \d+ ms\)/,
    )
    expect(text).toMatch(/4 laws, 0 failed, 28 runs, \d+\.\d s, seed 3$/)
  })

  it('answers 1 where a law fails, as JSON too', () => {
    expect(run([], [additive])[0]).toBe(1)
    const [code, text] = run(['--json'], [additive])
    expect(code).toBe(1)
    expect(E.isRight(lawReport.decode(JSON.parse(text)))).toBe(true)
  })

  it('answers 2 for a wrong argument and says which', () => {
    expect(run(['--runs', '0'])).toEqual([2, expect.stringContaining('laws: --runs needs an integer ≥ 1, given "0"')])
    expect(run(['--seed', 'x'])).toEqual([2, expect.stringContaining('laws: --seed needs an integer, given "x"')])
    expect(run(['--speed'])).toEqual([2, expect.stringContaining('laws: unknown argument "--speed"')])
    expect(run(['--only'])).toEqual([2, expect.stringContaining('laws: --only needs a value')])
    expect(run(['--only', 'RD.9'])).toEqual([2, expect.stringContaining('no law is called RD.9')])
    expect(parse(['--only', 'a', '--path', '1:2'])).toEqual(E.right({ json: false, only: 'a', path: '1:2' }))
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
    const texts = readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }))
    const unused = (all: typeof texts): string[] => {
      const sets = all.flatMap(({ file, text }) =>
        [...text.matchAll(/^export function (\w+)[^{]*\): LawSet \{/gm)].map(([, name = '']) => ({ file, name, text })),
      )
      const reached = new Set<string>()
      const visit = (text: string): void => {
        for (const { name, text: next } of sets)
          if (!reached.has(name) && new RegExp(`(?<!function )\\b${name}\\(`).test(text)) {
            reached.add(name)
            visit(next)
          }
      }
      visit(all.find(({ file }) => file === 'law-sets.ts')?.text ?? '')
      expect(sets.length).toBeGreaterThan(10)
      return sets.filter(({ name }) => !reached.has(name)).map(({ file, name }) => `${file}: ${name}`)
    }
    expect(unused(texts)).toEqual([])
    const added = { file: 'ring.ts', text: 'export function ring(s: Subject): LawSet {' }
    expect(unused([...texts, added])).toEqual(['ring.ts: ring'])
  })

  it('are laws of distinct names', () => {
    const ids = stated(lawSets(reference)).map((s) => s.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
