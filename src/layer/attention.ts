import { glorotUniform } from '../initialiser/index.js'
import { object, type Type } from '../object/index.js'
import type { Para, Parameter } from '../optic/index.js'
import {
  broadcast,
  contract,
  exp,
  iota,
  less,
  logSumExp,
  multiply,
  reshape,
  select,
  subtract,
} from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import type { WeightOptions } from './dense.js'

/** The parameters of attention in D dimensions. */
export interface AttentionParams<D extends number> {
  query: [D, D]
  key: [D, D]
  value: [D, D]
  out: [D, D]
}

/** Options of attention. */
export interface AttentionOptions extends WeightOptions {
  /** Whether a place sees itself and those before it only. */
  readonly causal?: boolean
}

/** What a place that is not seen scores: its weight e^(−1e9 − …) is 0, and the score is a number, unlike −∞. */
const unseen = -1e9

/**
 * Self-attention of h heads over t places: `concat(softmax(QᵢKᵢᵀ / √(d/h)) Vᵢ) Wₒ` with Q, K, V = x W, [t, d] → [t, d],
 * head i being columns i·d/h … (i + 1)·d/h − 1, weights [d, d] by Glorot. A. Vaswani et al., "Attention Is All You Need"
 * (2017). Throws `multiHeadAttention: 3 heads do not divide 8 dimensions`, and where a size is not an integer ≥ 1.
 *
 * ```ts run
 * import { initialise, multiHeadAttention, predict, tensorOf } from 'paralens'
 * import { reference } from 'paralens/backend/reference'
 * const f = multiHeadAttention(2, 2, 1, { causal: true })
 * const [params, x] = [initialise(f, 0), tensorOf([1, 2, 2], [1, 0, 0, 1])]
 * console.log((await predict(f, reference(), params, x)).shape) // → [ 1, 2, 2 ]
 * ```
 */
export function multiHeadAttention<const T extends number, const D extends number>(
  t: T,
  d: D,
  heads: number,
  options: AttentionOptions = {},
): Para<AttentionParams<D>, [[T, D]], [[T, D]]> {
  for (const n of [t, d, heads])
    if (!Number.isInteger(n) || n < 1)
      throw new TypeError(`multiHeadAttention: ${n} is not a size: needs an integer ≥ 1`)
  if (d % heads !== 0) throw new TypeError(`multiHeadAttention: ${heads} heads do not divide ${d} dimensions`)
  const { causal = false, initialiser = glorotUniform } = options
  const type: Type = { dtype: 'float32', shape: [d, d] }
  const parameters = ['query', 'key', 'value', 'out'].map((name): Parameter => ({
    path: [name],
    type,
    draw: initialiser,
  }))
  const width = d / heads
  const term = diagram(object([type, type, type, type, { dtype: 'float32', shape: [t, d] }]), (wires) => {
    const [query, key, value, out, x] = wires as [Wire, Wire, Wire, Wire, Wire]
    const headsOf = (w: Wire): Wire =>
      contract(x, reshape(w, [d, heads, width]), { left: 'ti', right: 'ihk', out: 'htk' })
    const scores = contract(headsOf(query), headsOf(key), { left: 'htk', right: 'hsk', out: 'hts' })
    const scaled = multiply(1 / Math.sqrt(width), scores)
    const seen = causal ? select(later(scaled), unseen, scaled) : scaled
    const weights = exp(subtract(seen, broadcast(logSumExp(seen, 2), [2], [heads, t, t])))
    const mixed = contract(weights, headsOf(value), { left: 'hts', right: 'hsk', out: 'thk' })
    return [contract(mixed, reshape(out, [heads, width, d]), { left: 'thk', right: 'hko', out: 'to' })]
  })
  return {
    cod: [[t, d]],
    dom: [[t, d]],
    params: { query: [d, d], key: [d, d], value: [d, d], out: [d, d] },
    parameters,
    term: box('multiHeadAttention', term),
  }
}

/** The bits `t < s` of scores [h, t, s]: what comes later. */
function later(scores: Wire): Wire {
  return less(iota(scores.algebra, scores.type.shape, 1), iota(scores.algebra, scores.type.shape, 2))
}
