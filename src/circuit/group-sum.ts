import { objectOf } from '../object/index.js'
import { lift, type Multiply, type Para } from '../optic/index.js'
import { reshape, sum } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import { checkCells } from './lookups.js'

/**
 * The sums of n groups of g entries that stand next to one another, [n g] → [n]: the head of a circuit that answers with
 * several votes for each class. Over the integers and the reals it counts; over bits it is a parity, so a body over bits is
 * followed by `groupCount`. Throws where a number is not an integer ≥ 1.
 */
export function groupSum<const N extends number, const G extends number>(
  groups: N,
  each: G,
): Para<object, [[Multiply<N, G>]], [[N]]> {
  checkCells('groupSum', { groups, 'entries of each': each }, 1)
  const entries = (groups * each) as Multiply<N, G>
  const term = diagram(objectOf([[entries]]), ([x]) => [sum(reshape(x as Wire, [groups, each]), [1])])
  return lift([[entries]], [[groups]], box('groupSum', term))
}
