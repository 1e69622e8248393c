import type { Parametrised } from '../../src/learn/functor/index.js'
import { minusOne, negated, one, stepOf, type Cap } from '../../src/learn/index.js'
import { surfaceOf, types, type Obj } from '../../src/object/index.js'
import type { Untyped } from '../../src/optic/index.js'
import { moveOptic, optimisers, plain, sgd, type AnyMove } from '../../src/optimiser/index.js'
import { constant } from '../../src/primitive/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import type { GradientLearning } from '../structure/gradient-learning.js'

const zeros = (_: unknown, shape: readonly number[]): Float64Array => new Float64Array(shape.reduce((n, k) => n * k, 1))

/** A parametrised morphism as a model whose parameters are called p0, p1, … */
function modelOf({ params, dom, cod, term }: Parametrised): Untyped {
  const parameters = types(params).map((type, i) => ({ path: [`p${i}`], type, draw: zeros }))
  return { cod: surfaceOf(cod), dom: surfaceOf(dom), params: {}, parameters, term }
}

/** A loss of a term `Y ⊗ B → L`. */
const lossOf = (term: Term, output: Obj) => {
  const label = surfaceOf(diagram(term.dom, (x) => x.slice(0, x.length - output.length)).cod)
  return { name: 'loss', output: surfaceOf(output), label, term }
}

/** The cap that is one number everywhere. */
export const constantCap =
  (value: number): Cap =>
  (loss) =>
    diagram(loss, (_, algebra) => types(loss).map((t) => constant(algebra, value, t.dtype, t.shape)))

/** The library's learners, with every optimiser of the zoo. */
export const learners: GradientLearning<AnyMove> = {
  name: 'learners',
  rules: optimisers,
  caps: { one, minusOne, negated },
  plain: plain(),
  update: moveOptic,
  step: ({ model, loss, rule, cap }, open) =>
    stepOf({ parts: { model: modelOf(model), loss: lossOf(loss, model.cod), optimiser: rule, cap, open } }).term,
}

/** Learners whose rules are sums and products: plain, and of momentum and descent those that are exact at dyadic points. */
export const polynomialLearners: GradientLearning<AnyMove> = {
  ...learners,
  rules: Object.fromEntries(
    (['plain', 'sgd', 'momentum', 'nesterov'] as const).map((name) => [name, optimisers[name] as AnyMove]),
  ),
}

/** Learners of every ring: by the rule that only adds. */
export const ringLearners: GradientLearning<AnyMove> = { ...learners, rules: { plain: learners.plain } }

/** Gradient descent at a rate, and caps that are one number. */
export const rates: { descent(rate: number): AnyMove; constant(value: number): Cap } = {
  descent: (rate) => sgd({ rate }),
  constant: constantCap,
}
