import { describe, expect, it } from 'vitest'
import { arrayOf, bit, int, integer, tensorOf } from '../../src/object/index.js'

describe('tensorOf', () => {
  it('refuses what is not an element of the rig, naming the entry', () => {
    expect(() => tensorOf(int(2), [1, 2.7])).toThrow('tensor: int32[2] entry 1 is 2.7, needs an integer')
    expect(() => tensorOf(int(1), [Number.NaN])).toThrow('tensor: int32[1] entry 0 is NaN, needs an integer')
    expect(() => tensorOf(int(1), [2 ** 31])).toThrow('tensor: int32[1] entry 0 is 2147483648, needs an integer')
    expect(() => tensorOf(bit(3), [0, 1, 2])).toThrow('tensor: bit[3] entry 2 is 2, needs 0 or 1')
    expect(() => tensorOf(integer(1), [0.5])).toThrow('tensor: integer[1] entry 0 is 0.5, needs an integer')
  })
  it('says the range of an element', () => {
    expect(() => tensorOf(int(1), [-(2 ** 31) - 1])).toThrow('needs an integer in −2³¹ … 2³¹ − 1')
    expect(() => tensorOf(integer(1), [Infinity])).toThrow('tensor: integer[1] entry 0 is Infinity, needs an integer')
    expect(() => tensorOf(bit(2), Int32Array.of(1, -1))).toThrow('tensor: bit[2] entry 1 is -1, needs 0 or 1')
  })
  it('refuses another number of entries', () => {
    expect(() => tensorOf([2, 3], [1])).toThrow('tensor: [2, 3] has 6 entries, given 1')
  })
  it('takes what is', () => {
    expect([...tensorOf(int(2), [-1, 7]).data]).toEqual([-1, 7])
    expect([...tensorOf(int(2), [-(2 ** 31), 2 ** 31 - 1]).data]).toEqual([-(2 ** 31), 2 ** 31 - 1])
    expect([...tensorOf(integer(2), [2 ** 60, -3]).data]).toEqual([2n ** 60n, -3n])
    expect([...tensorOf(bit(2), [0, 1]).data]).toEqual([0, 1])
    expect([...tensorOf([2], [Number.NaN, 0.5]).data]).toEqual([Number.NaN, 0.5])
  })
})

describe('arrayOf', () => {
  it('says where the entry is in the words it is given', () => {
    expect(() => arrayOf('integer', [1, 0.5])).toThrow(
      new RangeError('array: integer entry 1 is 0.5, needs an integer'),
    )
    expect(() => arrayOf('integer', [0.5], 'initialise: hidden.weight')).toThrow(
      new RangeError('initialise: hidden.weight entry 0 is 0.5, needs an integer'),
    )
  })
})
