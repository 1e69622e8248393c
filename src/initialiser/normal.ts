import { threefryBits } from '../primitive/threefry.js'
import { circle } from './circle.js'
import type { Key } from './key.js'
import { ln } from './logarithm.js'

/**
 * n draws from the standard normal distribution, √(−2 ln u)·(cos 2πv, sin 2πv) for uniform u ∈ (0, 1] and v ∈ [0, 1) of 32
 * bits (G. Box, M. Muller, "A Note on the Generation of Random Normal Deviates", 1958); |z| < 6.67. The same bytes in
 * every engine; the first m of n are the m draws.
 */
export function normal(key: Key, n: number): Float64Array {
  const out = new Float64Array(n)
  const words = threefryBits(key, n + (n % 2))
  for (let i = 0; i < n; i += 2) {
    const r = Math.sqrt(-2 * ln((((words[i] ?? 0) >>> 0) + 1) * 2 ** -32))
    const [c, s] = circle(((words[i + 1] ?? 0) >>> 0) * 2 ** -32)
    out[i] = r * c
    if (i + 1 < n) out[i + 1] = r * s
  }
  return out
}
