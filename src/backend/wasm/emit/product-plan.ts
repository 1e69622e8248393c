import type { ContractNode, Level } from '../lower/node.js'

/** Rows of a block whose tiles share what is packed. */
export const blockRows = 16
/** Rows of a tile of 4 × 8; eight accumulators, two vectors of b and one of a stay in registers. */
export const tileRows = 4
/** Columns of a tile. */
export const tileColumns = 8
/** The longest sum in one go; longer ones go through partial sums. */
const longest = 1024

/** Bytes rounded up to a cache line. */
export const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64
/** The turns of nested loops. */
export const sizeOf = (levels: readonly Level[]): number => levels.reduce((n, l) => n * l.n, 1)

/** Rows whose part of a, with k entries each, stays in the cache while the panels of b pass by. */
export function rowsAtOnce(k: number): number {
  return Math.max(64, Math.floor(2 ** 17 / k / tileRows) * tileRows)
}

/** How a product is computed: what is packed, and where. */
export interface ProductPlan {
  readonly rows: Level
  /** Loops around the product of rows and columns. */
  readonly around: readonly Level[]
  readonly k: number
  readonly packsB: boolean
  /** Whether the columns of b are consecutive, and a sum walks through it in even strides. */
  readonly inPlace: boolean
  readonly packsA: boolean
  readonly blocks: number
  readonly block: number
  /** Bytes into its own memory: blocks of a, and partial sums. */
  readonly panelA: number
  readonly partial: number
  /** Bytes of memory of its own. */
  readonly scratch: number
}

/** The plan of a product. */
export function planProduct({ outer, rows, inner, columns }: ContractNode): ProductPlan {
  const own = rows[rows.length - 1] ?? { n: 1, a: 0, b: 0, out: 0 }
  const k = sizeOf(inner)
  const single = inner.length === 1
  const [slow] = inner
  const steady = inner.every((l, i) => i === 0 || (inner[i - 1]?.b ?? 0) === l.b * l.n)
  const inPlace = columns.b === 1 && steady && (inner[inner.length - 1]?.b ?? 0) > 0
  const turns = rows.slice(0, -1).reduce((n, l) => n * l.n, 1)
  const packsB = !inPlace || (own.n * turns > 8 && k * columns.n > 2048)
  const packsA = single && (slow?.a ?? 1) >= 64 && own.a === 1 && columns.n >= 64 && own.n >= tileRows
  const limit = single ? Math.max(longest, Math.ceil(k / 8)) : Infinity
  const blocks = Math.max(1, Math.ceil(k / limit))
  const block = blocks === 1 ? k : Math.ceil(k / blocks / 4) * 4
  // Panels of b are packed one at a time, unless blocks of a are packed too: then all of b is, once.
  const panels = packsA ? Math.ceil(columns.n / tileColumns) : 1
  const panelA = aligned(panels * block * tileColumns * 4 + 64)
  const partial = panelA + aligned(blockRows * block * 4 + 64)
  const scratch = partial + (blocks > 1 ? aligned(own.n * columns.n * 4 + 64) : 0)
  const around = [...outer, ...rows.slice(0, -1)]
  return { rows: own, around, k, packsB, inPlace, packsA, blocks, block, panelA, partial, scratch }
}
