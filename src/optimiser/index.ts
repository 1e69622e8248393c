import { adagrad, rootedAdagrad } from './adagrad.js'
import { adam, adamHat, adamW, amsgrad, amsgradCorrected, amsgradRaw } from './adam.js'
import { chain } from './chain.js'
import { plain, sgd } from './descend.js'
import { dampedMomentum, momentum, nesterov, shiftedNesterov } from './momentum.js'
import type { AnyMove } from './move.js'
import { clipByGlobalNorm, clipByValue, decayWeights } from './transform.js'
import { votes } from './votes.js'
import { within } from './within.js'

const untyped = (move: unknown): AnyMove => move as AnyMove

/** Every optimiser, at one choice of its options; the contract tests loop over the list. */
export const optimisers: { readonly [name: string]: AnyMove } = {
  plain: untyped(plain()),
  sgd: untyped(sgd({ rate: 1 / 8 })),
  momentum: untyped(momentum({ rate: 1 / 8, decay: 1 / 2 })),
  dampedMomentum: untyped(dampedMomentum({ rate: 1 / 8, decay: 1 / 2, dampening: 1 / 4 })),
  nesterov: untyped(nesterov({ rate: 1 / 8, decay: 1 / 2 })),
  shiftedNesterov: untyped(shiftedNesterov({ rate: 1 / 8, decay: 1 / 2 })),
  adagrad: untyped(adagrad({ rate: 1 / 8 })),
  rootedAdagrad: untyped(rootedAdagrad({ rate: 1 / 8 })),
  adam: untyped(adam({ rate: 1e-3 })),
  adamW: untyped(adamW({ rate: 1e-3, decay: 0.01 })),
  adamHat: untyped(adamHat({ rate: 1e-3 })),
  amsgrad: untyped(amsgrad({ rate: 1e-3 })),
  amsgradRaw: untyped(amsgradRaw({ rate: 1e-3 })),
  amsgradCorrected: untyped(amsgradCorrected({ rate: 1e-3 })),
  'decayWeights, sgd': untyped(chain(decayWeights(1 / 4), sgd({ rate: 1 / 8 }))),
  'clipByValue, sgd': untyped(chain(clipByValue(1), sgd({ rate: 1 / 8 }))),
  'clipByGlobalNorm, adam': untyped(chain(clipByGlobalNorm(1), adam({ rate: 1e-3 }))),
  'adam, within': untyped(within(adam({ rate: 1e-3 }), 0, 1)),
  votes: untyped(votes({ bound: 4 })),
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
export { votes, type VotesSlots } from './votes.js'
export { within } from './within.js'
