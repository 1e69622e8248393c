import { add, divide, like, maximum, multiply, reciprocal, sqrt, square, subtract } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { slot } from './descend.js'
import { checkDecay } from './momentum.js'
import type { Count, Rule } from './move.js'
import {
  checkedRate,
  correction,
  rateOf,
  ratePorts,
  scaled,
  separableRule,
  spread,
  wire,
  type Rate,
  type RatePorts,
  type Scalar,
  type Separable,
  type Shared,
} from './separable.js'

/** What Adam keeps: raw moments, and the counter from which their corrections are computed. */
export interface AdamSlots extends Count {
  mean: 'same'
  square: 'same'
}
/** What AMSGrad keeps beside. */
export interface AmsgradSlots extends AdamSlots {
  largest: 'same'
}
/** Options of Adam: the rate ε, the decays β₁ and β₂ of the moments, the guard ϵ. */
export interface AdamOptions<R extends Rate> {
  readonly rate: R
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
}

/** The steps that the variants of Adam share, given how they scale: `out(p, m, v, scalars)`. */
interface Variant {
  readonly name: string
  readonly largest?: boolean
  readonly scalars: (rate: Scalar, c1: Wire, c2: Wire, epsilon: number) => { readonly [name: string]: Scalar }
  readonly step: (
    moments: Moments,
    scalar: (name: string) => Scalar,
    epsilon: number,
  ) => { readonly direction: Wire; readonly largest?: Wire }
}
interface Moments {
  readonly m: Wire
  readonly v: Wire
  readonly largest?: Wire
}

const times = (a: Scalar, b: Wire): Wire => multiply(a, b)

