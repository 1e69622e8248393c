import { equalOptimisers, rateLaws, type Named } from '../../../laws/catalogue/equal-optimiser.js'
import type { OptimiserClaim } from '../../../laws/part/optimiser-claim.js'
import { optimiser, type AnyRule, type RuleOf } from '../../../laws/part/optimiser.js'
import {
  adam,
  adamW,
  before,
  chain,
  clipByGlobalNorm,
  clipByValue,
  decayWeights,
  momentum,
  nesterov,
  rootedAdagrad,
  separableRule,
  separableTransform,
  sgd,
  shiftedNesterov,
  type Empty,
  type Rate,
  type Separable,
} from '../../../src/optimiser/index.js'
import {
  add,
  cast,
  concat,
  divide,
  exp,
  iota,
  like,
  multiply,
  relu,
  sign,
  slice,
  sqrt,
  square,
  subtract,
} from '../../../src/primitive/index.js'
import { spread } from '../../../src/optimiser/separable.js'
import type { Wire } from '../../../src/structure/index.js'
import type { Mutant } from './mutant.js'
import { by, changed, coreMistakes, rule } from './optimiser-core.js'

const rate = 1 / 8
const halves = separableTransform<Empty, Empty>({
  name: 'halves',
  own: {},
  counts: false,
  ports: {},
  scalars: () => ({}),
  step: (_, g) => ({ own: {}, out: multiply(1 / 2, g) }),
})
/** `gᵢ ↦ gᵢ₋₁ + 2gᵢ + gᵢ₊₁` around a vector. */
function smooth(g: Wire): Wire {
  const [n = 0, ...rest] = g.type.shape
  if (n < 2 || rest.length > 0) return g
  const turned = (k: number): Wire => concat([slice(g, [k], [n - k]), slice(g, [0], [k])], 0)
  return add(multiply(2, g), add(turned(1), turned(n - 1)))
}

/** Adam as Example 3.18 prints it: the corrected moments are stored, and corrected again. */
export const storesCorrected: Separable = {
  name: 'adam',
  own: { mean: (p) => like(p, 0), square: (p) => like(p, 0) },
  counts: true,
  ports: {},
  scalars: ({ before }) => {
    const t = add(before.get('count') as Wire, 1)
    const corrected = (beta: number): Wire => subtract(1, exp(multiply(Math.log(beta), t)))
    return { first: corrected(0.9), second: corrected(0.999) }
  },
  step(p, g, own, scalar) {
    const over = (x: Wire, name: string): Wire => divide(x, spread(scalar(name), x))
    const m = over(add(multiply(0.9, own.get('mean') as Wire), multiply(0.1, g)), 'first')
    const v = over(add(multiply(0.999, own.get('square') as Wire), multiply(0.001, square(g))), 'second')
    return { own: { mean: m, square: v }, out: subtract(p, divide(multiply(rate, m), add(sqrt(v), 1e-8))) }
  },
}

const claims: { readonly [C in OptimiserClaim]: readonly [string, RuleOf] } = {
  fixedAtStart: ['descent that begins with a push', rule((p, g) => subtract(p, by(rate, add(g, 1))))],
  fixedAnywhere: ['momentum said to rest where the gradient does', momentum({ rate, decay: 1 / 2 })],
  product: ['a clip by the norm of all gradients together', chain(clipByGlobalNorm(1), sgd({ rate }))],
  permutation: [
    'a rate that grows along a tensor',
    rule((p, g) => {
      const [n] = p.type.shape
      return n === undefined
        ? subtract(p, g)
        : subtract(p, multiply(add(1, cast(iota(g.algebra, g.type.shape, 0), g.type.dtype)), g))
    }),
  ],
  reflection: ['descent that hears positive gradients only', rule((p, g) => subtract(p, by(rate, relu(g))))],
  orthogonal: ['descent by the sign of each entry', rule((p, g) => subtract(p, by(rate, sign(g))))],
  translation: ['descent with a decay of the weights', rule((p, g) => subtract(multiply(3 / 4, p), by(rate, g)))],
  gradientEquivariant: ['descent with a clip', chain(clipByValue(1), sgd({ rate }))],
  gradientInvariant: [
    'descent by the sign, and a little of the gradient',
    rule((p, g) => subtract(p, add(sign(g), by(rate, g)))),
  ],
  gradientInvariantUpToEpsilon: ['an accumulator that begins at 0.1', rootedAdagrad({ rate })],
  rateLinear: ['the rate squared', (r) => sgd({ rate: r * r })],
  boundedByRate: ['the sign, twice', (r) => rule((p, g) => subtract(p, by(2 * r, sign(g))))],
  descent: ['ascent', (r) => rule((p, g) => add(p, by(r, g)))],
}

