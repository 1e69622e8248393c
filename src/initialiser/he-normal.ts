import { fans } from './fan.js'
import type { Key } from './key.js'
import { scaledNormal } from './scaled.js'

/**
 * N(0, 2 / in), not truncated (K. He et al., "Delving Deep into Rectifiers", 2015). Throws on a shape without fans.
 */
export function heNormal(key: Key, shape: readonly number[]): Float64Array {
  const fan = fans('heNormal', shape)
  return scaledNormal(key, shape, Math.sqrt(2 / fan.in))
}
