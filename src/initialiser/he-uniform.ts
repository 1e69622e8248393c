import { fans } from './fan.js'
import type { Key } from './key.js'
import { scaledUniform } from './scaled.js'

/**
 * U[−l, l) with l = √(6 / in), of variance 2 / in (K. He et al., "Delving Deep into Rectifiers", 2015). Throws on a shape
 * without fans.
 */
export function heUniform(key: Key, shape: readonly number[]): Float64Array {
  const fan = fans('heUniform', shape)
  return scaledUniform(key, shape, Math.sqrt(6 / fan.in))
}
