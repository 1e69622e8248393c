import { objectOf, bit, type Bit, type Int } from '../object/index.js'
import { lift, type Multiply, type Para } from '../optic/index.js'
import { argmax, cast, less, multiply, reshape, sum } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import { checkCells } from './lookups.js'

/** How many of the bits along an axis are 1: bit[s…] → int32. A change of rig that is no homomorphism, so it has no derivative. */
export function count(bits: Wire, axis: number): Wire {
  return sum(cast(bits, 'int32'), [axis])
}

/**
 * What more than half of n members say, bit by bit: bit[n, m] → bit[m], 0 at a tie. The head of an ensemble over bits. It
 * has no derivative. Throws where a number is not an integer ≥ 1.
 */
export function majorityVote<const N extends number, const M extends number>(
  members: N,
  width: M,
): Para<object, [Bit<[N, M]>], [Bit<[M]>]> {
  checkCells('majorityVote', { members, bits: width }, 1)
  const term = diagram(objectOf([bit(members, width)]), ([x]) => {
    const ones = count(x as Wire, 0)
    return [less(members, multiply(2, ones))]
  })
  return lift([bit(members, width)], [bit(width)], box('majorityVote', term))
}

/**
 * The number of 1s in each of n groups of g bits, bit[n g] → int32[n]: what `groupSum` is over the integers, of a body over
 * bits. It has no derivative. Throws where a number is not an integer ≥ 1.
 */
export function groupCount<const N extends number, const G extends number>(
  groups: N,
  each: G,
): Para<object, [Bit<[Multiply<N, G>]>], [Int<[N]>]> {
  checkCells('groupCount', { groups, 'bits of each': each }, 1)
  const entries = (groups * each) as Multiply<N, G>
  const term = diagram(objectOf([bit(entries)]), ([x]) => [count(reshape(x as Wire, [groups, each]), 1)])
  return lift([bit(entries)], [{ dtype: 'int32', shape: [groups] }], box('groupCount', term))
}

/**
 * The class that most members of an ensemble vote for, the first at a tie: bit[n, m] → int32[], of n members with a bit
 * for each of m classes. It has no derivative. Throws where a number is not an integer ≥ 1.
 */
export function pluralityVote<const N extends number, const M extends number>(
  members: N,
  classes: M,
): Para<object, [Bit<[N, M]>], [Int<[]>]> {
  checkCells('pluralityVote', { members, classes }, 1)
  const term = diagram(objectOf([bit(members, classes)]), ([x]) => [argmax(count(x as Wire, 0), 0)])
  return lift([bit(members, classes)], [{ dtype: 'int32', shape: [] }], box('pluralityVote', term))
}
