import {
  adagrad,
  adam,
  adamHat,
  adamW,
  amsgrad,
  amsgradCorrected,
  amsgradRaw,
  chain,
  clipByGlobalNorm,
  clipByValue,
  dampedMomentum,
  decayWeights,
  momentum,
  nesterov,
  optimisers,
  plain,
  rootedAdagrad,
  sgd,
  shiftedNesterov,
  votes,
  within,
  type Rate,
} from '../../src/optimiser/index.js'
import type { OptimiserClaim } from '../part/optimiser-claim.js'
import type { LawSet } from '../law/law.js'
import { optimiser, type AnyRule } from '../part/optimiser.js'
import { equalOptimisers, rateLaws } from './equal-optimiser.js'

/** An optimiser of the zoo by its rate, where it has one, and what it claims. */
export interface Claiming {
  readonly rule: AnyRule | ((rate: Rate) => AnyRule)
  readonly claims: readonly OptimiserClaim[]
}

const of = (rule: Claiming['rule'], ...claims: readonly OptimiserClaim[]): Claiming => ({ rule, claims })

const linear = [
  'fixedAtStart',
  'product',
  'permutation',
  'reflection',
  'orthogonal',
  'translation',
  'gradientEquivariant',
  'rateLinear',
  'descent',
] as const
const root = ['fixedAtStart', 'product', 'permutation', 'reflection', 'translation', 'rateLinear', 'descent'] as const
const adaptive = [...root, 'gradientInvariantUpToEpsilon'] as const
const still = ['fixedAnywhere', 'boundedByRate'] as const

/** Every optimiser of the zoo, with exactly the claims that hold of it. */
export const optimiserTable: { readonly [name: string]: Claiming } = {
  plain: of(plain(), ...linear.filter((c) => c !== 'rateLinear' && c !== 'descent'), 'fixedAnywhere'),
  sgd: of((rate) => sgd({ rate }), ...linear, 'fixedAnywhere'),
  momentum: of((rate) => momentum({ rate, decay: 1 / 2 }), ...linear),
  dampedMomentum: of((rate) => dampedMomentum({ rate, decay: 1 / 2, dampening: 1 / 4 }), ...linear),
  nesterov: of((rate) => nesterov({ rate, decay: 1 / 2 }), ...linear),
  shiftedNesterov: of((rate) => shiftedNesterov({ rate, decay: 1 / 2 }), ...linear),
  adagrad: of((rate) => adagrad({ rate }), ...adaptive, ...still),
  rootedAdagrad: of((rate) => rootedAdagrad({ rate }), ...root, ...still),
  adam: of((rate) => adam({ rate }), ...adaptive),
  adamW: of(
    (rate) => adamW({ rate, decay: 0.01 }),
    'product',
    'permutation',
    'reflection',
    'gradientInvariantUpToEpsilon',
    'descent',
  ),
  adamHat: of((rate) => adamHat({ rate }), ...adaptive),
  amsgrad: of((rate) => amsgrad({ rate }), ...adaptive),
  amsgradRaw: of((rate) => amsgradRaw({ rate }), ...adaptive),
  amsgradCorrected: of((rate) => amsgradCorrected({ rate }), ...adaptive),
  'decayWeights, sgd': of(
    (rate) => chain(decayWeights(1 / 4), sgd({ rate })),
    'product',
    'permutation',
    'reflection',
    'orthogonal',
    'descent',
  ),
  'clipByValue, sgd': of((rate) => chain(clipByValue(1), sgd({ rate })), ...root, ...still),
  'clipByGlobalNorm, adam': of(
    (rate) => chain(clipByGlobalNorm(1), adam({ rate })),
    ...root.filter((c) => c !== 'product'),
  ),
  'adam, within': of(
    (rate) => within(adam({ rate }), 0, 1),
    'product',
    'permutation',
    'gradientInvariantUpToEpsilon',
    'descent',
  ),
  votes: of(votes({ bound: 4 }), 'fixedAnywhere', 'product', 'permutation'),
}

/** The laws of every optimiser of the zoo and of its rate; one that the table lacks has its core laws. */
export function optimiserLaws(): readonly LawSet[] {
  return [
    ...Object.keys({ ...optimisers, ...optimiserTable }).flatMap((name) => {
      const { rule, claims } = optimiserTable[name] ?? { rule: optimisers[name] as AnyRule, claims: [] }
      const rates = typeof rule === 'function' ? [rateLaws(name, rule)] : []
      return [optimiser(name, rule, { claims }), ...rates]
    }),
    equalOptimisers(),
  ]
}