const equal: readonly (readonly [string, string, Partial<Named>])[] = [
  ['an Adam that stores corrected moments', 'steady gradients', { adam: separableRule(storesCorrected) }],
  [
    'a Nesterov whose get forgets to look ahead',
    'the look-ahead point',
    { nesterov: (decay) => changed(nesterov({ rate, decay }), () => ({ get: (_, p) => p })) },
  ],
  [
    'a Nesterov that decays at least by half',
    'nesterov without decay = sgd',
    { nesterov: (d) => nesterov({ rate, decay: Math.max(1 / 2, d) }) },
  ],
  [
    'momentum that decays at least by half',
    'momentum without decay = sgd',
    { momentum: (d) => momentum({ rate, decay: Math.max(1 / 2, d) }) },
  ],
  ['momentum of the sign s′ = −γs + g, as Example 3.15 prints it', 'the velocity', { momentum: (d) => mirrored(d) }],
  ['a shifted Nesterov without the second μ', 'the look-ahead point', { shifted: (d) => momentum({ rate, decay: d }) }],
  [
    'an AdamW that decays more than it is asked to',
    'adamW without decay = adam',
    { adamW: (d) => adamW({ rate, decay: d + 1 / 4 }) },
  ],
  ['an AdamW whose decay is coupled', 'decoupled decay', { adamW: (d) => chain(decayWeights(d), adam({ rate })) }],
  [
    'weights that decay unasked',
    'decayWeights by 0, sgd = sgd',
    { decayed: (d) => chain(decayWeights(d + 1 / 4), sgd({ rate })) },
  ],
  ['a decay by half of what it says', 'coupled decay', { decayed: (d) => chain(decayWeights(d / 2), sgd({ rate })) }],
  [
    'a clip that reaches',
    'a clip that nothing reaches, sgd = sgd',
    { byValue: chain(clipByValue(1 / 4), sgd({ rate })) },
  ],
  [
    'a clip by value for one by norm',
    'a norm that nothing reaches, adam = adam',
    { byNorm: chain(clipByValue(1 / 4), adam({ rate })) },
  ],
  [
    'a shifted Nesterov that decays at least by half',
    'shiftedNesterov without decay = sgd',
    { shifted: (d) => shiftedNesterov({ rate, decay: Math.max(1 / 2, d) }) },
  ],
  [
    'two transforms put together the other way round',
    'chains associate',
    {
      chains: [
        chain(before(halves, clipByValue(1)), sgd({ rate })),
        chain(clipByValue(1), chain(halves, sgd({ rate }))),
      ],
    },
  ],
]

const rates: readonly (readonly [string, string, (r: Rate) => AnyRule])[] = [
  [
    'a schedule at twice its number',
    'a constant schedule = its number',
    (r) => sgd({ rate: typeof r === 'object' && 'at' in r ? { ...r, at: (t) => multiply(2, r.at(t)) } : r }),
  ],
  [
    'a port that is not read',
    'a port = the number it is given',
    (r) => sgd({ rate: typeof r === 'object' && 'port' in r ? rate / 2 : r }),
  ],
]

/** Optimisers with a mistake. */
export const optimiserMutants: readonly Mutant[] = [
  ...coreMistakes.map(([mistake, law, mistaken]) => ({
    mistake,
    sets: () => [optimiser('mistaken', mistaken)],
    killedBy: `optimiser/${law}`,
  })),
  {
    mistake: 'a gradient smoothed along a tensor, which its reversal does not show',
    sets: () => [
      optimiser(
        'mistaken',
        rule((p, g) => subtract(p, smooth(g))),
        { claims: ['permutation'] },
      ),
    ],
    killedBy: 'optimiser/permutation',
  },
  {
    mistake: 'a clip before Adam said to be invariant, which one step does not show',
    sets: () => [
      optimiser('mistaken', chain(clipByGlobalNorm(1), adam({ rate })), { claims: ['gradientInvariantUpToEpsilon'] }),
    ],
    killedBy: 'optimiser/gradientInvariantUpToEpsilon',
  },
  {
    mistake: 'a rate that doubles with its double and not with its triple',
    sets: () => [
      optimiser('mistaken', (r: number) => sgd({ rate: 2 ** Math.floor(Math.log2(r)) }), { claims: ['rateLinear'] }),
    ],
    killedBy: 'optimiser/rateLinear',
  },
  ...rates.map(([mistake, law, family]) => ({
    mistake,
    sets: () => [rateLaws('mistaken', family)],
    killedBy: `rate/${law}`,
  })),
  ...Object.entries(claims).map(([claim, [mistake, mistaken]]) => ({
    mistake,
    sets: () => [optimiser('mistaken', mistaken, { claims: [claim as OptimiserClaim] })],
    killedBy: `optimiser/${claim}`,
  })),
  ...equal.map(([mistake, law, given]) => ({
    mistake,
    sets: () => [equalOptimisers(given)],
    killedBy: `equal optimisers/${law}`,
  })),
]

/** `v ↦ −μv + g`. */
function mirrored(decay: number): AnyRule {
  return separableRule({
    name: 'momentum',
    own: { velocity: (p) => like(p, 0) },
    counts: false,
    ports: {},
    scalars: () => ({}),
    step(p, g, own) {
      const velocity = subtract(g, multiply(decay, own.get('velocity') as Wire))
      return { own: { velocity }, out: subtract(p, by(rate, velocity)) }
    },
  })
}
