import { binaryCrossEntropy, squaredError, type Distance, type UntypedLoss } from '../../../src/loss/index.js'
import { halfSquareError, squareError } from '../../../src/learn/functor/index.js'
import { float64, objectOf, product } from '../../../src/object/index.js'
import {
  abs,
  add,
  bespoke,
  broadcast,
  log,
  multiply,
  negate,
  sin,
  subtract,
  sum,
  tanh,
} from '../../../src/primitive/index.js'
import type { OpticRule, Wire } from '../../../src/structure/index.js'
import { box, diagram } from '../../../src/term/index.js'
import { loss, type LossOptions } from '../../../laws/part/loss.js'
import type { LossClaim } from '../../../laws/part/loss-claim.js'
import type { Mutant } from './mutant.js'
import { on, wrong } from './operation.js'

const total = (x: Wire): Wire =>
  sum(
    x,
    x.type.shape.map((_, i) => i),
  )
/** `Σ f(x − y)`. */
const entrywise = (f: (d: Wire) => Wire, name = 'mutant'): Distance => ({
  distance: name,
  body: (label, prediction) => [total(f(subtract(prediction[0] as Wire, label[0] as Wire)))],
})
const between = (f: (y: Wire, x: Wire) => Wire): Distance => ({
  distance: 'mutant',
  body: ([y], [x]) => [total(f(y as Wire, x as Wire))],
})
const square = (d: Wire): Wire => multiply(d, d)

const core = (mistake: string, law: string, made: () => Distance | UntypedLoss, options: LossOptions = {}): Mutant => ({
  mistake,
  sets: () => [loss('mutant', made(), options)],
  killedBy: `loss/${law}`,
})
const claimed = (claim: LossClaim, mistake: string, made: () => Distance, options: LossOptions = {}): Mutant => ({
  mistake: `${mistake} claims to be ${claim}`,
  sets: () => [loss('mutant', made(), { ...options, claims: [claim] })],
  killedBy: `loss/${claim}`,
})

/** Half the squared error as a box whose optic has twice the gradient. */
function doubled(): UntypedLoss {
  const b = objectOf([[3]])
  const term = diagram(product(b, b), ([y, x]) => [multiply(0.5, total(square(subtract(x as Wire, y as Wire))))])
  const optic = bespoke(
    (inputs) => inputs,
    (_, [y, x], dy) => {
      const d = multiply(subtract(x as Wire, y as Wire), broadcast(dy, [0], [3]))
      return [negate(d), multiply(2, d)]
    },
  ) as OpticRule
  return { name: 'doubled', output: [[3]], label: [[3]], term: box('doubled', term, optic) }
}

const vectors = objectOf([float64(3), float64(3)])
const minus = on(wrong.commuting)

/** Losses with a mistake, and losses that claim what does not hold of them. */
export const lossMutants: readonly Mutant[] = [
  core('a loss that answers its entries and says a scalar', 'types', () => ({
    distance: 'entries',
    body: ([y], [x]) => [subtract(x as Wire, y as Wire)],
  })),
  core('a loss that takes the logarithm of −(x − y)²', 'numbers', () => entrywise((d) => log(negate(square(d))))),
  core('a loss that counts its calls', 'determinism', () => entrywise(on(wrong.counting))),
  core('a difference that is said to commute', 'normal form', () =>
    between((y, x) => multiply(minus(x, y), add(minus(y, x), x))),
  ),
  core('a cotangent with an axis more', 'types of gradients', () => between((_, x) => on(wrong.misshapen)(x))),
  core('a backward that ignores its cotangent', 'zero cotangent', () => entrywise(on(wrong.ignoring))),
  core('a backward that squares its cotangent', 'RD.2', () => entrywise(on(wrong.squaring))),
  core('a squared error with half its derivative', 'dot test', () => entrywise(on(wrong.half))),
  core('a derivative that is constant to the next', 'second derivatives', () => entrywise(on(wrong.flat))),
  core('a box whose optic doubles the gradient of the prediction', 'boxes opened', doubled),
  core('a batching rule that shares the first example', 'batch', () => entrywise(on(wrong.sharing))),
  core('a batching rule whose derivative is another', 'gradient of a batch', () => entrywise(on(wrong.forgetting))),
  core('a squared error whose factor ½ is forgotten', 'closed form', () => entrywise(square), {
    gradient: diagram(vectors, ([y, x]) => [subtract(x as Wire, y as Wire)]),
  }),
  claimed('nonNegative', 'a sum of deviations with their sign', () => entrywise((d) => d)),
  claimed('zeroAtEqual', 'a cross-entropy', () => binaryCrossEntropy),
  claimed('zeroOnlyAtEqual', 'an error that is always 0', () =>
    between((y, x) => multiply(subtract(x, y), multiply(0, x))),
  ),
  claimed('symmetric', 'an error relative to the label', () => between((y, x) => multiply(square(subtract(x, y)), y))),
  claimed('translation', 'an error relative to the label', () =>
    between((y, x) => multiply(square(subtract(x, y)), y)),
  ),
  claimed('convex', 'a saturating error', () => entrywise((d) => square(tanh(d)))),
  claimed('additive', 'the square of the sum of deviations', () => ({
    distance: 'sum',
    body: (label, prediction) => {
      const all = prediction.map((x, i) => total(subtract(x, label[i] as Wire)))
      return [square(all.reduce((a, b) => add(a, b)))]
    },
  })),
  claimed('invertible', 'an absolute error', () => entrywise(abs)),
  claimed('invertible', 'a squared error with the inverse of another', () => squaredError, {
    inverse: diagram(vectors, ([x, z]) => [subtract(x as Wire, multiply(0.5, z as Wire))]),
  }),
  {
    mistake: 'an error function with the inverse of another claims to be invertible',
    sets: () => [loss('mutant', { ...squareError, inverse: halfSquareError.inverse }, { claims: ['invertible'] })],
    killedBy: 'loss/invertible',
  },
  claimed('shiftInvariant', 'a squared error', () => squaredError),
  claimed('gradientSumsToZero', 'an error of the sines', () => entrywise((d) => sin(d))),
]