function adamLike<R extends Rate>(options: AdamOptions<R>, variant: Variant, decay: number): Separable {
  const { rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options
  const { name } = variant
  checkedRate(name, rate)
  checkDecay(name, 'beta1', beta1)
  checkDecay(name, 'beta2', beta2)
  if (!(epsilon >= 0 && decay >= 0))
    throw new TypeError(`${name}: epsilon ${epsilon} and decay ${decay} are not numbers ≥ 0`)
  const scalarsOf = (shared: Shared): { readonly [name: string]: Scalar } => {
    const count = wire(shared.before, 'count')
    const r = rateOf(rate, shared)
    const kept = decay === 0 ? 1 : typeof r === 'number' ? 1 - r * decay : subtract(1, multiply(decay, r))
    return { ...variant.scalars(r, correction(beta1, count), correction(beta2, count), epsilon), kept }
  }
  return {
    name: 'adam',
    own: {
      mean: (p) => like(p, 0),
      square: (p) => like(p, 0),
      ...(variant.largest === true ? { largest: (p: Wire) => like(p, 0) } : {}),
    },
    counts: true,
    ports: ratePorts(rate),
    scalars: scalarsOf,
    step(p, g, own, scalar) {
      const m = add(multiply(beta1, slot(own, 'mean')), multiply(1 - beta1, g))
      const v = add(multiply(beta2, slot(own, 'square')), multiply(1 - beta2, square(g)))
      const { direction, largest } = variant.step(
        { m, v, ...(variant.largest === true ? { largest: slot(own, 'largest') } : {}) },
        scalar,
        epsilon,
      )
      const from = decay === 0 ? p : scaled(scalar('kept'), p)
      return {
        own: { mean: m, square: v, ...(largest === undefined ? {} : { largest }) },
        out: subtract(from, direction),
      }
    },
  }
}

/** `ε / c₁`, the step of the corrected mean. */
const corrected = (rate: Scalar, c1: Wire): Wire => times(rate, reciprocal(c1))
const outside = (root: Wire, epsilon: number): Wire => add(root, epsilon)

const standard = (name: string): Variant => ({
  name,
  scalars: (rate, c1, c2, epsilon) => ({
    step: multiply(corrected(rate, c1), sqrt(c2)),
    guard: multiply(epsilon, sqrt(c2)),
  }),
  step: ({ m, v }, scalar) => ({
    direction: divide(scaled(scalar('step'), m), add(sqrt(v), spread(scalar('guard'), v))),
  }),
})

/**
 * Adam (Kingma and Ba 2015, Algorithm 1): `p ↦ p − ε (m/c₁) / (√(v/c₂) + ϵ)` with cᵢ = 1 − βᵢᵗ, computed as
 * `p − (ε√c₂/c₁) m / (√v + ϵ√c₂)`, which is the same number with one operation less a tensor.
 */
export function adam<const R extends Rate>(options: AdamOptions<R>): Rule<{ adam: AdamSlots }, RatePorts<R>> {
  return separableRule(adamLike(options, standard('adam'), 0))
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019) as PyTorch has it: `p ↦ (1 − ελ)p − Adam's step`. */
export function adamW<const R extends Rate>(
  options: AdamOptions<R> & { readonly decay: number },
): Rule<{ adam: AdamSlots }, RatePorts<R>> {
  return separableRule(adamLike(options, standard('adamW'), options.decay))
}

/** Adam with the guard of the end of section 2 of the paper: `p ↦ p − ε (√c₂/c₁) m / (√v + ϵ̂)`; another function than adam. */
export function adamHat<const R extends Rate>(options: AdamOptions<R>): Rule<{ adam: AdamSlots }, RatePorts<R>> {
  const variant: Variant = {
    name: 'adamHat',
    scalars: (rate, c1, c2) => ({ step: multiply(corrected(rate, c1), sqrt(c2)) }),
    step: ({ m, v }, scalar, epsilon) => ({ direction: divide(scaled(scalar('step'), m), outside(sqrt(v), epsilon)) }),
  }
  return separableRule(adamLike(options, variant, 0))
}

/** AMSGrad as PyTorch has it: the largest raw v, corrected after: `√(max v / c₂) + ϵ`. */
export function amsgradRaw<const R extends Rate>(options: AdamOptions<R>): Rule<{ adam: AmsgradSlots }, RatePorts<R>> {
  const variant: Variant = {
    name: 'amsgradRaw',
    largest: true,
    scalars: (rate, c1, c2) => ({ step: corrected(rate, c1), root: reciprocal(sqrt(c2)) }),
    step({ m, v, largest = v }, scalar, epsilon) {
      const top = maximum(largest, v)
      return {
        largest: top,
        direction: divide(scaled(scalar('step'), m), outside(scaled(scalar('root'), sqrt(top)), epsilon)),
      }
    },
  }
  return separableRule(adamLike(options, variant, 0))
}

/** AMSGrad as printed (Reddi, Kale and Kumar 2018, Algorithm 2): no corrections, `p ↦ p − ε m / (√max v + ϵ)`; the paper has no ϵ. */
export function amsgrad<const R extends Rate>(options: AdamOptions<R>): Rule<{ adam: AmsgradSlots }, RatePorts<R>> {
  const variant: Variant = {
    name: 'amsgrad',
    largest: true,
    scalars: (rate) => ({ step: rate }),
    step({ m, v, largest = v }, scalar, epsilon) {
      const top = maximum(largest, v)
      return { largest: top, direction: divide(scaled(scalar('step'), m), outside(sqrt(top), epsilon)) }
    },
  }
  return separableRule(adamLike(options, variant, 0))
}

/** AMSGrad as optax has it: the largest corrected v/c₂. */
export function amsgradCorrected<const R extends Rate>(
  options: AdamOptions<R>,
): Rule<{ adam: AmsgradSlots }, RatePorts<R>> {
  const variant: Variant = {
    name: 'amsgradCorrected',
    largest: true,
    scalars: (rate, c1, c2) => ({ step: corrected(rate, c1), square: reciprocal(c2) }),
    step({ m, v, largest = v }, scalar, epsilon) {
      const top = maximum(largest, scaled(scalar('square'), v))
      return { largest: top, direction: divide(scaled(scalar('step'), m), outside(sqrt(top), epsilon)) }
    },
  }
  return separableRule(adamLike(options, variant, 0))
}
