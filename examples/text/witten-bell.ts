/**
 * What counting comes to: n-grams interpolated as by I. Witten and T. Bell, "The zero-frequency problem" (1991). After a
 * history h that was followed n(h) times, by t(h) different characters, `P(c | h) = (n(hc) + t(h) P(c | h′)) / (n(h) + t(h))`,
 * where h′ is h without its first character; before the empty history stands the uniform distribution.
 */
interface Followers {
  readonly counts: Map<number, number>
  total: number
}

/** The bits that a model of n-grams, counted in one text, takes for a character of another, from the `skip`-th on. */
export function wittenBellBits(
  training: Int32Array,
  heldOut: Int32Array,
  { order, characters, skip }: { readonly order: number; readonly characters: number; readonly skip: number },
): number {
  const histories = new Map<string, Followers>()
  const keyAt = (codes: Int32Array, at: number, length: number): string => codes.subarray(at - length, at).join()
  for (const [at, c] of training.entries())
    for (let length = 0; length < order && length <= at; length++) {
      const key = keyAt(training, at, length)
      const found = histories.get(key) ?? { counts: new Map<number, number>(), total: 0 }
      histories.set(key, found)
      found.counts.set(c, (found.counts.get(c) ?? 0) + 1)
      found.total += 1
    }
  let bits = 0
  for (let at = skip; at < heldOut.length; at++) {
    let probability = 1 / characters
    for (let length = 0; length < order && length <= at; length++) {
      const found = histories.get(keyAt(heldOut, at, length))
      if (found === undefined) break
      const kinds = found.counts.size
      const count = found.counts.get(heldOut[at] ?? -1) ?? 0
      probability = (count + kinds * probability) / (found.total + kinds)
    }
    bits -= Math.log2(probability)
  }
  return bits / (heldOut.length - skip)
}
