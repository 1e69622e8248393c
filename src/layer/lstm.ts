import { glorotUniform } from '../initialiser/index.js'
import type { Multiply, Para, Parameter } from '../optic/index.js'
import { add, multiply, sigmoid, tanh } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { WeightOptions } from './dense.js'
import { checkSizes, parameter, part, recurrent, through, type Recurrence } from './recurrent.js'

/** The parameters of an LSTM: columns for the input, forget, cell and output gates, in this order. */
export interface LstmParams<I extends number, H extends number> {
  input: [I, Multiply<4, H>]
  bias: [Multiply<4, H>]
  hidden: [H, Multiply<4, H>]
}

/** One for the forget gate, so that cells keep what they hold at first, zero for the others (Jozefowicz et al., 2015). */
const firstBias: Parameter['draw'] = (_, [n = 0]) =>
  Float64Array.from({ length: n }, (__, k) => (Math.floor((4 * k) / n) === 1 ? 1 : 0))

function recurrence(name: string, t: number, i: number, h: number, options: WeightOptions): Recurrence {
  checkSizes(name, [t, i, h])
  const { initialiser = glorotUniform } = options
  const parameters = [
    parameter('input', [i, 4 * h], initialiser),
    parameter('bias', [4 * h], firstBias),
    parameter('hidden', [h, 4 * h], initialiser),
  ]
  const step = (weights: readonly Wire[], state: readonly Wire[], row: Wire): readonly Wire[] => {
    const [hidden] = weights as [Wire]
    const [old, cell] = state as [Wire, Wire]
    const whole = add(row, through(old, hidden))
    const [input, forget, output] = [0, 1, 3].map((k) => sigmoid(part(whole, k, h))) as [Wire, Wire, Wire]
    const next = add(multiply(forget, cell), multiply(input, tanh(part(whole, 2, h))))
    return [multiply(output, tanh(next)), next]
  }
  return { name, sizes: [t, i, h], parameters, states: 2, step }
}

const params = <I extends number, H extends number>(i: I, h: H): LstmParams<I, H> =>
  ({ input: [i, 4 * h], bias: [4 * h], hidden: [h, 4 * h] }) as LstmParams<I, H>

/**
 * Long short-term memory over t rows, all its states: [t, i] → [t, h], from h₀ = c₀ = 0, weights by Glorot, bias one for the
 * forget gate and zero else: with (a, f, g, o) = x W + h U + b,
 *
 *     c′ = σ(f) c + σ(a) tanh(g)    h′ = σ(o) tanh(c′)
 *
 * S. Hochreiter, J. Schmidhuber, "Long Short-Term Memory" (1997); the forget gate is of F. Gers, J. Schmidhuber, F. Cummins,
 * "Learning to Forget: Continual Prediction with LSTM" (2000). Throws where a size is not an integer ≥ 1.
 */
export function lstm<const T extends number, const I extends number, const H extends number>(
  t: T,
  i: I,
  h: H,
  options: WeightOptions = {},
): Para<LstmParams<I, H>, [[T, I]], [[T, H]]> {
  const made = recurrence('lstm', t, i, h, options)
  const { parameters } = made
  return { cod: [[t, h]], dom: [[t, i]], params: params(i, h), parameters, term: recurrent(made, 'all') }
}

/** {@link lstm}, its last state h only: [t, i] → [h]. */
export function lstmLast<const T extends number, const I extends number, const H extends number>(
  t: T,
  i: I,
  h: H,
  options: WeightOptions = {},
): Para<LstmParams<I, H>, [[T, I]], [[H]]> {
  const made = recurrence('lstmLast', t, i, h, options)
  const { parameters } = made
  return { cod: [[h]], dom: [[t, i]], params: params(i, h), parameters, term: recurrent(made, 'last') }
}
