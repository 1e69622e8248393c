import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { additive } from './additive.js'
import { command, RequestError, setsOf, type Request } from '../../laws/command.js'
import { lawReport, termsByNormalForm, type LawSet } from '../../laws/index.js'
import { category } from '../../laws/laws.js'

const free = termsByNormalForm()

const run = (request: Request, sets: readonly LawSet[] = [category(free)]): readonly [number, string] => {
  const lines: string[] = []
  return [command(request, sets, (line) => lines.push(line)), lines.join('\n')]
}

describe('the command', () => {
  it('prints the catalogue and answers 0 where all hold', () => {
    const [code, text] = run({ runs: 7, seed: 3 })
    expect(code).toBe(0)
    expect(text).toMatch(
      /✓ terms by normal form, float64\/category\/associativity {2}\(f ; g\) ; h = f ; \(g ; h\) {2}\(7 runs, by normal form, \d+ ms\)/,
    )
    expect(text).toMatch(/\n4 laws \(4 names\), 0 failed, 28 runs, \d+\.\d s, seed 3\n/)
    expect(text).toMatch(
      /\ndecided by normal form 4, exactly by values 0, within a bound 0 \(in 0 runs; 0 undecided\)$/,
    )
  })

  it('answers 1 where a law fails, as JSON too', () => {
    expect(run({}, [additive])[0]).toBe(1)
    const [code, text] = run({ json: true }, [additive])
    expect(code).toBe(1)
    expect(E.isRight(lawReport.decode(JSON.parse(text)))).toBe(true)
  })

  it('prints the line of the shell that replays a failure in one run', () => {
    const [, text] = run({ file: './my laws.mjs', seed: 5 }, [additive])
    const [, path = ''] =
      /replay: npx paralens laws '\.\/my laws\.mjs' --only 'terms by value, float64\/false\/every morphism is additive' --seed 5 --path (\S+)$/m.exec(
        text,
      ) ?? []
    expect(path).not.toBe('')
    const [code, again] = run({ only: 'every morphism is additive', seed: 5, path }, [additive])
    expect(code).toBe(1)
    expect(again).toContain('after 1 run, 0 shrinks')
  })

  it('chooses laws by regular expressions, and refuses those that choose none', () => {
    expect(run({ only: 'category/(left|right) identity$', runs: 2 })[1]).toContain('2 laws (2 names), 0 failed')
    expect(() => run({ only: 'RD.9' })).toThrow(new RequestError('check: no law is called RD.9; there are 4 laws'))
    expect(() => run({ only: '(' })).toThrow('check: "(" is neither the name of a law nor a regular expression')
    expect(() => run({ path: '0' })).toThrow('a path replays one law, given 4: name it whole by only')
  })

  it('tells which claims hold, and fails nothing by that', () => {
    const claims = [...category(free).laws, ...additive.laws]
    const [code, text] = run({ discover: true }, [{ ...category(free), subject: 'mine', claims }])
    expect(code).toBe(0)
    expect(text).toContain(
      'mine\n  holds  left identity, right identity, associativity, typing\n  fails  every morphism',
    )
    expect(text).toMatch(/replay: .* --seed 42 --path \S+ --discover$/m)
    expect(() => run({ discover: true })).toThrow('laws: no set has claims to be discovered')
  })

  it('finds the sets that a module exports, alone and in lists, each once', () => {
    const sets = [category(free), additive]
    expect(setsOf({ a: sets, b: additive, c: 3, d: null, e: [null, {}], default: sets[0] })).toEqual(sets)
  })
})
