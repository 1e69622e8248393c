import { threefryBits } from '../primitive/threefry.js'
import type { Key } from './key.js'

/** n draws from [0, 1), multiples of 2⁻²⁴ and so exact in float32; the first m of n are the m draws. */
export function uniform(key: Key, n: number): Float64Array {
  const words = threefryBits(key, n)
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) out[i] = ((words[i] ?? 0) >>> 8) * 2 ** -24
  return out
}
