import { checkShape, object, showShape, size, type Shape } from '../object/index.js'
import { lift, type Para } from '../optic/index.js'
import * as primitive from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'

/**
 * The same entries, row-major, in another shape: [s…] → [t…]; a line of pixels as a plane, say. Throws
 * `reshaped: [784] has 784 entries, [28, 28, 3] has 2352`.
 */
export function reshaped<const A extends Shape, const B extends Shape>(from: A, to: B): Para<object, [A], [B]> {
  for (const shape of [from, to]) checkShape('reshaped', shape)
  if (size(from) !== size(to))
    throw new TypeError(`reshaped: ${showShape(from)} has ${size(from)} entries, ${showShape(to)} has ${size(to)}`)
  const term = diagram(object([{ dtype: 'float32', shape: from }]), ([x]) => [primitive.reshape(x as Wire, to)])
  return lift<[A], [B]>([from], [to], box('reshaped', term))
}
