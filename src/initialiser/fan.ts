import { checkShape, showShape, size } from '../object/index.js'

/** How many inputs an output reads and how many outputs an input reaches. */
export interface Fans {
  readonly in: number
  readonly out: number
}

/**
 * The fans of a weight `[in, out]`, and of a filter `[k…, in, out]` with ∏k times as many each. Throws on what has none:
 * `heNormal: [10] has no fans: needs a weight [in, out] or a filter [k…, in, out]`.
 */
export function fans(what: string, shape: readonly number[]): Fans {
  checkShape(what, shape)
  const [from, to] = shape.slice(-2)
  if (from === undefined || to === undefined)
    throw new RangeError(`${what}: ${showShape(shape)} has no fans: needs a weight [in, out] or a filter [k…, in, out]`)
  const field = size(shape.slice(0, -2))
  return { in: field * from, out: field * to }
}
