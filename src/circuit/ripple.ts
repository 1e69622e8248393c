import { coins, type Initialiser } from '../initialiser/index.js'
import type { Add, Para } from '../optic/index.js'
import { apply, box, diagram } from '../term/index.js'
import type { LookupParams, Power } from './lookup.js'
import { checkCells } from './lookups.js'
import { tied } from './tied.js'

/** Options of a tied cell. */
export interface RippleOptions {
  /** The first table, fair bits unless given: from a table of zeros no state is ever told apart from another. */
  readonly initialiser?: Initialiser
}

/**
 * One look-up table used at n positions in order, [n, a] → [n, b]: at each it maps a latent state of s bits and the a bits
 * of that row to the next state and the b bits of the answer, from a state of zeros. With (s, a, b) = (1, 2, 1) it can be a
 * ripple-carry adder, least significant row first, with the carry as its state, of which no label speaks. Throws where a
 * number is not an integer ≥ 1 or s + a > 12.
 */
export function ripple<const N extends number, const S extends number, const A extends number, const B extends number>(
  positions: N,
  state: S,
  inputs: A,
  outputs: B,
  options: RippleOptions = {},
): Para<LookupParams<Power<Add<S, A>>, Add<S, B>>, [[N, A]], [[N, B]]> {
  checkCells('ripple', { positions, 'state bits': state, inputs, outputs }, state + inputs)
  const whole = tied(positions, state, inputs, outputs)
  const term = diagram(whole.dom, (wires, algebra) => apply(whole, wires, algebra).slice(1))
  const shape = [(2 ** (state + inputs)) as Power<Add<S, A>>, (state + outputs) as Add<S, B>] as [
    Power<Add<S, A>>,
    Add<S, B>,
  ]
  return {
    cod: [[positions, outputs]],
    dom: [[positions, inputs]],
    params: { table: shape },
    parameters: [{ path: ['table'], type: { dtype: 'float32', shape }, draw: options.initialiser ?? coins }],
    term: box('ripple', term),
  }
}
