import { checkShape, size } from '../object/index.js'
import type { Initialiser } from './initialiser.js'

/** Every entry `value`; the key is not used. Throws where it is not a finite number. */
export function constant(value: number): Initialiser {
  if (!Number.isFinite(value)) throw new RangeError(`constant: ${value} is not a finite number`)
  return (_, shape) => {
    checkShape('constant', shape)
    return new Float64Array(size(shape)).fill(value)
  }
}
