import { glorotUniform, zeros } from '../initialiser/index.js'
import type { Multiply, Para } from '../optic/index.js'
import { add, multiply, sigmoid, subtract, tanh } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { WeightOptions } from './dense.js'
import { checkSizes, parameter, part, recurrent, through, type Recurrence } from './recurrent.js'

/** The parameters of a GRU: columns for the update gate, the reset gate and the candidate, in this order. */
export interface GruParams<I extends number, H extends number> {
  input: [I, Multiply<3, H>]
  bias: [Multiply<3, H>]
  /** Columns of the update and the reset gate. */
  gates: [H, Multiply<2, H>]
  candidate: [H, H]
}

function recurrence(name: string, t: number, i: number, h: number, options: WeightOptions): Recurrence {
  checkSizes(name, [t, i, h])
  const { initialiser = glorotUniform } = options
  const parameters = [
    parameter('input', [i, 3 * h], initialiser),
    parameter('bias', [3 * h], zeros),
    parameter('gates', [h, 2 * h], initialiser),
    parameter('candidate', [h, h], initialiser),
  ]
  const step = (weights: readonly Wire[], state: readonly Wire[], row: Wire): readonly Wire[] => {
    const [gates, candidate] = weights as [Wire, Wire]
    const [old] = state as [Wire]
    const held = through(old, gates)
    const [update, reset] = [0, 1].map((k) => sigmoid(add(part(row, k, h), part(held, k, h)))) as [Wire, Wire]
    const fresh = tanh(add(part(row, 2, h), through(multiply(reset, old), candidate)))
    return [add(multiply(update, old), multiply(subtract(1, update), fresh))]
  }
  return { name, sizes: [t, i, h], parameters, states: 1, step }
}

const params = <I extends number, H extends number>(i: I, h: H): GruParams<I, H> =>
  ({ input: [i, 3 * h], bias: [3 * h], gates: [h, 2 * h], candidate: [h, h] }) as GruParams<I, H>

/**
 * The gated recurrent unit over t rows, all its states: [t, i] → [t, h], from h₀ = 0, weights by Glorot, bias from zero,
 *
 *     z = σ(x W_z + h U_z + b_z)    r = σ(x W_r + h U_r + b_r)    h′ = z h + (1 − z) tanh(x W + (r h) U + b)
 *
 * K. Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation" (2014).
 * Throws where a size is not an integer ≥ 1.
 */
export function gru<const T extends number, const I extends number, const H extends number>(
  t: T,
  i: I,
  h: H,
  options: WeightOptions = {},
): Para<GruParams<I, H>, [[T, I]], [[T, H]]> {
  const made = recurrence('gru', t, i, h, options)
  const { parameters } = made
  return { cod: [[t, h]], dom: [[t, i]], params: params(i, h), parameters, term: recurrent(made, 'all') }
}

/** {@link gru}, its last state only: [t, i] → [h]. */
export function gruLast<const T extends number, const I extends number, const H extends number>(
  t: T,
  i: I,
  h: H,
  options: WeightOptions = {},
): Para<GruParams<I, H>, [[T, I]], [[H]]> {
  const made = recurrence('gruLast', t, i, h, options)
  const { parameters } = made
  return { cod: [[h]], dom: [[t, i]], params: params(i, h), parameters, term: recurrent(made, 'last') }
}
