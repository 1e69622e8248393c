import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { optimiserLaws, optimiserTable } from '../../laws/catalogue/optimiser.js'
import { check, discover, given, sameValues, type Failed, type LawResult, type LawSet } from '../../laws/index.js'
import { optimiser } from '../../laws/part/optimiser.js'
import { running, trajectory } from '../../laws/part/trajectory.js'
import type { Values } from '../../laws/value/bounds.js'

import type { OptimiserClaim } from '../../laws/part/optimiser-claim.js'
import { float64, objectOf } from '../../src/object/index.js'
import { putOf } from '../../src/optic/index.js'
import {
  adam,
  clipByValue,
  moveOptic,
  optimisers,
  separableRule,
  sgd,
  type AnyMove,
} from '../../src/optimiser/index.js'
import { normalForm } from '../../src/term/index.js'
import { storesCorrected } from './mutant/optimiser.js'

const page = new URL('../../docs/optimiser-claims.md', import.meta.url)
const stored = new URL('witness-optimiser.json', import.meta.url)
const update = process.env['UPDATE_DOCS'] === '1'

const sets = Object.fromEntries(
  optimiserLaws().flatMap((set): [string, LawSet][] => (set.claims === undefined ? [] : [[set.subject, set]])),
)
/** The names of the claims in the catalogue of laws. */
const symbols: { readonly [C in OptimiserClaim]: string } = {
  fixedAtStart: 'Z0',
  fixedAnywhere: 'Z*',
  product: 'C',
  permutation: 'Pm',
  reflection: 'R',
  orthogonal: 'O',
  translation: 'T',
  gradientEquivariant: 'GE',
  gradientInvariant: 'GI',
  gradientInvariantUpToEpsilon: 'GI~',
  rateLinear: 'LR',
  boundedByRate: 'B',
  descent: 'D',
}

const results = new Map<string, readonly LawResult[]>()
/** What the claims of one optimiser come to, each run once. */
function found(name: string): readonly LawResult[] {
  const set = sets[name]
  const all = results.get(name) ?? (set === undefined ? [] : discover(set))
  results.set(name, all)
  return all
}
const failing = (): readonly Failed[] =>
  Object.keys(sets).flatMap((name) => found(name).filter((r): r is Failed => !r.ok))

if (update) {
  writeFileSync(stored, `${JSON.stringify(Object.fromEntries(failing().map((r) => [r.id, r.path])), null, 2)}\n`)
  writeFileSync(page, text())
}
const witnesses = JSON.parse(readFileSync(stored, 'utf8')) as { readonly [id: string]: string | undefined }

it('the table has every optimiser of the zoo, and no other', () => {
  expect(Object.keys(optimiserTable).sort()).toEqual(Object.keys(optimisers).sort())
})

it.each(Object.entries(optimisers))('%s of the table is that of the zoo, at one of its rates', (name, move) => {
  const put = (m: unknown): string => normalForm(putOf(moveOptic(m as AnyMove, objectOf([[2], []]))))
  const rule = optimiserTable[name]?.rule
  const made = typeof rule === 'function' ? [1 / 8, 1e-3].map(rule) : [rule]
  expect(made.map(put)).toContain(put(move))
})

it('every counterexample that is stored is of a claim that is not made', () => {
  const claimed = (id: string): boolean => {
    const [name = '', claim = ''] = id.split('/optimiser/')
    return optimiserTable[name]?.claims.some((c) => c === claim) ?? true
  }
  expect(Object.keys(witnesses).filter(claimed)).toEqual([])
})

describe.each(Object.entries(sets))('%s', { timeout: 30_000 }, (name, set) => {
  it('claims exactly what holds', () => {
    const held = found(name).flatMap((r) => (r.ok ? [r.law] : []))
    expect([...(optimiserTable[name]?.claims ?? [])].sort()).toEqual(held.sort())
  })
  it('fails what it does not claim at the stored witness, in one run', () => {
    const claims = set.claims ?? []
    const not = claims.map((l) => l.name).filter((c) => !optimiserTable[name]?.claims.some((held) => held === c))
    for (const claim of not) {
      const id = `${name}/optimiser/${claim}`
      const witness = witnesses[id]
      expect(witness, id).toBeDefined()
      const report = check({ ...set, laws: claims }, { only: id, seed: 42, path: witness ?? '' })
      expect(E.isLeft(report) && report.left.results.map((r) => [r.ok, r.runs])).toEqual([[false, 1]])
    }
  })
})

