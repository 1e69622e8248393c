import { threefry } from '../primitive/threefry.js'
import type { Key } from './key.js'

/**
 * A uniformly drawn permutation of 0 … n − 1, by exchanges (R. Durstenfeld, "Algorithm 235", 1964). Draws below a bound
 * reject the incomplete last interval of 2³², so that every order is equally likely. Throws where n is not a size < 2³¹.
 */
export function permutation(key: Key, n: number): Int32Array {
  if (!Number.isInteger(n) || n < 0 || n >= 2 ** 31)
    throw new RangeError(`permutation: ${n} is not a size: needs an integer ≥ 0 below 2^31`)
  const out = Int32Array.from({ length: n }, (_, i) => i)
  const draw = below(key)
  for (let i = n - 1; i > 0; i--) {
    const j = draw(i + 1)
    const last = out[i] ?? 0
    out[i] = out[j] ?? 0
    out[j] = last
  }
  return out
}

/** Draws from 0 … bound − 1, one word each and one more a rejection, along the key's stream. */
function below(key: Key): (bound: number) => number {
  let counter = 0
  let spare: number | null = null
  const word = (): number => {
    if (spare !== null) {
      const w = spare
      spare = null
      return w
    }
    const [a, b] = threefry(key, [counter++, 0])
    spare = b >>> 0
    return a >>> 0
  }
  return (bound) => {
    const limit = 0x100000000 - (0x100000000 % bound)
    let w = word()
    while (w >= limit) w = word()
    return w % bound
  }
}
