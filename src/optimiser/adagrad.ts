import { add, divide, like, sqrt, square, subtract } from '../primitive/index.js'
import { slot } from './descend.js'
import type { Rule } from './move.js'
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

/** What AdaGrad keeps. */
export interface AdagradSlots {
  square: 'same'
}
/** Options of AdaGrad: the rate ε, the guard against division by zero, the first value of the sum of squares. */
export interface AdagradOptions<R extends Rate> {
  readonly rate: R
  readonly epsilon?: number
  readonly initial?: number
}

function adagradWith<R extends Rate>(
  name: string,
  { rate, epsilon = 1e-10, initial = 0 }: AdagradOptions<R>,
  rooted: boolean,
): Rule<{ adagrad: RateSlots<R, AdagradSlots> }, RatePorts<R>> {
  checkedRate(name, rate)
  if (!(epsilon >= 0 && initial >= 0))
    throw new TypeError(`${name}: epsilon ${epsilon} and initial ${initial} are not numbers ≥ 0`)
  return separableRule({
    name: 'adagrad',
    own: { square: (p) => like(p, initial) },
    counts: 'count' in rateSlots(rate),
    ports: ratePorts(rate),
    scalars: (shared) => ({ rate: rateOf(rate, shared) }),
    step(p, g, own, scalar) {
      const total = add(slot(own, 'square'), square(g))
      const root = rooted ? sqrt(add(total, epsilon)) : add(sqrt(total), epsilon)
      return { own: { square: total }, out: subtract(p, scaled(scalar('rate'), divide(g, root))) }
    },
  })
}

/** AdaGrad (Duchi, Hazan and Singer 2011): `G ↦ G + g²`, `p ↦ p − ε g / (√G + ϵ)`, as PyTorch has it. */
export function adagrad<const R extends Rate>(
  options: AdagradOptions<R>,
): Rule<{ adagrad: RateSlots<R, AdagradSlots> }, RatePorts<R>> {
  return adagradWith('adagrad', options, false)
}

/** AdaGrad with the guard inside the root: `p ↦ p − ε g / √(G + ϵ)`, as TensorFlow has it (there G starts at 0.1). */
export function rootedAdagrad<const R extends Rate>(
  options: AdagradOptions<R>,
): Rule<{ adagrad: RateSlots<R, AdagradSlots> }, RatePorts<R>> {
  return adagradWith('rootedAdagrad', { epsilon: 1e-7, initial: 0.1, ...options }, true)
}
