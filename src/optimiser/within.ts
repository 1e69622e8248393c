import { clip } from '../primitive/index.js'
import type { Rule } from './move.js'

/**
 * A rule followed by the projection of the point on a box, `p ↦ min(max(p, low), high)`: with [0, 1] the parameters of a
 * relaxed circuit stay truth values. It clips the point and never the gradient. Throws unless low < high are finite.
 */
export function within<S, Q>(rule: Rule<S, Q>, low: number, high: number): Rule<S, Q> {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new TypeError(`within: [${low}, ${high}] is not an interval of finite numbers`)
  return {
    ...rule,
    name: `${rule.name} within [${low}, ${high}]`,
    put(s, p, back, q) {
      const { state, out } = rule.put(s, p, back, q)
      return { state, out: out.map((w) => clip(w, low, high)) }
    },
  }
}
