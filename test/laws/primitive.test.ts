import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check, lawsOf, type LawSet } from '../../laws/index.js'
import { primitiveLaws } from '../../laws/catalogue/primitive.js'
import { primitiveCases } from '../../laws/catalogue/primitive-cases.js'
import { caseAt } from '../../laws/part/primitive-case.js'
import { primitive } from '../../laws/part/primitive.js'
import { float64 } from '../../src/object/index.js'
import { primitives, tanh } from '../../src/primitive/index.js'

const sets = new Map(primitiveLaws().map((set) => [set.subject, set]))
const names = (name: string): string[] => lawsOf(sets.get(name) as LawSet).map((s) => s.law.name)
const without = (law: string): string[] => [...sets.keys()].filter((name) => !names(name).includes(law))

describe('the laws of primitives', () => {
  it('are stated of each, at cases of its own', () => {
    expect([...sets.keys()]).toEqual(Object.keys(primitives))
    expect(Object.keys(primitiveCases).sort()).toEqual(Object.keys(primitives).sort())
  })

  it('leave out what an operation has not: operands, a rig of integers, a flag', () => {
    expect(without('dot test')).toEqual(['constant', 'iota'])
    expect(without('batch')).toEqual(['constant', 'iota'])
    expect(without('change of rig')).toEqual([
      ...['reciprocal', 'exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sigmoid', 'erf'],
      ...['logSumExp', 'iota', 'randomBits'],
    ])
    const commutative = [...sets.keys()].filter((name) => names(name).includes('commutative'))
    expect(commutative).toEqual(['add', 'multiply', 'equal'])
    expect([...sets.keys()].filter((name) => names(name).includes('no derivative'))).toEqual(['cast'])
  })
})

describe('laws.primitive', () => {
  it('takes an operation at cases, at least one', () => {
    expect(E.isRight(check(primitive('tanh', tanh.operation, [caseAt([float64(2)])])))).toBe(true)
    expect(() => primitive('tanh', tanh.operation, [])).toThrow(
      new TypeError('laws.primitive: tanh has no cases, needs at least one'),
    )
  })
})
