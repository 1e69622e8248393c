import { add, clip, step } from '../primitive/index.js'
import { slot } from './descend.js'
import type { Empty, Rule } from './move.js'
import { separableRule } from './separable.js'

/** What signed votes keep: a tally for each parameter. */
export interface VotesSlots {
  tally: 'same'
}

/**
 * Signed votes `s ↦ min(max(s + g, 1 − c), c)`, `p = [s > 0]`, from s = p at bits p: every parameter is a bit, held by a tally of
 * c values on either side. With the loss `difference` and the cap `negated` over the integers it is reverse derivative
 * ascent with a memory: g is the sum of the signed Boolean differences of all examples, of which that of Wilson and Zanasi
 * (2020) is the parity. Over the reals too. Throws where c is not an integer ≥ 1.
 */
export function votes(options: { readonly bound: number }): Rule<{ votes: VotesSlots }, Empty> {
  const { bound } = options
  if (!(Number.isSafeInteger(bound) && bound >= 1))
    throw new TypeError(`votes: the bound ${bound} is not an integer ≥ 1`)
  return separableRule({
    name: 'votes',
    own: { tally: (p) => p },
    counts: false,
    ports: {},
    scalars: () => ({}),
    step(_, g, own) {
      const tally = clip(add(slot(own, 'tally'), g), 1 - bound, bound)
      return { own: { tally }, out: step(tally) }
    },
  })
}