it('docs/optimiser-claims.md is current; npm run docs:update writes it', { timeout: 60_000 }, () => {
  expect(readFileSync(page, 'utf8')).toBe(text())
})

it('refuses claims that are none, and those about a rate that is not there', () => {
  const wrong = ['quick'] as unknown as ['product']
  expect(() => optimiser('sgd', sgd({ rate: 1 }), { claims: wrong })).toThrow(
    /^laws\.optimiser: no claim is called "quick"; there are fixedAtStart, .*, gradientInvariantUpToEpsilon$/,
  )
  expect(() => optimiser('sgd', sgd({ rate: 1 }), { claims: ['rateLinear'] })).toThrow(
    'no claim is called "rateLinear"',
  )
})

it('refuses what is no rule, and rates at which nothing moves', () => {
  // @ts-expect-error a transform passes on a gradient
  expect(() => optimiser('clip', clipByValue(1))).toThrow(
    'laws.optimiser: "clip" passes on a gradient, needs a rule, which passes on a point',
  )
  // @ts-expect-error it has no put
  expect(() => optimiser('mine', { ...sgd({ rate: 1 }), put: undefined })).toThrow(
    'laws.optimiser: "mine" has no put, needs the init, get and put of a rule',
  )
  for (const rate of [0, -1, NaN, Infinity])
    expect(() => optimiser('sgd', (r) => sgd({ rate: r }), { rate })).toThrow(
      `laws.optimiser: the rate ${rate} of "sgd" is not a number > 0`,
    )
})

it('an Adam that stores corrected moments looks right at the first step', () => {
  const [wrong, right] = [separableRule(storesCorrected), adam({ rate: 1 / 8 })].map((m) => {
    const point = (...data: number[]): Values => [{ dtype: 'float64', shape: [2], data: data.map(given) }]
    const [r, g] = [running(m as AnyMove, objectOf([float64(2)])), point(3, 1 / 4)]
    return trajectory(r, point(1, -2), [g, g])
  })
  expect(sameValues(wrong?.[1] ?? [], right?.[1] ?? []).equal).toBe(true)
  expect(sameValues(wrong?.[2] ?? [], right?.[2] ?? []).equal).toBe(false)
})

function text(): string {
  const names = Object.keys(symbols) as OptimiserClaim[]
  const equations = new Map(Object.values(sets).flatMap((s) => (s.claims ?? []).map((l) => [l.name, l.equation])))
  const mark = (r: LawResult | undefined): string => (r === undefined ? '' : r.ok ? '✓' : '·')
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    '# What the optimisers claim',
    '',
    'Written by `npm run docs:update` (`test/laws/optimiser.test.ts`) from the laws of the zoo, seed 42, 100 runs a claim: ✓ held on',
    'every run, · has the shrunk counterexample below, which the test replays in one run; nothing where the rule has no rate.',
    '',
    row(['', 'claim', 'equation']),
    row(['---', '---', '---']),
    ...names.map((name) => row([symbols[name], `\`${name}\``, (equations.get(name) ?? '').replaceAll('|', '\\|')])),
    '',
    row(['optimiser', ...names.map((name) => symbols[name])]),
    row(['---', ...names.map(() => ':-:')]),
    ...Object.keys(sets).map((name) =>
      row([name, ...names.map((claim) => mark(found(name).find((r) => r.law === claim)))]),
    ),
    '',
    '## Counterexamples',
    '',
    ...failing().map((r) => {
      const where = Object.entries(r.where).map(([k, v]) => `${k} = ${v}`)
      return `- **${r.subject}, ${r.law}**: ${where.join('; ')}. ${r.difference}.`
    }),
    '',
  ].join('\n')
}
