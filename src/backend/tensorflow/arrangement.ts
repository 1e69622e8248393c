import { size } from '../../object/index.js'
import type { ContractAttributes } from '../../primitive/index.js'

/** Sizes of letters. */
export type Sizes = ReadonlyMap<string, number>

/** One way to do a contraction as a matrix product: the letters of each side in order, and which operand is first. */
export interface Arrangement {
  readonly batch: string
  readonly rows: string
  readonly inner: string
  readonly columns: string
  readonly swapped: boolean
  /** Nanoseconds, as measured on tfjs's wasm. */
  readonly cost: number
}

/** Per entry: a transposition, XNNPACK's packing of its second operand, and a multiplication in a 4 × 8 tile. */
const price = { transpose: 0.6, pack: 2.7, multiply: 0.027 * 2 }

/**
 * The candidates: each group of letters in the order of either operand or of the result, with either operand first.
 * Operands that are known before the program runs are arranged and packed once and cost nothing.
 */
export function arrangements(
  words: ContractAttributes,
  sizes: Sizes,
  leftKnown: boolean,
  rightKnown: boolean,
): Arrangement[] {
  const { left, right, out } = words
  const both = (c: string): boolean => left.includes(c) && right.includes(c)
  const orders = (group: (c: string) => boolean, ...from: string[]): string[] => [
    ...new Set(from.map((word) => [...word].filter(group).join(''))),
  ]
  const candidates: Arrangement[] = []
  for (const swapped of [false, true]) {
    const [a, c] = swapped ? [right, left] : [left, right]
    const [aKnown, cKnown] = swapped ? [rightKnown, leftKnown] : [leftKnown, rightKnown]
    for (const batch of orders((l) => both(l) && out.includes(l), left, right, out))
      for (const rows of orders((l) => !c.includes(l), a, out))
        for (const inner of orders((l) => !out.includes(l), a, c))
          for (const columns of orders((l) => !a.includes(l), c, out)) {
            const of = (letters: string): number => size([...letters].map((l) => sizes.get(l) ?? 1))
            const moved = (from: string, to: string): number =>
              sameOrder(from, to, sizes) ? 0 : price.transpose * of(from)
            const tiles = Math.ceil(of(rows) / 4) * 4 * Math.ceil(of(columns) / 8) * 8 * of(inner) * of(batch)
            const cost =
              (aKnown ? 0 : moved(a, batch + rows + inner)) +
              (cKnown ? 0 : moved(c, batch + inner + columns) + price.pack * of(c)) +
              moved(batch + rows + columns, out) +
              price.multiply * tiles
            candidates.push({ batch, rows, inner, columns, swapped, cost })
          }
  }
  return candidates
}

/** The letters stand in the same order, those of size 1 left out. */
function sameOrder(from: string, to: string, sizes: Sizes): boolean {
  const long = (word: string): string => [...word].filter((l) => sizes.get(l) !== 1).join('')
  return long(from) === long(to)
}
