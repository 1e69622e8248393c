/**
 * Bits of samples, packed: plane p is the values of one wire, and bit s mod 32 of its word ⌊s/32⌋ is its value at sample s. A
 * plane has ⌈samples/32⌉ words; bits above the last sample are 0 in what is given out and ignored in what is taken.
 */
export interface Lanes {
  readonly samples: number
  readonly planes: number
  readonly words: Uint32Array
}

/** How many words a plane of so many samples has. */
export const wordsOf = (samples: number): number => Math.ceil(samples / 32)

/** Lanes of zeros, or over words that are there. Throws a RangeError where their number is another. */
export function lanesOf(planes: number, samples: number, words?: Uint32Array): Lanes {
  const needed = planes * wordsOf(samples)
  if (words !== undefined && words.length !== needed)
    throw new RangeError(`lanesOf: ${planes} planes of ${samples} samples have ${needed} words, given ${words.length}`)
  return { samples, planes, words: words ?? new Uint32Array(needed) }
}

/** Lanes of rows of bits, [samples, planes]: every entry but 0 is a one. Throws a RangeError where the rows are not whole. */
export function packLanes(rows: ArrayLike<number>, planes: number): Lanes {
  const samples = planes === 0 ? 0 : rows.length / planes
  if (!Number.isInteger(samples) || (planes === 0 && rows.length > 0))
    throw new RangeError(`packLanes: ${rows.length} bits are not rows of ${planes}`)
  const lanes = lanesOf(planes, samples)
  const width = wordsOf(samples)
  for (let s = 0, i = 0; s < samples; s++)
    for (let p = 0; p < planes; p++, i++)
      if (rows[i] !== 0) {
        const at = p * width + (s >>> 5)
        lanes.words[at] = (lanes.words[at] ?? 0) | (1 << (s & 31))
      }
  return lanes
}

/** The rows of bits, [samples, planes], that lanes are packed from. */
export function unpackLanes({ samples, planes, words }: Lanes): Uint8Array {
  const rows = new Uint8Array(samples * planes)
  const width = wordsOf(samples)
  for (let s = 0, i = 0; s < samples; s++)
    for (let p = 0; p < planes; p++, i++) rows[i] = ((words[p * width + (s >>> 5)] ?? 0) >>> (s & 31)) & 1
  return rows
}

/** The bits of the last word of a plane that belong to samples. */
export const lastMask = (samples: number): number => (samples % 32 === 0 ? -1 : (1 << (samples % 32)) - 1)
