import { checkShape, size } from '../object/index.js'
import type { Initialiser } from './initialiser.js'
import { uniform } from './uniform.js'

/** Fair bits, 0 or 1, as for the truth tables of a circuit. */
export const coins: Initialiser = (key, shape) => {
  checkShape('coins', shape)
  return uniform(key, size(shape)).map((u) => (u < 0.5 ? 0 : 1))
}
