import { fans } from './fan.js'
import type { Key } from './key.js'
import { scaledNormal } from './scaled.js'

/**
 * N(0, 2 / (in + out)), not truncated (X. Glorot, Y. Bengio, "Understanding the Difficulty of Training Deep Feedforward
 * Neural Networks", 2010). Throws on a shape without fans.
 */
export function glorotNormal(key: Key, shape: readonly number[]): Float64Array {
  const fan = fans('glorotNormal', shape)
  return scaledNormal(key, shape, Math.sqrt(2 / (fan.in + fan.out)))
}
