import { lookup } from '../../src/circuit/index.js'
import {
  gradientLearner,
  halfSquareError,
  parametrised,
  parametrisedMorphisms,
  squareError,
  termLearner,
  termLearners,
  type ErrorFunction,
  type Parametrised,
  type TermLearner,
} from '../../src/learn/functor/index.js'
import { float64, objectOf, product, type Dtype, type Obj } from '../../src/object/index.js'
import { getOf, lensOptic, over, parameterObject, putOf, reverseDerivative, type Optic } from '../../src/optic/index.js'
import { moveOptic } from '../../src/optimiser/index.js'
import { add, multiply, negate } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { apply, diagram, retype, retypeObject, type Term } from '../../src/term/index.js'
import type { LawSet } from '../law/law.js'
import { linearGrammar, polynomialGrammar } from '../subject/grammar.js'
import { opticsOver } from '../subject/optic-subject.js'
import { learnersOver, parametrisedOver, type ParametricSubject } from '../subject/parametric-subject.js'
import { termsByNormalForm, termsByValue, type TermSubject } from '../subject/term-subject.js'
import { differential } from '../structure/differential.js'
import { reverseFunctor } from '../structure/functor.js'
import { descent, gradientLearning } from '../structure/gradient-learning.js'
import { gradientUpdate } from '../structure/gradient-update.js'
import { lawfulLens } from '../part/lawful-lens.js'
import { learn, learnerFunctor, type ParametricFunctor } from '../structure/learn.js'
import { learnersAsLenses, type LearnersAsLenses } from '../structure/learner-lens.js'
import { linear } from '../structure/linear.js'
import { models } from '../structure/model.js'
import { nonlinear } from '../structure/nonlinear.js'
import { baseChange, para } from '../structure/para.js'
import type { Interpreter } from '../value/interpreter.js'
import { learners, polynomialLearners, rates, ringLearners } from './gradient-learning.js'

const epsilon = 1 / 4

/** `L_{ε,e}` from Para to Learn over polynomial terms, ε = 1/4 ("Backprop as Functor", Theorem III.2). */
export function learning(interpreter: Interpreter, e: ErrorFunction): ParametricFunctor<Parametrised, TermLearner> {
  const terms = termsByValue(interpreter, { grammar: polynomialGrammar('float64') })
  return {
    name: `L of ${e.name}`,
    from: parametrisedOver(terms, parametrisedMorphisms),
    to: learnersOver(terms, termLearners),
    object: (a) => a,
    morphism: (f) => gradientLearner(epsilon, e, f),
  }
}

/** A learner as a lens `(P ⊗ A, P ⊗ A) → (B, B)`: put is update and request together. */
export function lensOfLearner(f: TermLearner): Optic {
  const put = diagram(product(product(f.params, f.dom), f.cod), (x, algebra) => [
    ...apply(f.update, x, algebra),
    ...apply(f.request, x, algebra),
  ])
  return lensOptic(f.implement, put, f.cod)
}

/** The learner of a lens `(P ⊗ A, P ⊗ A) → (B, B)`: update and request are the two parts of its put. */
export const learnerOfLens: LearnersAsLenses['learner'] = (params, _, lens) => {
  const put = putOf(lens)
  const part = (take: (x: readonly Wire[]) => readonly Wire[]): Term =>
    diagram(put.dom, (x, algebra) => take(apply(put, x, algebra)))
  return termLearner(
    params,
    getOf(lens),
    part((x) => x.slice(0, params.length)),
    part((x) => x.slice(params.length)),
  )
}

/** The look-up table of n bits under reverse derivative ascent: `put((p, x), y) = (p + π_P R[f](p, x, y + f(p, x)), x)`. */
export function tableLens(n: number): Optic {
  const model = over('bit', lookup(n, 1))
  const f = model.term
  const params = parameterObject(model)
  const slope = reverseDerivative(f)
  const put = diagram(product(f.dom, f.cod), (x, algebra) => {
    const point = x.slice(0, f.dom.length)
    const wrong = apply(f, point, algebra).map((y, i) => add(y, x[f.dom.length + i] as Wire))
    const moved = apply(slope, [...point, ...wrong], algebra).slice(0, params.length)
    return [...moved.map((d, i) => add(point[i] as Wire, d)), ...point.slice(params.length)]
  })
  return lensOptic(f, put, f.cod)
}

