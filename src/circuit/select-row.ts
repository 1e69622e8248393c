import { add, broadcast, multiply, negate, reshape, slice } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'

/**
 * `table ⊗ x ↦ table[x]`, [2ᵏ, m] ⊗ [m]ᵏ → [m]: entry j is that of row x₀ⱼ x₁ⱼ … of column j, x₀ the most significant, as the
 * multilinear polynomial of selectors `lo + xᵢ (hi − lo)`. A selector that is a scalar is that of all columns.
 */
export function selectRow(table: Wire, selectors: readonly Wire[]): Wire {
  const [rows = 0, m = 0] = table.type.shape
  if (rows !== 2 ** selectors.length)
    throw new TypeError(
      `selectRow: ${selectors.length} selectors choose among ${2 ** selectors.length} rows, given ${rows}`,
    )
  const chosen = selectors.reduce((rest, x) => {
    const half = (rest.type.shape[0] ?? 0) / 2
    const [low, high] = [slice(rest, [0, 0], [half, m]), slice(rest, [half, 0], [half, m])]
    const at = broadcast(x, x.type.shape.length === 0 ? [0, 1] : [0], [half, m])
    return add(low, multiply(at, add(high, negate(low))))
  }, table)
  return reshape(chosen, [m])
}
