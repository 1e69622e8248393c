/**
 * Truth tables of k operands, 2ᵏ entries, 32 a word, as a {@link Netlist} holds them: entry Σᵢ xᵢ 2ⁱ is the value at x, and the
 * bits above the entries are 0.
 */
export type TruthTable = Uint32Array

/** The most operands of a gate: a table of 2¹⁶ entries. */
export const widest = 16

/** How many words the table of k operands has. */
export const wordsOf = (k: number): number => (k <= 5 ? 1 : 2 ** (k - 5))

/** The bits of the last word that are entries, for k operands. */
export const maskOf = (k: number): number => (k >= 5 ? 0xffffffff : 2 ** (2 ** k) - 1)

/** Entry i, 0 or 1. */
export const entryOf = (table: ArrayLike<number>, i: number): number => ((table[i >>> 5] ?? 0) >>> (i & 31)) & 1

/** The table of k operands with `f(i)` at entry i, which is 1 where that is odd. */
export function tableOf(k: number, f: (i: number) => number): TruthTable {
  const table = new Uint32Array(wordsOf(k))
  for (let i = 0; i < 2 ** k; i++)
    if ((f(i) & 1) === 1) table[i >>> 5] = ((table[i >>> 5] ?? 0) | (1 << (i & 31))) >>> 0
  return table
}

/** The table of a word, for up to five operands. */
export const tableOfWord = (word: number): TruthTable => Uint32Array.of(word)

/** ¬f. */
export function complementOf(table: TruthTable, k: number): TruthTable {
  const mask = maskOf(k)
  return table.map((word) => (~word & mask) >>> 0)
}

/** 0 or 1 where all 2ᵏ entries are, undefined where they differ. */
export function constantOf(table: TruthTable, k: number): 0 | 1 | undefined {
  const first = table[0] ?? 0
  if (first !== 0 && first !== maskOf(k)) return undefined
  for (const word of table) if (word !== first) return undefined
  return first === 0 ? 0 : 1
}

/** Equality of tables of one size. */
export const sameTable = (a: TruthTable, b: TruthTable): boolean => a.every((word, i) => word === b[i])

/** Words of the projections x₀ … x₄. */
const projections = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000] as const

/** Word w of the table of xᵢ: what operand i is at the points 32w … 32w + 31. */
export const projection = (i: number, w: number): number => projections[i] ?? ((w >>> (i - 5)) & 1 ? 0xffffffff : 0)

/** Whether the value depends on operand i. */
export function dependsOn(table: TruthTable, k: number, i: number): boolean {
  if (i < 5) {
    const shift = 1 << i
    const mask = (~(projections[i] ?? 0) & maskOf(k)) >>> 0
    return table.some((word) => ((word ^ (word >>> shift)) & mask) !== 0)
  }
  const step = 1 << (i - 5)
  return table.some((word, w) => (w & step) === 0 && word !== table[w + step])
}

/** What stands in the place of an operand: `2j + c` is operand j of the new table, complemented where c is 1; −1 and −2 are 0 and 1. */
export type Place = number
/** The place of the constant c. */
export const placeOfConstant = (c: 0 | 1): Place => (c === 0 ? -1 : -2)

/** The table of n operands of `f(places)`: operands permuted, merged, complemented or fixed. */
export function substitute(table: TruthTable, n: number, places: readonly Place[]): TruthTable {
  const fixed = places.reduce((index, place, j) => (place === -2 ? index + 2 ** j : index), 0)
  return tableOf(n, (i) => {
    let index = fixed
    for (const [j, place] of places.entries())
      if (place >= 0 && (((i >>> (place >> 1)) ^ place) & 1) === 1) index |= 1 << j
    return entryOf(table, index)
  })
}

/** f with operand i fixed at c, of one operand fewer. */
export function cofactor(table: TruthTable, k: number, i: number, c: 0 | 1): TruthTable {
  if (i >= 5) {
    const step = 1 << (i - 5)
    return table.filter((_, w) => ((w & step) !== 0) === (c === 1))
  }
  return substitute(
    table,
    k - 1,
    Array.from({ length: k }, (_, j) => (j === i ? placeOfConstant(c) : 2 * (j > i ? j - 1 : j))),
  )
}
