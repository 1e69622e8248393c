import { equalOptimisers, type Named } from '../../../laws/catalogue/equal-optimiser.js'
import type { OptimiserClaim } from '../../../laws/part/optimiser-claim.js'
import { optimiser, type AnyRule } from '../../../laws/part/optimiser.js'
import {
  adam,
  adamW,
  chain,
  clipByValue,
  decayWeights,
  momentum,
  nesterov,
  rootedAdagrad,
  separableRule,
  sgd,
  type AnyMove,
  type Separable,
} from '../../../src/optimiser/index.js'
import {
  add,
  constant,
  divide,
  exp,
  cast,
  iota,
  like,
  multiply,
  relu,
  sign,
  sqrt,
  square,
  subtract,
} from '../../../src/primitive/index.js'
import { spread } from '../../../src/optimiser/separable.js'
import { constantRate } from '../../../src/schedule/index.js'
import type { Wire } from '../../../src/structure/index.js'
import type { Mutant } from './mutant.js'

const rate = 1 / 8
/** A rule that keeps nothing, from its step on one tensor. */
const rule = (step: (p: Wire, g: Wire) => Wire): AnyRule =>
  separableRule({
    name: 'mistaken',
    own: {},
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (p, g) => ({ own: {}, out: step(p, g) }),
  })
/** A move with parts replaced. */
const changed = (move: unknown, parts: (move: AnyMove) => Partial<AnyMove>): AnyRule => {
  const whole = move as AnyMove
  return { ...whole, ...parts(whole) }
}
const by = (r: number, g: Wire): Wire => multiply(r, g)

/** Adam as Example 3.18 prints it: the corrected moments are stored, and corrected again. */
const storesCorrected: Separable = {
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

let built = 0
const core: readonly (readonly [string, string, AnyRule | ((r: number) => AnyRule)])[] = [
  [
    'a rule that counts in a variable of its own how often it was built',
    'one term',
    changed(sgd({ rate }), (m) => ({
      put: (s, p, g, q) => {
        built += 1
        const { state, out } = m.put(s, p, g, q)
        return { state, out: out.map((w) => multiply(built, w)) }
      },
    })),
  ],
  [
    'a first velocity that is a scalar whatever the parameter',
    'types',
    changed(momentum({ rate }), () => ({
      init: (p, algebra) =>
        new Map([['momentum', new Map([['velocity', p.map((w) => constant(algebra, 0, w.type.dtype, []))]])]]),
    })),
  ],
  [
    'a counter that runs where nothing is learned',
    'no parameters',
    changed(adam({ rate }), (m) => ({
      put: (s, p, g, q) => {
        const count = s.get('adam')?.get('count') ?? []
        const slots = new Map([...(s.get('adam') ?? []), ['count', count.map((c) => add(c, 1))] as const])
        return p.length > 0 ? m.put(s, p, g, q) : { state: new Map([['adam', slots]]), out: [] }
      },
    })),
  ],
  [
    'a rule that moves the first parameter twice as far',
    'names',
    changed(sgd({ rate }), (m) => ({
      put: (s, p, g, q) =>
        m.put(
          s,
          p,
          g.map((w, i) => (i === 0 ? multiply(2, w) : w)),
          q,
        ),
    })),
  ],
  [
    'a rule with another rate in float32',
    'float32',
    rule((p, g) => subtract(p, by(p.type.dtype === 'float32' ? rate / 2 : rate, g))),
  ],
]

const claims: { readonly [C in OptimiserClaim]: readonly [string, AnyRule | ((r: number) => AnyRule)] } = {
  fixedAtStart: ['descent that begins with a push', rule((p, g) => subtract(p, by(rate, add(g, 1))))],
  fixedAnywhere: ['momentum said to rest where the gradient does', momentum({ rate, decay: 1 / 2 })],
  product: [
    'a rule that moves parameters by the gradient of the first',
    changed(sgd({ rate }), (m) => ({
      put: (s, p, g, q) =>
        m.put(
          s,
          p,
          g.map((w, i) => (i === 0 ? w : multiply(2, w))),
          q,
        ),
    })),
  ],
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
    'a schedule at twice its number',
    'a constant schedule = its number',
    { scheduled: sgd({ rate: constantRate(2 * rate) }) },
  ],
  ['a port that is not read', 'a port = the number it is given', { steered: sgd({ rate: rate / 2 }) }],
]

/** Optimisers with a mistake. */
export const optimiserMutants: readonly Mutant[] = [
  ...core.map(([mistake, law, mistaken]) => ({
    mistake,
    sets: () => [optimiser('mistaken', mistaken)],
    killedBy: `optimiser/${law}`,
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
