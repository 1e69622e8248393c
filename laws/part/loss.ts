import { objectOf, product, showType, surfaceOf, types, type Ob, type Obj } from '../../src/object/index.js'
import { lossAt, type Distance, type Loss, type UntypedLoss } from '../../src/loss/index.js'
import { compose, retype, swap, type Term } from '../../src/term/index.js'
import type { ErrorFunction } from '../../src/learn/functor/index.js'
import { claiming } from '../law/claim.js'
import { law, type Law, type LawSet } from '../law/law.js'
import { sameText } from '../value/compare.js'
import { batchLaws } from './layer-batch.js'
import { derivativeLaws, expansionLaw } from './layer-derivative.js'
import { wireLaw } from './layer-morphism.js'
import type { Entry } from './layer-point.js'
import { checkGiven, checkName, checkOptions } from './given.js'
import { numbersLaw, programLaws } from './layer-program.js'
import { lossClaims, lossSpaces, slope, type LossClaim, type LossMorphism } from './loss-claim.js'

/** What is said of a loss that is checked. */
export interface LossOptions {
  /** Checked beyond the core laws. */
  readonly claims?: readonly LossClaim[]
  /** The object of a distance; [3] unless given. */
  readonly at?: Ob
  /** What the loss answers; one scalar unless given. */
  readonly value?: Ob
  /** Where the entries of labels and of predictions lie, decoded from naturals below 64. Labels that are classes lie among them. */
  readonly label?: Entry
  readonly prediction?: Entry
  /** The distance at every object that the loss is one of; what is given as a distance is its own. */
  readonly distance?: Distance
  /** `∂e/∂x(y, x)` in closed form, `Y ⊗ B → B`: a law beyond the core. */
  readonly gradient?: Term
  /** `(x, z) ↦ y` with `∂e/∂x(y, x) = z`, `B ⊗ B → Y`: the claim `invertible` is then that it is the inverse. */
  readonly inverse?: Term
}

/**
 * The laws of a loss `e : Y ⊗ B → L` of a label and a prediction (or of an error function), and the claims made for it: the term is of the type
 * declared and a function; R[e] is additive in its cotangent and adjoint to dual numbers, in the prediction and, where
 * labels vary, in the label; a batch is its examples side by side. What is float32 is read in float64. Throws
 * `laws.loss: no claim is called "convx"; there are nonNegative, …`.
 *
 * ```ts run
 * import { squaredError } from 'paralens'
 * import { check, discover, laws } from 'paralens/laws'
 * const mine = laws.loss('squaredError', squaredError, { claims: ['symmetric', 'convex'] })
 * console.log(check(mine)._tag) // → Right
 * console.log(discover(mine).filter((r) => !r.ok).map((r) => r.law)) // → [ 'shiftInvariant', 'gradientSumsToZero' ]
 * ```
 */
export function loss(
  name: string,
  given: UntypedLoss | Distance | ErrorFunction | Loss<never, never>,
  options: LossOptions = {},
): LawSet {
  checkName('laws.loss', name)
  checkGiven('laws.loss', name, given, ['label', 'distance', 'inverse'], 'a loss: squaredError, softmaxCrossEntropy(3)')
  checkOptions('laws.loss', options, {
    claims: true,
    at: true,
    value: true,
    label: true,
    prediction: true,
    distance: true,
    gradient: true,
    inverse: true,
  })
  const typed = typedLoss(name, given, options.at ?? [[3]])
  const { classes } = typed
  const own = 'inverse' in given ? { value: [...typed.output], inverse: given.inverse } : {}
  const { value = [[]], inverse, distance = 'distance' in given ? given : undefined } = { ...own, ...options }
  const labels = typed.label.length
  const term = inFloat64(typed.term)
  const label = options.label ?? (classes === undefined ? undefined : (n: number) => n % classes)
  const m: LossMorphism = {
    name,
    term,
    split: 0,
    labels,
    entries: types(term.dom).map((_, i) => (i < labels ? label : options.prediction)),
    batched: types(term.dom).map(() => true),
    distance,
    inverse: inverse === undefined ? undefined : inFloat64(inverse),
  }
  return claiming(
    'laws.loss',
    {
      name: 'loss',
      subject: name,
      parents: [],
      laws: [
        declaration(typed, objectOf(value)),
        ...programLaws([m]),
        numbersLaw([m]),
        ...derivativeLaws([m]),
        expansionLaw([m]),
        ...batchLaws([m]),
        ...(options.gradient === undefined ? [] : [closedForm(m, inFloat64(options.gradient))]),
      ],
    },
    lossClaims(m),
    options.claims ?? [],
  )
}

const inFloat64 = (f: Term): Term => retype(f, 'float64', 'float32')

/** A loss at an object; an error function `e(x, y)` with its label in front. */
function typedLoss(
  name: string,
  given: UntypedLoss | Distance | ErrorFunction | Loss<never, never>,
  at: Ob,
): UntypedLoss {
  if ('distance' in given) return lossAt(given, at)
  if (!('inverse' in given)) return given
  const one = surfaceOf(given.error.cod)
  return { name, output: one, label: one, term: compose(swap(given.error.cod, given.error.cod), given.error) }
}

const list = (a: Obj): string => types(a).map(showType).join(' ⊗ ') || 'I'

function declaration(given: UntypedLoss, value: Obj): Law {
  return law<UntypedLoss>({
    name: 'types',
    equation: 'e : Y ⊗ B → L',
    source: 'a loss is its term, and says of what type',
    forall: { text: 'e', show: () => ({}), all: () => [given] },
    holds: ({ term, label, output }) =>
      sameText(
        `${list(term.dom)} → ${list(term.cod)}`,
        `${list(product(objectOf(label), objectOf(output)))} → ${list(value)}`,
      ),
  })
}

function closedForm(m: LossMorphism, gradient: Term): Law {
  return wireLaw([m], {
    name: 'closed form',
    equation: '∂e/∂x(y, x) = its closed form',
    source: 'the formula that is given',
    forall: () => ({ y: lossSpaces(m).Y, x: lossSpaces(m).B }),
    sides: ({ on }, { y, x }) => [on(slope(m), y, x), on(gradient, y, x)],
  })
}
