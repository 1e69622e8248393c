import { get, i32, int, set, type Code } from '../assembler/index.js'
import type { ContractNode } from '../lower/node.js'
import { whole, type View } from '../lower/view.js'
import { resultLevels, strideAlong } from '../plan/fit.js'
import type { Kernel } from './context.js'
import { evaluate, groupOf, memoryViews, nodeAt, storeTo, type Place } from './expression.js'

/** A pattern of strides over a product's loops: where an operand of the epilogue is. */
export interface Pattern {
  readonly around: readonly number[]
  readonly row: number
  readonly column: number
  /** What the loops around have added, in bytes; −1 where they add nothing. */
  readonly base: number
  /** The pointer at a tile. */
  readonly pointer: number
}

/** What a product does with its tiles. */
export interface Epilogue {
  readonly patterns: readonly Pattern[]
  /** Sets the pointers of all patterns, at the row in a local and the columns that begin at the bytes in another. */
  locate(row: number, column: number): Code
  /** Computes and stores what is made of four entries of the product, m rows and v vectors from the tile's corner. */
  finish(m: number, v: number, value: Code, count: number): Code
}

/** The epilogue of a product group: its entrywise nodes, on the tile. */
export function epilogueOf(kernel: Kernel, head: ContractNode, shape: readonly number[]): Epilogue {
  const { routine: f, plan } = kernel
  const group = groupOf(kernel)
  const outputs = [group.head ?? -1, ...group.members]
    .filter((n) => plan.kept.has(n))
    .map((n) => whole(n, nodeAt(kernel, n).dtype, shape))
  const levels = resultLevels(head)
  const patterns = new Map<string, Pattern>()
  const patternOf = (view: View): Pattern => {
    const strides = levels.map((level) => strideAlong(view, level) ?? 0)
    const key = strides.join()
    let known = patterns.get(key)
    if (known === undefined) {
      const hasRow = head.rows.length > 0
      const column = strides[strides.length - 1] ?? 0
      const row = hasRow ? (strides[strides.length - 2] ?? 0) : 0
      const around = strides.slice(0, hasRow ? -2 : -1)
      const moves = around.some((s) => s !== 0)
      known = {
        around,
        row,
        column,
        base: moves ? f.local('i32') : -1,
        pointer: moves || row !== 0 || column !== 0 ? f.local('i32') : -1,
      }
      patterns.set(key, known)
    }
    return known
  }
  for (const view of [...outputs, ...memoryViews(kernel, outputs)]) patternOf(view)
  return {
    patterns: [...patterns.values()],
    locate: (row, column) =>
      [...patterns.values()].map(({ pointer, base, row: stride, column: along }) => {
        if (pointer < 0) return []
        const parts: Code[] = []
        if (base >= 0) parts.push(get(base))
        if (stride !== 0) parts.push(int.multiply(get(row), i32(4 * stride)))
        if (along !== 0) parts.push(get(column))
        return set(
          pointer,
          parts.reduce((x, y) => int.add(x, y)),
        )
      }),
    finish: (m, v, value, count) =>
      f.scope(() => {
        const place: Place = {
          accumulator: value,
          access(view) {
            const { pointer, row, column } = patternOf(view)
            return {
              pointer: pointer < 0 ? undefined : get(pointer),
              offset: view.offset * 4 + m * row * 4 + v * column * 16,
              lane: column,
            }
          },
        }
        const values = evaluate(kernel, place, outputs)
        const [only] = outputs
        if (only !== undefined && outputs.length === 1) return storeTo(kernel, place, only, values[0] ?? [], count)
        const locals = outputs.map(() => f.local('v128'))
        return [
          values.map((x, n) => set(locals[n] ?? 0, x)),
          outputs.map((view, n) => storeTo(kernel, place, view, get(locals[n] ?? 0), count)),
        ]
      }),
  }
}
