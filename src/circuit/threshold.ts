import { bit, objectOf, types, type Bit } from '../object/index.js'
import type { Para } from '../optic/index.js'
import { scanTerm } from '../optic/index.js'
import {
  add,
  broadcast,
  cast,
  concat,
  constant,
  less,
  multiply,
  negate,
  reshape,
  slice,
  sum,
} from '../primitive/index.js'
import type { OpticRule, Wire } from '../structure/index.js'
import { apply, box, diagram, type BoxTerm, type Term } from '../term/index.js'
import { count } from './vote.js'

/** The parameters of a threshold: which inputs it counts. */
export interface ThresholdParams<N extends number> {
  mask: Bit<[N]>
}

/** Whether `4 c ≤ n`, c of the n entries that are counted being 1. */
const few = (c: Wire, n: Wire): Wire => add(less(n, multiply(4, c)), 1)
const ints = (x: Wire): Wire => cast(x, 'int32')
/** A scalar at every entry of a vector. */
const everywhere = (x: Wire, like: Wire): Wire => broadcast(x, [0], like.type.shape)
/** `dy · (f(xᵢ := 1) − f(xᵢ := 0))`, f being multilinear. */
const difference = (one: Wire, zero: Wire, dy: Wire): Wire => multiply(everywhere(dy, one), add(one, zero))

/** The optic of the threshold: the two counts with one entry taken out and put back, for every entry at once. */
const optic: OpticRule = {
  kind: 'lens',
  residual: (_, inputs) => inputs,
  backward(_, inputs, [dy], dom) {
    if (dy === undefined) return dom.map(() => undefined)
    const [mask, x] = inputs as [Wire, Wire]
    const [p, v] = [ints(mask), ints(x)]
    const both = multiply(p, v)
    const [n, c] = [everywhere(sum(p, [0]), p), everywhere(sum(both, [0]), p)]
    const [others, rest] = [add(n, negate(p)), add(c, negate(both))]
    return [
      difference(few(add(rest, v), add(others, 1)), few(rest, others), dy),
      difference(few(add(rest, p), n), few(rest, n), dy),
    ]
  },
}

/** `mask ⊗ x ↦ [4 |mask ∧ x| ≤ |mask|]`, bit[n] ⊗ bit[n] → bit[], as one box of five operations with an optic of its own. */
export function thresholdTerm(n: number): BoxTerm {
  const body = diagram(objectOf([bit(n), bit(n)]), ([mask, x]) => [
    few(count(multiply(mask as Wire, x as Wire), 0), count(mask as Wire, 0)),
  ])
  return box('threshold', body, optic)
}

/**
 * The threshold as a polynomial over the integers: the automaton that reads each mask and input once and moves its one state
 * of `4 |mask ∧ x| − |mask|` among 4n + 1 by −1 or 3 where the mask is 1. Linear in every variable, so that R of it is the
 * Boolean difference; of 39 n operations, and so for the laws and not for use.
 */
export function thresholdExpansion(n: number): Term {
  const states = 4 * n + 1
  const vector = objectOf([bit(states)])
  const cell = diagram(objectOf([bit(states), bit(), bit()]), (wires) => {
    const [s, m, x] = wires as [Wire, Wire, Wire]
    const all = (w: Wire): Wire => broadcast(w, [0], [states])
    const zeros = (k: number): Wire => constant(s.algebra, 0, 'bit', [k])
    const down = concat([slice(s, [1], [states - 1]), zeros(1)], 0)
    const up = concat([zeros(3), slice(s, [0], [states - 3])], 0)
    const moved = add(down, multiply(all(x), add(up, negate(down))))
    return [add(s, multiply(all(m), add(moved, negate(s))))]
  })
  const run = scanTerm(n, objectOf([]), vector, cell)
  return diagram(objectOf([bit(n), bit(n)]), ([mask, x], algebra) => {
    const start = concat(
      [constant(algebra, 0, 'bit', [n]), constant(algebra, 1, 'bit', [1]), constant(algebra, 0, 'bit', [3 * n])],
      0,
    )
    const [last] = apply(run, [start, mask as Wire, x as Wire], algebra) as [Wire]
    return [reshape(sum(slice(last, [0], [n + 1]), [0]), [])]
  })
}

/**
 * The pseudo-linear map of "Reverse Derivative Ascent" (Wilson and Zanasi 2020): `y = [|mask ∧ x| ≤ |mask| / 4]`, bit[n] → bit[],
 * whether at most a quarter of the inputs that are counted are 1. It counts none at first. Over bits only: its optic is R of
 * {@link thresholdExpansion}, a law, in a number of operations that does not depend on n. Throws where n is not an integer ≥ 1.
 */
export function threshold<const N extends number>(n: N): Para<ThresholdParams<N>, [Bit<[N]>], [Bit<[]>]> {
  if (!(Number.isSafeInteger(n) && n >= 1))
    throw new TypeError(`threshold: ${n} is not a number of inputs: needs an integer ≥ 1`)
  const term = thresholdTerm(n)
  const [mask] = types(term.dom)
  return {
    cod: [bit()],
    dom: [bit(n)],
    params: { mask: bit(n) },
    parameters: [{ path: ['mask'], type: mask ?? { dtype: 'bit', shape: [n] }, draw: () => new Float64Array(n) }],
    term,
  }
}
