import { coins } from '../initialiser/index.js'
import type { Add, Para } from '../optic/index.js'
import { box } from '../term/index.js'
import type { LookupParams, Power } from './lookup.js'
import { checkCells } from './lookups.js'
import type { RippleOptions } from './ripple.js'
import { tied } from './tied.js'

/**
 * An automaton of s bits of state that reads n rows, [n, a] → [s]: one look-up table maps state and row to the next state,
 * from zeros, and the last state is the answer. With (s, a) = (1, 2) it can compare two numbers, least significant row first;
 * with (1, 1) it can be the parity. Throws where a number is not an integer ≥ 1 or s + a > 12.
 */
export function accumulate<const N extends number, const S extends number, const A extends number>(
  positions: N,
  state: S,
  inputs: A,
  options: RippleOptions = {},
): Para<LookupParams<Power<Add<S, A>>, S>, [[N, A]], [[S]]> {
  checkCells('accumulate', { positions, 'state bits': state, inputs }, state + inputs)
  const shape: [Power<Add<S, A>>, S] = [(2 ** (state + inputs)) as Power<Add<S, A>>, state]
  return {
    cod: [[state]],
    dom: [[positions, inputs]],
    params: { table: shape },
    parameters: [{ path: ['table'], type: { dtype: 'float32', shape }, draw: options.initialiser ?? coins }],
    term: box('accumulate', tied(positions, state, inputs, 0)),
  }
}
