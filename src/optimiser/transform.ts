import {
  add,
  addAll,
  clip,
  constant,
  less,
  like,
  multiply,
  reciprocal,
  select,
  sqrt,
  square,
  sum,
} from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { Empty, Transform } from './move.js'
import { separableTransform, spread } from './separable.js'

/** Coupled weight decay `g ↦ g + λp`: before a rule it is L2 regularisation, which enters the rule's moments. */
export function decayWeights(by: number): Transform<Empty, Empty> {
  if (!(Number.isFinite(by) && by >= 0)) throw new TypeError(`decayWeights: ${by} is not a number ≥ 0`)
  return separableTransform({
    name: 'decay',
    own: {},
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (p, g) => ({ own: {}, out: add(g, multiply(by, p)) }),
  })
}

/** `g ↦ min(max(g, −c), c)`, entry by entry. */
export function clipByValue(bound: number): Transform<Empty, Empty> {
  if (!(Number.isFinite(bound) && bound > 0)) throw new TypeError(`clipByValue: the bound ${bound} is not a number > 0`)
  return separableTransform({
    name: 'clipByValue',
    own: {},
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (_, g) => ({ own: {}, out: clip(g, -bound, bound) }),
  })
}

/**
 * `g ↦ g · min(1, c / ‖g‖)` over all parameters together (Pascanu, Mikolov and Bengio 2013). It breaks the product law:
 * training parts is not training the whole. At g = 0 it is the identity.
 */
export function clipByGlobalNorm(bound: number): Transform<Empty, Empty> {
  if (!(Number.isFinite(bound) && bound > 0))
    throw new TypeError(`clipByGlobalNorm: the bound ${bound} is not a number > 0`)
  return {
    name: 'clipByGlobalNorm',
    passes: 'gradient',
    takes: 'gradient',
    slots: {},
    ports: {},
    init: () => new Map(),
    get: (_, p) => p,
    put(s, _, back) {
      const [first] = back
      if (first === undefined) return { state: s, out: [] }
      const norm = globalNorm(back)
      const long = less(constant(first.algebra, bound, norm.type.dtype, []), norm)
      const factor = select(long, multiply(bound, reciprocal(select(long, norm, like(norm, 1)))), like(norm, 1))
      return { state: s, out: back.map((g) => multiply(spread(factor, g), g)) }
    },
  }
}

/** `√Σ g²` over all tensors. */
function globalNorm(wires: readonly Wire[]): Wire {
  return sqrt(
    addAll(
      wires.map((g) =>
        sum(
          square(g),
          g.type.shape.map((_, i) => i),
        ),
      ),
    ),
  )
}
