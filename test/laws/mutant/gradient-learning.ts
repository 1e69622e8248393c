import { learners, polynomialLearners, rates, ringLearners } from '../../../laws/catalogue/gradient-learning.js'
import { descent, gradientLearning, type Parts } from '../../../laws/structure/gradient-learning.js'
import { gradientUpdate } from '../../../laws/structure/gradient-update.js'
import { nonlinear } from '../../../laws/structure/nonlinear.js'
import { parametrisedOver, type ParametricSubject } from '../../../laws/subject/parametric-subject.js'
import {
  linearGrammar,
  polynomialGrammar,
  reference,
  termsByNormalForm,
  termsByValue,
  type LawSet,
} from '../../../laws/index.js'
import { parametrisedMorphisms, type Parametrised } from '../../../src/learn/functor/index.js'
import type { Obj } from '../../../src/object/index.js'
import { getOf, lensOptic, putOf, type Optic } from '../../../src/optic/index.js'
import { moveOptic, sgd, type AnyMove } from '../../../src/optimiser/index.js'
import { add, multiply } from '../../../src/primitive/index.js'
import type { Wire } from '../../../src/structure/index.js'
import { diagram, type Term } from '../../../src/term/index.js'
import { increased } from './dictionary.js'
import { paperOrder } from './para.js'
import type { Mutant } from './mutant.js'

type Step = typeof learners.step
const integers = parametrisedOver(termsByNormalForm({ dtype: 'integer' }), parametrisedMorphisms)
const steps =
  (step: (right: Step, parts: Parts<AnyMove>, open: 'params' | 'x') => Term): (() => readonly LawSet[]) =>
  () => [gradientLearning(integers, { ...ringLearners, step: (parts, open) => step(ringLearners.step, parts, open) })]
const polynomial = termsByValue(reference, { grammar: polynomialGrammar('float64') })
const real = { ...parametrisedOver(polynomial, parametrisedMorphisms), terms: polynomial }
const composing = (compose: ParametricSubject<Parametrised>['category']['compose']): typeof real => ({
  ...real,
  category: { ...real.category, compose },
})

/** The laws of gradient updates, at the plain rule with its optic changed. */
const updates =
  (change: (right: Optic, params: Obj) => Optic): (() => readonly LawSet[]) =>
  () => [
    gradientUpdate(termsByValue(reference, { dtype: 'integer' }), 'wrong', (p) =>
      change(moveOptic(learners.plain, p), p),
    ),
  ]
const linearTerms = termsByValue(reference, { dtype: 'integer', grammar: linearGrammar('integer') })

/** Steps of learners, gradient updates and generators with a mistake. */
export const gradientLearningMutants: readonly Mutant[] = [
  {
    mistake: 'a closing that forgets the cap',
    sets: steps((right, parts, open) => right({ ...parts, cap: rates.constant(1) }, open)),
    killedBy: 'gradient learning/closed step',
  },
  {
    mistake: 'a dreamer that takes the cap −1 whatever it is given',
    sets: steps((right, parts, open) => right(open === 'x' ? { ...parts, cap: rates.constant(-1) } : parts, open)),
    killedBy: 'gradient learning/two ports of one put',
  },
  {
    mistake: 'a learner that moves its parameters twice',
    sets: steps((right, parts, open) => {
      const step = right(parts, open)
      const n = open === 'params' ? parts.model.params.length : 0
      return diagram(step.dom, (x, algebra) =>
        algebra.box(step, x).map((w, i) => (i < n ? add(w, multiply(-1, add(x[i] as Wire, multiply(-1, w)))) : w)),
      )
    }),
    killedBy: 'gradient learning/two ports of one put',
  },
  {
    mistake: 'gradient descent at half its rate',
    sets: () => [
      descent(real, polynomialLearners, {
        ...rates,
        descent: (rate) => sgd({ rate: rate / 2 }) as unknown as AnyMove,
      }),
    ],
    killedBy: 'descent/sliding the rate',
  },
  {
    mistake: 'steps composed with the last example first',
    sets: () => [descent(composing(paperOrder), polynomialLearners, rates)],
    killedBy: 'descent/iteration',
  },
  {
    mistake: 'a gradient update whose get adds one',
    sets: updates((right, p) => lensOptic(increased(getOf(right)), putOf(right), p)),
    killedBy: 'gradient update/get',
  },
  {
    mistake: 'a gradient update that adds one more',
    sets: updates((right, p) => lensOptic(getOf(right), increased(putOf(right)), p)),
    killedBy: 'gradient update/zero',
  },
  {
    mistake: 'a gradient update by the square of the gradient',
    sets: updates((right, p) => {
      const put = putOf(right)
      const squared = diagram(put.dom, (x, algebra) =>
        algebra.box(
          put,
          x.map((w, i) => (i < p.length ? w : multiply(w, w))),
        ),
      )
      return lensOptic(getOf(right), squared, p)
    }),
    killedBy: 'gradient update/sum',
  },
  ...(['not additive', 'not the double dagger'] as const).map((law) => ({
    mistake: `a grammar of linear programs alone (${law})`,
    sets: () => [nonlinear(linearTerms)],
    killedBy: `nonlinear/${law}`,
  })),
]
