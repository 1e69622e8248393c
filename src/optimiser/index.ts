import { adagrad, rootedAdagrad } from './adagrad.js'
import { adam, adamHat, adamW, amsgrad, amsgradCorrected, amsgradRaw } from './adam.js'
import { chain } from './chain.js'
import { plain, sgd } from './descend.js'
import { dampedMomentum, momentum, nesterov, shiftedNesterov } from './momentum.js'
import type { AnyMove } from './move.js'
import { clipByGlobalNorm, clipByValue, decayWeights } from './transform.js'

const any = (move: unknown): AnyMove => move as AnyMove

/** Every optimiser, at one choice of its options; the contract tests loop over the list. */
export const optimisers: { readonly [name: string]: AnyMove } = {
  plain: any(plain()),
  sgd: any(sgd({ rate: 1 / 8 })),
  momentum: any(momentum({ rate: 1 / 8, decay: 1 / 2 })),
  dampedMomentum: any(dampedMomentum({ rate: 1 / 8, decay: 1 / 2, dampening: 1 / 4 })),
  nesterov: any(nesterov({ rate: 1 / 8, decay: 1 / 2 })),
  shiftedNesterov: any(shiftedNesterov({ rate: 1 / 8, decay: 1 / 2 })),
  adagrad: any(adagrad({ rate: 1 / 8 })),
  rootedAdagrad: any(rootedAdagrad({ rate: 1 / 8 })),
  adam: any(adam({ rate: 1e-3 })),
  adamW: any(adamW({ rate: 1e-3, decay: 0.01 })),
  adamHat: any(adamHat({ rate: 1e-3 })),
  amsgrad: any(amsgrad({ rate: 1e-3 })),
  amsgradRaw: any(amsgradRaw({ rate: 1e-3 })),
  amsgradCorrected: any(amsgradCorrected({ rate: 1e-3 })),
  'decayWeights, sgd': any(chain(decayWeights(1 / 4), sgd({ rate: 1 / 8 }))),
  'clipByValue, sgd': any(chain(clipByValue(1), sgd({ rate: 1 / 8 }))),
  'clipByGlobalNorm, adam': any(chain(clipByGlobalNorm(1), adam({ rate: 1e-3 }))),
}

export * from './adagrad.js'
export * from './adam.js'
export * from './chain.js'
export { plain, sgd, type DescentSlots } from './descend.js'
export * from './lens.js'
export {
  dampedMomentum,
  momentum,
  nesterov,
  shiftedNesterov,
  type MomentumOptions,
  type MomentumSlots,
} from './momentum.js'
export type * from './move.js'
export { environmentOf, slotTypes, wiresOf } from './move.js'
export {
  separableRule,
  separableTransform,
  type Rate,
  type RatePorts,
  type RateSlots,
  type Scalar,
  type Separable,
  type Shared,
} from './separable.js'
export * from './transform.js'
