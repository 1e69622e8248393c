import { add, subtract } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { Empty, Rule } from './move.js'
import {
  checkedRate,
  rateOf,
  ratePorts,
  rateSlots,
  scaled,
  separableRule,
  type Rate,
  type RatePorts,
  type RateSlots,
} from './separable.js'

/** `p ↦ p + g`, in every rig: ascent, and reverse derivative ascent over bits. */
export function plain(): Rule<Empty, Empty> {
  return separableRule({
    name: 'plain',
    own: {},
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (p, g) => ({ own: {}, out: add(p, g) }),
  })
}

/** The state of gradient descent: nothing, or the counter of its schedule. */
export type DescentSlots<R extends Rate> = R extends number | { readonly port: string }
  ? Empty
  : { descent: RateSlots<R> }

/** Gradient descent `p ↦ p − εg`, with ε ≥ 0 a number, a schedule, or `{ port }`. Law: it is `plain` with cap −ε. */
export function sgd<const R extends Rate>(options: { readonly rate: R }): Rule<DescentSlots<R>, RatePorts<R>> {
  const rate = checkedRate('sgd', options.rate)
  return separableRule({
    name: 'descent',
    own: {},
    counts: 'count' in rateSlots(rate),
    ports: ratePorts(rate),
    scalars: (shared) => ({ rate: rateOf(rate, shared) }),
    step: (p, g, _, scalar) => ({ own: {}, out: subtract(p, scaled(scalar('rate'), g)) }),
  })
}

/** A slot of a rule for one tensor. */
export function slot(own: ReadonlyMap<string, Wire>, name: string): Wire {
  const w = own.get(name)
  if (w === undefined) throw new TypeError(`optimiser: no slot is called ${name}`)
  return w
}