/** `(w, x) ↦ w · x + w` on vectors, a small polynomial model. */
const line = parametrised(
  objectOf([float64(2)]),
  diagram(objectOf([float64(2), float64(2)]), ([w, x]) => [add(multiply(w as Wire, x as Wire), w as Wire)]),
)
const square = diagram(objectOf([float64(2)]), ([x]) => [multiply(x as Wire, negate(x as Wire))])
/** `x ↦ −x²` with its reverse derivative, read as if its backward objects were its forward ones: no lawful lens. */
export const derivativeLens: Optic = lensOptic(square, reverseDerivative(square), square.cod)

/** What is said of lenses: which of the three laws hold of each. */
export const lensTable: { readonly [name: string]: readonly [Optic, ...('getPut' | 'putGet' | 'putPut')[]] } = {
  'the table of 1 bit': [tableLens(1), 'getPut', 'putGet', 'putPut'],
  'the table of 2 bits': [tableLens(2), 'getPut', 'putGet', 'putPut'],
  'the table of 3 bits': [tableLens(3), 'getPut', 'putGet', 'putPut'],
  'the gradient learner': [lensOfLearner(gradientLearner(epsilon, halfSquareError, line)), 'getPut'],
  'a map with its reverse derivative': [derivativeLens],
}

/** The change of rig from the integers as a functor on terms, for Para to be changed along. */
function retyping(to: Dtype): Parameters<typeof baseChange<Obj, Term>>[1] {
  return {
    name: `retype to ${to}`,
    to: termsByNormalForm({ dtype: to }),
    object: (a) => retypeObject(a, to, 'integer'),
    morphism: (f) => retype(f, to, 'integer'),
  }
}

/** Linear maps, forward derivatives, Para, Learn, the functor between them, lenses that are lawful, and learning. */
export function structureLaws(interpreter: Interpreter): readonly LawSet[] {
  const free = termsByNormalForm()
  const integers = termsByNormalForm({ dtype: 'integer' })
  const paraOver = (terms: TermSubject): ParametricSubject<Parametrised> =>
    parametrisedOver(terms, parametrisedMorphisms)
  const learnersFree = learnersOver(free, termLearners)
  const polynomial = termsByValue(interpreter, { grammar: polynomialGrammar('float64') })
  const values = (['float64', 'integer', 'bit'] as const).map((dtype) => ({
    full: termsByValue(interpreter, { dtype }),
    linear: { ...termsByValue(interpreter, { dtype, grammar: linearGrammar(dtype) }), name: `linear terms, ${dtype}` },
  }))
  return [
    ...values.map((s) => linear(s.linear)),
    ...values.map((s) => nonlinear(s.full)),
    ...values.map((s) => differential(s.full)),
    para(paraOver(free)),
    models(paraOver(free)),
    baseChange(paraOver(free), reverseFunctor(free)),
    baseChange(paraOver(integers), retyping('bit')),
    learn(learnersFree),
    learnersAsLenses(learnersFree, opticsOver(free), { lens: lensOfLearner, learner: learnerOfLens }),
    ...[halfSquareError, squareError].map((e) => learnerFunctor(learning(interpreter, e))),
    ...Object.entries(lensTable).map(([name, [lens, ...claims]]) => lawfulLens(name, lens, { claims })),
    ...values.map((s) => gradientUpdate(s.full, 'plain', (p) => moveOptic(learners.plain, p))),
    gradientLearning(paraOver(free), learners),
    ...[integers, termsByNormalForm({ dtype: 'bit' })].map((s) => gradientLearning(paraOver(s), ringLearners)),
    descent({ ...paraOver(polynomial), terms: polynomial }, polynomialLearners, rates),
  ]
}
