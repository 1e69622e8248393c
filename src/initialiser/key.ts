/**
 * A splittable seed: a point of randomness that can be used once, or split by names into independent ones. K. Claessen,
 * M. Pałka, "Splittable Pseudorandom Number Generators using Cryptographic Hashing" (2013). Two int32 words, the key of
 * Threefry-2x32. What is drawn from a key depends on that key alone, so a key is either drawn from once, or split.
 */
export type Key = readonly [number, number]

/** The key of a seed, an integer |seed| < 2⁵³; distinct seeds ≥ 0 have distinct keys. Throws on any other number. */
export function keyOf(seed: number): Key {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`keyOf: ${seed} is not a seed: needs an integer between -(2^53 - 1) and 2^53 - 1`)
  return [seed | 0, Math.floor(seed / 0x100000000) | 0]
}
