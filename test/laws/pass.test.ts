import { describe, expect, it } from 'vitest'
import { discover } from '../../laws/index.js'
import { ruleClaims } from '../../laws/catalogue/pass.js'
import { witnesses } from '../../laws/catalogue/rule-witness.js'
import { pass } from '../../laws/part/pass.js'
import { costOf, rewrite, rules, type Cost } from '../../src/compile/index.js'
import { float64, integer, objectOf } from '../../src/object/index.js'
import { multiply, negate, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, type Term } from '../../src/term/index.js'

describe('the rules of the compiler', () => {
  it('each have programs that they change, and no entry is of none', () => {
    const names = rules.map((r) => r.name)
    expect(Object.keys(witnesses).sort()).toEqual([...names].sort())
    expect(Object.keys(ruleClaims).filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('the rules that claim less', () => {
  const costs = (name: string, f: Term): readonly Cost[] => {
    const only = rules.filter((r) => r.name === name)
    return [costOf(f), costOf(rewrite(flatten(f), only))]
  }
  it('add a constant where c · x is read elsewhere', () => {
    const shared = diagram(objectOf([float64(2)]), ([x]) => {
      const scaled = multiply(3, x as Wire)
      return [negate(scaled), scaled]
    })
    expect(costs('−(c · x)', shared)).toEqual([
      { primitives: 3, flops: 4 },
      { primitives: 4, flops: 4 },
    ])
  })
  it('sum twice where the inner sum is read elsewhere', () => {
    const shared = diagram(objectOf([integer(2, 3)]), ([x]) => {
      const rows = sum(x as Wire, [0])
      return [sum(rows, [0]), rows]
    })
    expect(costs('sum of sum', shared)).toEqual([
      { primitives: 2, flops: 9 },
      { primitives: 2, flops: 12 },
    ])
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
      ['shorter', true],
    ])
  })

  it('refuses claims that are none', () => {
    expect(() => pass('id', (f) => f, { claims: ['fast' as 'exact'] })).toThrow(
      'laws.pass: no claim is called "fast"; there are beforeReverse, exact, idempotent, cheaper, shorter',
    )
  })
})
