/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of pairs of 32-bit words, and with it random access to a random
 * stream: word n is a function of (key, n), whatever was drawn before. J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel
 * Random Numbers: As Easy as 1, 2, 3" (2011). Additions modulo 2³², rotations and exclusive ors only, so that every
 * engine gives the same words.
 */

const odd: readonly number[] = [13, 15, 26, 6]
const even: readonly number[] = [17, 29, 16, 24]
const parity = 0x1bd11bda

/** `E(key, counter)`: two int32 words of the counter's block; key and counter are read modulo 2³². */
export function threefry(key: readonly [number, number], counter: readonly [number, number]): [number, number] {
  let k0 = key[0] | 0
  let k1 = key[1] | 0
  let k2 = k0 ^ k1 ^ parity
  let x0 = (counter[0] + k0) | 0
  let x1 = (counter[1] + k1) | 0
  for (let group = 1; group <= 5; group++) {
    for (const r of group % 2 === 1 ? odd : even) {
      x0 = (x0 + x1) | 0
      x1 = ((x1 << r) | (x1 >>> (32 - r))) ^ x0
    }
    const k = k0
    k0 = k1
    k1 = k2
    k2 = k
    x0 = (x0 + k0) | 0
    x1 = (x1 + k1 + group) | 0
  }
  return [x0, x1]
}

/**
 * `E(key, (0, 0)), E(key, (1, 0)), …`: the first n words of the key's stream, two a counter. The first m words of n are
 * the m words. Throws where n is not a size.
 */
export function threefryBits(key: readonly [number, number], n: number): Int32Array {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(`threefryBits: ${n} is not a number of words: needs an integer ≥ 0`)
  const out = new Int32Array(n)
  for (let i = 0; i < n; i += 2) {
    const [a, b] = threefry(key, [i / 2, 0])
    out[i] = a
    if (i + 1 < n) out[i + 1] = b
  }
  return out
}
