import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { category, equation, lawReport, termsByNormalForm, termsByValue, type LawSet } from '../../laws/index.js'

import { command, parse } from '../../laws/command.js'

import { reference } from '../../laws/index.js'

const free = termsByNormalForm()
const real = termsByValue(reference)

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
