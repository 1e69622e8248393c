import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { lawReport } from '../../laws/index.js'
import { run, type Outcome } from '../../src/cli/main.js'

const folder = mkdtempSync(join(tmpdir(), 'paralens-laws-'))
const write = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
/** A set of two laws that is written out, since a module in a temporary folder imports nothing. */
const set = (fails: boolean): string => `
const about = { equation: 'a = b', source: 'none', forall: 'a, b' }
const held = { ok: true, decided: { structure: 1, value: 0, bound: 0, undecided: 0 } }
const broken = { ok: false, runs: 3, shrinks: 2, path: '1:2', where: { a: '1' }, lhs: '1', rhs: '2', difference: '1 ≠ 2' }
const law = (name, outcome) => ({ ...about, name, run: ({ runs }) => ({ runs, ...outcome }) })
export const mine = {
  name: 'set', subject: 'mine', parents: [], laws: [law('first', held), law('second', ${fails ? 'broken' : 'held'})],
}`
const good = write('good.mjs', set(false))
const bad = write('bad.mjs', set(true))

async function laws(...words: string[]): Promise<Outcome & { readonly printed: string }> {
  const lines: string[] = []
  const outcome = await run(['laws', ...words], (line) => lines.push(line))
  return { ...outcome, printed: lines.join('\n') }
}

describe('paralens laws FILE', () => {
  it('prints each law of the sets that a module exports, and answers 0 where all hold', async () => {
    const { code, printed, error } = await laws(good, '--seed', '7', '--runs', '5')
    expect([code, error]).toEqual([0, ''])
    expect(printed).toMatch(/^✓ mine\/set\/first {2}a = b {2}\(5 runs, by normal form, \d+ ms\)\n✓ mine\/set\/second/)
    expect(printed).toContain('2 laws (2 names), 0 failed, 10 runs')
  })
  it('answers 1 where one fails, with the line that replays it', async () => {
    const { code, printed } = await laws(bad)
    expect(code).toBe(1)
    expect(printed).toContain(`replay: npx paralens laws ${bad} --only mine/set/second --seed 42 --path 1:2`)
    expect((await laws(bad, '--only', 'mine/set/first')).code).toBe(0)
    expect((await laws(bad, '--only', 'f.rst$')).code).toBe(0)
  })
  it('prints one JSON document where asked', async () => {
    const { code, printed } = await laws(bad, '--json')
    expect(code).toBe(1)
    expect(E.isRight(lawReport.decode(JSON.parse(printed)))).toBe(true)
  })
  it.each([
    [['--runs', '0'], '--runs needs an integer ≥ 1, given "0"'],
    [['--runs', ''], '--runs needs an integer ≥ 1, given ""'],
    [['--seed', '1.5'], '--seed needs an integer, given "1.5"'],
    [['--only'], "Option '--only <value>' argument missing"],
    [['--out', 'x'], 'laws takes no --out'],
    [['--speed'], "Unknown option '--speed'"],
  ])('answers 2 to %j', async (words, message) => {
    const { code, error } = await laws(good, ...words)
    expect(code).toBe(2)
    expect(error).toContain(message)
  })
  it('answers 2 where no law is chosen, and where no path leads', async () => {
    const { code, printed, error } = await laws(good, '--only', 'third', '--json')
    expect([code, printed]).toEqual([2, ''])
    expect(error).toBe('paralens: check: no law is called third; there are 2 laws\n')
    expect((await laws(good, '--path', '1')).error).toContain('a path replays one law, given 2: name it whole by only')
  })
  it.each([
    ['none.mjs', 'export const x = 1', /exports no law set: export laws\.optimiser/],
    ['throws.mjs', "throw new Error('not today')", /throws\.mjs cannot be loaded: Error: not today/],
    ['syntax.mjs', 'export const = 1', /syntax\.mjs cannot be loaded: /],
  ])('answers 2 to %s', async (name, text, message) => {
    const { code, error } = await laws(write(name, text))
    expect(code).toBe(2)
    expect(error).toMatch(message)
  })
  it('answers 2 to a file that is not there, and to two files', async () => {
    const { code, error } = await laws(join(folder, 'absent.mjs'))
    expect(code).toBe(2)
    expect(error).toContain('absent.mjs cannot be loaded: ')
    expect((await laws(good, bad)).code).toBe(2)
  })
  it('keeps the options of laws to laws', async () => {
    expect((await run(['show', good, '--seed', '1'])).error).toContain('paralens: show takes no --seed')
  })
})
