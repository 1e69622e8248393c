import { int, objectOf, product, type Int } from '../object/index.js'
import { add, broadcast, equal, iota, like, logSumExp, negate, select, sum } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import type { Loss } from './loss.js'

/**
 * `log Σ exp z − z_y` for logits z and a class y: int32[] ⊗ [n] → [], the cross-entropy of the class and softmax(z),
 * stable. Labels are 0 … n − 1. Throws where n is not a number of classes.
 */
export function softmaxCrossEntropy<const N extends number>(classes: N): Loss<[[N]], [Int<[]>]> {
  if (!Number.isInteger(classes) || classes < 1)
    throw new TypeError(`softmaxCrossEntropy: ${classes} is not a number of classes: needs an integer ≥ 1`)
  const dom = product(objectOf([int()]), objectOf([[classes]]))
  const term = diagram(dom, (x, algebra) => {
    const [y, z] = x as [Wire, Wire]
    const own = equal(iota(algebra, [classes], 0), broadcast(y, [0], [classes]))
    return [add(logSumExp(z, 0), negate(sum(select(own, z, like(z, 0)), [0])))]
  })
  return {
    name: 'softmaxCrossEntropy',
    output: [[classes]],
    label: [int()],
    term: box('softmaxCrossEntropy', term),
    classes,
  }
}
