import { describe, expect, it } from 'vitest'
import {
  adagrad,
  adam,
  adamW,
  chain,
  clipByGlobalNorm,
  clipByValue,
  decayWeights,
  momentum,
  separableTransform,
  sgd,
} from '../../src/optimiser/index.js'
import { like, multiply } from '../../src/primitive/index.js'

describe('what is refused', () => {
  const scaled = separableTransform<{ adam: { seen: 'same' } }, object>({
    name: 'adam',
    own: { seen: (p) => like(p, 0) },
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (_, g) => ({ own: { seen: g }, out: multiply(2, g) }),
  })
  it.each<readonly [string, () => unknown]>([
    ['chain: two rules are called adam', () => chain(scaled, adam({ rate: 1 }) as never)],
    ['sgd: the rate -1 is not a number ≥ 0', () => sgd({ rate: -1 })],
    ['adam: the rate NaN is not a number ≥ 0', () => adam({ rate: Number.NaN })],
    ['adam: the beta1 1 is not in [0, 1)', () => adam({ rate: 1, beta1: 1 })],
    ['adamW: epsilon 1e-8 and decay -1 are not numbers ≥ 0', () => adamW({ rate: 1, decay: -1 })],
    ['momentum: the decay 1 is not in [0, 1)', () => momentum({ rate: 1, decay: 1 })],
    ['clipByValue: the bound 0 is not a number > 0', () => clipByValue(0)],
    ['clipByValue: the bound Infinity is not a number > 0', () => clipByValue(Infinity)],
    ['clipByGlobalNorm: the bound NaN is not a number > 0', () => clipByGlobalNorm(Number.NaN)],
    ['clipByGlobalNorm: the bound Infinity is not a number > 0', () => clipByGlobalNorm(Infinity)],
    ['decayWeights: -1 is not a number ≥ 0', () => decayWeights(-1)],
    ['adagrad: epsilon -1 and initial 0 are not numbers ≥ 0', () => adagrad({ rate: 1, epsilon: -1 })],
  ])('%s', (message, make) => {
    expect(make).toThrow(message)
  })
})
