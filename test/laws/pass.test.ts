import { describe, expect, it } from 'vitest'
import { describeLaws, discover } from '../../laws/index.js'
import { passLaws, ruleClaims } from '../../laws/catalogue/pass.js'
import { witnesses } from '../../laws/catalogue/rule-witness.js'
import { pass } from '../../laws/part/pass.js'
import { rewrite, rules } from '../../src/compile/index.js'

describeLaws({ describe, it }, passLaws())

describe('the rules of the compiler', () => {
  it('each have programs that they change, and no entry is of none', () => {
    const names = rules.map((r) => r.name)
    expect(Object.keys(witnesses).sort()).toEqual([...names].sort())
    expect(Object.keys(ruleClaims).filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('laws.pass', () => {
  it('discovers that x ∧ x = x holds after R only', () => {
    const squared = pass(
      'x ∧ x = x',
      (program) =>
        rewrite(program, [
          {
            name: 'x ∧ x = x',
            law: 'idempotence',
            apply: (r) => (r.name === 'multiply' && r.inputs[0] === r.inputs[1] ? r.inputs[0] : undefined),
          },
        ]),
      { dtypes: ['bit'] },
    )
    expect(discover(squared).map((r) => [r.law, r.ok])).toEqual([
      ['beforeReverse', false],
      ['exact', true],
      ['idempotent', true],
      ['cheaper', true],
    ])
  })

  it('refuses claims that are none', () => {
    expect(() => pass('id', (f) => f, { claims: ['fast' as 'exact'] })).toThrow(
      'laws.pass: no claim is called "fast"; there are beforeReverse, exact, idempotent, cheaper',
    )
  })
})
