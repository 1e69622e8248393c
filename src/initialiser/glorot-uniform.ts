import { fans } from './fan.js'
import type { Key } from './key.js'
import { scaledUniform } from './scaled.js'

/**
 * U[−l, l) with l = √(6 / (in + out)), of variance 2 / (in + out) (X. Glorot, Y. Bengio, "Understanding the Difficulty of
 * Training Deep Feedforward Neural Networks", 2010). Throws on a shape without fans.
 */
export function glorotUniform(key: Key, shape: readonly number[]): Float64Array {
  const fan = fans('glorotUniform', shape)
  return scaledUniform(key, shape, Math.sqrt(6 / (fan.in + fan.out)))
}
