import { maskOf, projection, tableOfWord, wordsOf, type TruthTable } from '../../compile/index.js'

/** The rows of a `.names`: products over its k inputs of 0, 1 and -, and the value where one of them holds. */
export interface Cover {
  readonly value: 0 | 1
  readonly rows: readonly string[]
}
/** An operand of the cover, or a gate of the list before. */
export type Part = { readonly input: number } | { readonly gate: number }
/** A gate of a cover. */
export interface CoverGate {
  readonly operands: readonly Part[]
  readonly table: TruthTable
}

/** The most inputs of a cover that is one gate. */
export const widestCover = 12
/** The most operands of the conjunctions and disjunctions that a wider cover is made of. */
const step = 5

/** The gates of a cover of k inputs, the last of which is its value: one, or above 12 inputs trees of conjunctions and a disjunction. */
export function gatesOfCover({ value, rows }: Cover, k: number): readonly CoverGate[] {
  if (k <= widestCover)
    return [{ operands: Array.from({ length: k }, (_, input) => ({ input })), table: tableOfRows(value, rows, k) }]
  const list: CoverGate[] = []
  const put = (operands: readonly Part[], table: TruthTable): Part => {
    list.push({ operands, table })
    return { gate: list.length - 1 }
  }
  /** A tree of conjunctions of operands as they are; of disjunctions by De Morgan. */
  const tree = (all: readonly Part[], table: (n: number) => TruthTable): readonly Part[] => {
    let level = all
    while (level.length > step) {
      const next: Part[] = []
      for (let i = 0; i < level.length; i += step) {
        const part = level.slice(i, i + step)
        next.push(part.length === 1 ? (part[0] as Part) : put(part, table(part.length)))
      }
      level = next
    }
    return level
  }
  const conjunction = (n: number): TruthTable => tableOfWord(n === 5 ? 0x80000000 : 2 ** (2 ** n - 1))
  const disjunction = (n: number): TruthTable => tableOfWord(maskOf(n) - 1)
  const products = rows.map((row) => {
    const literals = [...row].flatMap((c, input): readonly Part[] =>
      c === '1' ? [{ input }] : c === '0' ? [put([{ input }], tableOfWord(1))] : [],
    )
    const last = tree(literals, conjunction)
    return put(last, conjunction(last.length))
  })
  const last = tree(products, disjunction)
  const n = last.length
  put(last, tableOfWord(value === 1 ? maskOf(n) - 1 : 1))
  return list
}

/** The table of rows over k inputs, 32 points a step. */
function tableOfRows(value: 0 | 1, rows: readonly string[], k: number): TruthTable {
  const table = new Uint32Array(wordsOf(k))
  for (const row of rows)
    for (let w = 0; w < table.length; w++) {
      let product = 0xffffffff
      for (let i = 0; i < k && product !== 0; i++) {
        const c = row.charAt(i)
        if (c !== '-') product &= c === '1' ? projection(i, w) : ~projection(i, w)
      }
      table[w] = (table[w] ?? 0) | product
    }
  const flip = value === 1 || rows.length === 0 ? 0 : -1
  return table.map((word) => ((word ^ flip) & maskOf(k)) >>> 0)
}
