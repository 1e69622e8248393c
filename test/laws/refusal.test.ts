import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check } from '../../laws/index.js'
import { evaluatorOf, interpreter, type Evaluator } from '../../laws/part/interpreter.js'
import { reference } from '../../src/backend/reference/index.js'
import { flatten, type Term } from '../../src/term/index.js'

const whole = evaluatorOf(reference())
const draws = (f: Term): boolean => flatten(f).boxes.some(({ term }) => term.operation.name === 'randomBits')

/** The reference without random bits. */
const partial: Evaluator = {
  ...whole,
  run(f, point) {
    if (draws(f)) throw new TypeError('partial: no random bits')
    return whole.run(f, point)
  },
}
const options = { runs: 20, only: 'int32/interpreter/agreement' }
const laws = (evaluator: Evaluator) => interpreter(evaluator, { dtypes: ['int32'] })

describe('an evaluator that does not run every primitive', () => {
  it('breaks the laws where it says nothing', () => {
    expect(E.isLeft(check(laws(partial), options))).toBe(true)
  })

  it('is asked for nothing that it refuses, nor for what would need that in a derivative', () => {
    const asked: Term[] = []
    const run: Evaluator['run'] = (f, point) => {
      asked.push(f)
      return partial.run(f, point)
    }
    expect(E.isRight(check(laws({ ...partial, run, refuses: draws }), options))).toBe(true)
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.some(draws)).toBe(false)
  })

  it('is asked for all of the rest', () => {
    const asked = new Set<string>()
    const run: Evaluator['run'] = (f, point) => {
      for (const { term } of flatten(f).boxes) asked.add(term.operation.name)
      return partial.run(f, point)
    }
    check(laws({ ...partial, run, refuses: draws }), options)
    for (const name of ['gather', 'scatterAdd', 'contract', 'select', 'pad']) expect(asked).toContain(name)
  })
})
