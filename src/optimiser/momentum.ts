import { add, equal, like, multiply, select, subtract } from '../primitive/index.js'
import { slot } from './descend.js'
import type { Count, Rule } from './move.js'
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
  wire,
} from './separable.js'

/** What momentum keeps. */
export interface MomentumSlots {
  velocity: 'same'
}
/** Options of momentum: the rate ε, and the decay μ in [0, 1) of the velocity. */
export interface MomentumOptions<R extends Rate> {
  readonly rate: R
  readonly decay?: number
}

/** Throws `momentum: the decay 1 is not in [0, 1)`. */
export function checkDecay(what: string, name: string, decay: number): number {
  if (!(decay >= 0 && decay < 1)) throw new TypeError(`${what}: the ${name} ${decay} is not in [0, 1)`)
  return decay
}

/** Heavy ball: `v ↦ μv + g`, `p ↦ p − εv` (Polyak 1964), from v = 0. */
export function momentum<const R extends Rate>({
  rate,
  decay = 0.9,
}: MomentumOptions<R>): Rule<{ momentum: RateSlots<R, MomentumSlots> }, RatePorts<R>> {
  checkedRate('momentum', rate)
  checkDecay('momentum', 'decay', decay)
  return separableRule({
    name: 'momentum',
    own: { velocity: (p) => like(p, 0) },
    counts: 'count' in rateSlots(rate),
    ports: ratePorts(rate),
    scalars: (shared) => ({ rate: rateOf(rate, shared) }),
    step(p, g, own, scalar) {
      const velocity = add(multiply(decay, slot(own, 'velocity')), g)
      return { own: { velocity }, out: subtract(p, scaled(scalar('rate'), velocity)) }
    },
  })
}

/** Heavy ball with dampening δ in [0, 1) as PyTorch has it: `v ↦ μv + (1 − δ)g`, but `v = g` at the first step. */
export function dampedMomentum<const R extends Rate>(
  options: MomentumOptions<R> & { readonly dampening: number },
): Rule<{ momentum: MomentumSlots & Count }, RatePorts<R>> {
  const { rate, decay = 0.9, dampening } = options
  checkedRate('dampedMomentum', rate)
  checkDecay('dampedMomentum', 'decay', decay)
  checkDecay('dampedMomentum', 'dampening', dampening)
  return separableRule({
    name: 'momentum',
    own: { velocity: (p) => like(p, 0) },
    counts: true,
    ports: ratePorts(rate),
    scalars(shared) {
      const count = wire(shared.before, 'count')
      return { rate: rateOf(rate, shared), fresh: select(equal(count, 0), like(count, 1), like(count, 1 - dampening)) }
    },
    step(p, g, own, scalar) {
      const velocity = add(multiply(decay, slot(own, 'velocity')), scaled(scalar('fresh'), g))
      return { own: { velocity }, out: subtract(p, scaled(scalar('rate'), velocity)) }
    },
  })
}

/** Nesterov's momentum in the shifted variable: `v ↦ μv + g`, `p ↦ p − ε(g + μv)`; p is the look-ahead point itself. */
export function shiftedNesterov<const R extends Rate>({
  rate,
  decay = 0.9,
}: MomentumOptions<R>): Rule<{ momentum: RateSlots<R, MomentumSlots> }, RatePorts<R>> {
  checkedRate('shiftedNesterov', rate)
  checkDecay('shiftedNesterov', 'decay', decay)
  return separableRule({
    name: 'momentum',
    own: { velocity: (p) => like(p, 0) },
    counts: 'count' in rateSlots(rate),
    ports: ratePorts(rate),
    scalars: (shared) => ({ rate: rateOf(rate, shared) }),
    step(p, g, own, scalar) {
      const velocity = add(multiply(decay, slot(own, 'velocity')), g)
      return { own: { velocity }, out: subtract(p, scaled(scalar('rate'), add(g, multiply(decay, velocity)))) }
    },
  })
}

/**
 * Nesterov's momentum with its look-ahead as a lens whose `get` is not the identity: the gradient is taken at
 * `get(v, p) = p + μv`, and `v ↦ μv − εg`, `p ↦ p + v` start from the p before it.
 */
export function nesterov<const R extends Rate>({
  rate,
  decay = 0.9,
}: MomentumOptions<R>): Rule<{ nesterov: RateSlots<R, MomentumSlots> }, RatePorts<R>> {
  checkedRate('nesterov', rate)
  checkDecay('nesterov', 'decay', decay)
  return separableRule({
    name: 'nesterov',
    own: { velocity: (p) => like(p, 0) },
    counts: 'count' in rateSlots(rate),
    ports: ratePorts(rate),
    look: (p, own) => add(p, multiply(decay, slot(own, 'velocity'))),
    scalars: (shared) => ({ rate: rateOf(rate, shared) }),
    step(p, g, own, scalar) {
      const velocity = subtract(multiply(decay, slot(own, 'velocity')), scaled(scalar('rate'), g))
      return { own: { velocity }, out: add(p, velocity) }
    },
  })
}
