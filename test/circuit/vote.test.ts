import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { ensemble, groupCount, groupSum, lookup, majorityVote, pluralityVote } from '../../src/circuit/index.js'
import { initialise } from '../../src/learn/index.js'
import { numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { over, reverseDerivative } from '../../src/optic/index.js'
import { retype, type Term } from '../../src/term/index.js'

const bits = (data: readonly number[], ...shape: number[]): Tensor => tensorOf({ dtype: 'bit', shape }, data) as Tensor
const values = (term: Term, ...inputs: readonly Tensor[]): number[] => evaluate(term, inputs).flatMap(numbersOf)
const points = (n: number): number[][] =>
  Array.from({ length: 2 ** n }, (_, i) => Array.from({ length: n }, (__, k) => (i >> k) & 1))

describe('counted votes', () => {
  it.each([2, 3, 4])('a majority of %i members is more than half, bit by bit', (members) => {
    const { term } = majorityVote(members, 2)
    for (const votes of points(2 * members)) {
      const ones = [0, 1].map((k) => votes.filter((_, i) => i % 2 === k).reduce((a, b) => a + b))
      expect(values(term, bits(votes, members, 2))).toEqual(ones.map((n) => (2 * n > members ? 1 : 0)))
    }
  })
  it('a plurality is the class with most votes, the first at a tie', () => {
    const { term } = pluralityVote(3, 3)
    for (const votes of points(9)) {
      const ones = [0, 1, 2].map((k) => votes.filter((_, i) => i % 3 === k).reduce((a, b) => a + b))
      expect(values(term, bits(votes, 3, 3))).toEqual([ones.indexOf(Math.max(...ones))])
    }
  })
  it('a group count of bits is the group sum of the integers that they are', () => {
    const sums = retype(groupSum(2, 4).term, 'integer', 'float32')
    for (const x of points(8)) {
      const integers = tensorOf({ dtype: 'integer', shape: [8] }, x) as Tensor
      expect(values(groupCount(2, 4).term, bits(x, 8))).toEqual(values(sums, integers))
    }
  })
  it('have no derivative', () => {
    expect(() => reverseDerivative(groupCount(2, 4).term)).toThrow('reverse: cast from bit to int32 has no derivative')
  })
  it('refuse sizes that are none', () => {
    expect(() => majorityVote(0, 2)).toThrow('majorityVote: 0 is not a number of members: needs an integer ≥ 1')
    expect(() => groupSum(2, 1.5)).toThrow('groupSum: 1.5 is not a number of entries of each: needs an integer ≥ 1')
  })
})

describe('an ensemble', () => {
  it('is its members side by side, each with parameters of its own', () => {
    const [one, three] = [over('bit', lookup(2, 2)), over('bit', ensemble(3, lookup(2, 2)))]
    for (const x of points(2))
      for (let seed = 0; seed < 8; seed++) {
        const table = Array.from({ length: 24 }, (_, i) => (Math.imul(seed + 1, 0x9e3779b1) >>> i) & 1)
        const apart = [0, 1, 2].flatMap((k) => values(one.term, bits(table.slice(8 * k, 8 * k + 8), 4, 2), bits(x, 2)))
        expect(values(three.term, bits(table, 3, 4, 2), bits(x, 2))).toEqual(apart)
      }
  })
  it('draws its members apart', () => {
    const drawn = initialise(ensemble(2, ensembleOfCoins()), 1) as { readonly table: Tensor }
    const data = numbersOf(drawn.table)
    expect(data.slice(0, data.length / 2)).not.toEqual(data.slice(data.length / 2))
  })
})

/** A look-up whose first table is drawn. */
function ensembleOfCoins(): ReturnType<typeof lookup<4, 2>> {
  const f = lookup(4, 2)
  const draw = (key: readonly [number, number], shape: readonly number[]): number[] =>
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (key[0] >>> (i % 32)) & 1)
  return { ...f, parameters: f.parameters.map((p) => ({ ...p, draw })) }
}
