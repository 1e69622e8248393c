import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { optimiserLaws, optimiserTable } from '../../laws/catalogue/optimiser.js'
import { check, discover, type Failed, type LawResult, type LawSet } from '../../laws/index.js'
import { optimiser } from '../../laws/part/optimiser.js'
import { optimisers, sgd } from '../../src/optimiser/index.js'

const page = new URL('../../docs/optimiser-claims.md', import.meta.url)
const stored = new URL('witness-optimiser.json', import.meta.url)
const update = process.env['UPDATE_DOCS'] === '1'

const sets = Object.fromEntries(
  optimiserLaws().flatMap((set): [string, LawSet][] => (set.claims === undefined ? [] : [[set.subject, set]])),
)
const found: { readonly [name: string]: readonly LawResult[] } = Object.fromEntries(
  Object.entries(sets).map(([name, set]) => [name, discover(set)]),
)
const failing = Object.values(found).flatMap((all) => all.filter((r): r is Failed => !r.ok))

it('the table has every optimiser of the zoo, and no other', () => {
  expect(Object.keys(optimiserTable).sort()).toEqual(Object.keys(optimisers).sort())
})

describe.each(Object.entries(sets))('%s', (name, set) => {
  it('claims exactly what holds', () => {
    const held = (found[name] ?? []).flatMap((r) => (r.ok ? [r.law] : []))
    expect([...(optimiserTable[name]?.claims ?? [])].sort()).toEqual(held.sort())
  })
  it('fails what it does not claim at the stored witness, in one run', () => {
    if (update) writeFileSync(stored, `${JSON.stringify(witnesses(), null, 2)}\n`)
    const known = JSON.parse(readFileSync(stored, 'utf8')) as ReturnType<typeof witnesses>
    const claims = set.claims ?? []
    const not = claims.map((l) => l.name).filter((c) => !optimiserTable[name]?.claims.some((held) => held === c))
    for (const claim of not) {
      const id = `${name}/optimiser/${claim}`
      const witness = known[id]
      expect(witness, id).toBeDefined()
      const report = check({ ...set, laws: claims }, { only: id, seed: 42, path: witness ?? '' })
      expect(E.isLeft(report) && report.left.results.map((r) => [r.ok, r.runs])).toEqual([[false, 1]])
    }
  })
})

const witnesses = (): { readonly [id: string]: string | undefined } =>
  Object.fromEntries(failing.map((r) => [r.id, r.path]))

it('docs/optimiser-claims.md is current; npm run docs:update writes it', () => {
  if (update) writeFileSync(page, text())
  expect(readFileSync(page, 'utf8')).toBe(text())
})

it('refuses claims that are none, and those about a rate that is not there', () => {
  const wrong = ['quick'] as unknown as ['product']
  expect(() => optimiser('sgd', sgd({ rate: 1 }), { claims: wrong })).toThrow(
    /^laws\.optimiser: no claim is called "quick"; there are fixedAtStart, .*, gradientInvariantUpToEpsilon$/,
  )
  expect(() => optimiser('sgd', sgd({ rate: 1 }), { claims: ['rateLinear'] })).toThrow('no claim is called "rateLinear"')
})

function text(): string {
  const names = Object.values(sets)
    .map((set) => (set.claims ?? []).map((l) => l.name))
    .reduce((longest, all) => (all.length > longest.length ? all : longest), [])
  const equations = new Map(Object.values(sets).flatMap((s) => (s.claims ?? []).map((l) => [l.name, l.equation])))
  const mark = (r: LawResult | undefined): string => (r === undefined ? '' : r.ok ? 'yes' : 'no')
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    '# What the optimisers claim',
    '',
    'Written by `npm run docs:update` from the laws of the zoo, seed 42, 100 runs a claim: *yes* held on every run, *no* has the',
    'counterexample below, nothing where the rule has no rate. `test/laws/optimiser.test.ts` replays each counterexample in one run.',
    '',
    row(['claim', 'equation']),
    row(['---', '---']),
    ...names.map((name) => row([`\`${name}\``, (equations.get(name) ?? '').replaceAll('|', '\\|')])),
    '',
    row(['optimiser', ...names]),
    row(['---', ...names.map(() => '---')]),
    ...Object.entries(found).map(([name, all]) =>
      row([name, ...names.map((claim) => mark(all.find((r) => r.law === claim)))]),
    ),
    '',
    '## Counterexamples',
    '',
    ...failing.map((r) => {
      const where = Object.entries(r.where).map(([k, v]) => `${k} = ${v}`)
      return `- **${r.subject}, ${r.law}**: ${where.join('; ')}. ${r.difference}.`
    }),
    '',
  ].join('\n')
}
