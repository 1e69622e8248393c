import { crossEntropyError, halfSquareError, squareError } from '../../src/learn/functor/index.js'
import { binaryCrossEntropy, difference, earliest, losses, squaredError } from '../../src/loss/index.js'
import { bit, float64, int, objectOf, type Ob } from '../../src/object/index.js'
import { broadcast, equal, exp, iota, like, logSumExp, select, sigmoid, subtract } from '../../src/primitive/index.js'
import type { Algebra, Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import type { LawSet } from '../law/law.js'
import type { LossClaim } from '../part/loss-claim.js'
import { loss, type LossOptions } from '../part/loss.js'
import { claimRow, type ClaimRow } from './layer-claims.js'

const two = (dom: Ob, f: (x: Wire, y: Wire, algebra: Algebra) => Wire): Term =>
  diagram(objectOf(dom), (wires, algebra) => {
    const [x, y] = wires as [Wire, Wire]
    return [f(x, y, algebra)]
  })
const vectors: Ob = [float64(3), float64(3)]
/** 0, 1/16, …, 1. */
const probability = (n: number): number => (n % 17) / 16

/** What is said of each loss beyond its claims. */
const said: { readonly [name: string]: LossOptions } = {
  squaredError: {
    distance: squaredError,
    gradient: two(vectors, (y, x) => subtract(x, y)),
    inverse: two(vectors, (x, z) => subtract(x, z)),
  },
  difference: { distance: difference, value: [[3]] },
  earliest: { distance: earliest, value: [[3]] },
  binaryCrossEntropy: {
    distance: binaryCrossEntropy,
    label: probability,
    gradient: two(vectors, (y, x) => subtract(sigmoid(x), y)),
    inverse: two(vectors, (x, z) => subtract(sigmoid(x), z)),
  },
  softmaxCrossEntropy: {
    gradient: two([int(), float64(3)], (y, x, algebra) => {
      const softmax = exp(subtract(x, broadcast(logSumExp(x, 0), [0], [3])))
      const own = equal(iota(algebra, [3], 0), broadcast(y, [0], [3]))
      return subtract(softmax, select(own, like(x, 1), like(x, 0)))
    }),
  },
}

const row: typeof claimRow<LossClaim> = claimRow

/** The claims of every loss. */
export const lossRows: { readonly [name: string]: ClaimRow<LossClaim> } = {
  squaredError: row([
    'nonNegative',
    'zeroAtEqual',
    'zeroOnlyAtEqual',
    'symmetric',
    'translation',
    'convex',
    'additive',
    'invertible',
  ]),
  difference: row(['zeroAtEqual', 'zeroOnlyAtEqual', 'translation', 'convex']),
  earliest: row(['zeroAtEqual', 'zeroOnlyAtEqual', 'translation'], { convex: '67' }),
  binaryCrossEntropy: row(['nonNegative', 'zeroOnlyAtEqual', 'convex', 'additive', 'invertible']),
  softmaxCrossEntropy: row(['nonNegative', 'convex', 'shiftInvariant', 'gradientSumsToZero']),
}

/** The error functions of the functor L, with the inverse of `∂e/∂x(x, –)` that it needs. */
const errors: readonly LawSet[] = [
  loss('squareError', squareError, { claims: ['invertible', 'symmetric', 'translation', 'convex'] }),
  loss('halfSquareError', halfSquareError, { claims: ['invertible', 'symmetric', 'translation', 'convex'] }),
  loss('crossEntropyError', crossEntropyError, {
    claims: ['invertible', 'nonNegative', 'convex'],
    label: probability,
    prediction: (n) => (1 + (n % 15)) / 16,
  }),
]

/** The difference over bits, exclusive or, at all its points. */
const xor = loss('difference over bit', difference, {
  at: [bit(2)],
  value: [bit(2)],
  claims: ['zeroAtEqual', 'zeroOnlyAtEqual', 'symmetric', 'translation'],
})

/** The laws of every loss with the claims of {@link lossRows}, of the error functions, and of exclusive or. */
export function lossLaws(): readonly LawSet[] {
  const all = Object.entries(losses).map(([name, one]) =>
    loss(name, one, { ...said[name], claims: lossRows[name]?.holds ?? [] }),
  )
  return [...all, ...errors, xor]
}
