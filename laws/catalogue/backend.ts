import type { Backend } from '../../src/backend/index.js'
import { batchModel } from '../../src/compile/index.js'
import { circuits } from '../../src/circuit/index.js'
import { dense, layers, tanh } from '../../src/layer/index.js'
import { learner, stepOf } from '../../src/learn/index.js'
import { losses, squaredError } from '../../src/loss/index.js'
import { optimisers, type Rule } from '../../src/optimiser/index.js'
import { dtypes, types } from '../../src/object/index.js'
import { andThen, named, reverseDerivative } from '../../src/optic/index.js'
import type { Term } from '../../src/term/index.js'
import type { LawSet } from '../law/law.js'
import { evaluatorOf, interpreter, type Evaluator } from '../part/interpreter.js'
import { termsOn } from '../part/interpreter-subject.js'
import { boundsOf } from '../part/interpreter-value.js'
import { exampleLaw, type Example } from '../part/interpreter-zoo.js'
import { opticsOver } from '../subject/optic-subject.js'
import { derivativeOracle } from '../structure/derivative-oracle.js'
import { functor, reverseFunctor } from '../structure/functor.js'
import { lens } from '../structure/lens.js'
import { reverseDerivative as reverseDerivativeLaws } from '../structure/reverse-derivative.js'

/** The laws of a backend, {@link evaluatorLaws} of it. Throws where it cannot be read without waiting. */
export function backendLaws(backend: Backend): readonly LawSet[] {
  return evaluatorLaws(evaluatorOf(backend))
}

/**
 * The laws of what runs terms: those of an interpreter, agreement with the reference on all the library has, and every law
 * of structures with both sides run by it.
 */
export function evaluatorLaws(evaluator: Evaluator): readonly LawSet[] {
  return [interpreter(evaluator), zoo(evaluator), ...structures(evaluator)]
}

/** The laws of structures whose values come from an evaluator, over each of the dtypes that backends have. */
function structures(evaluator: Evaluator): readonly LawSet[] {
  const over = (['float32', 'int32', 'bit'] as const).filter((dtype) => evaluator.has(dtype))
  return over
    .map((dtype) => termsOn(evaluator, dtype))
    .flatMap((s) => [reverseDerivativeLaws(s), derivativeOracle(s), lens(opticsOver(s)), functor(reverseFunctor(s))])
}

/** Agreement on models, losses and steps of learning, with their derivatives. */
export function zoo(evaluator: Evaluator): LawSet {
  const bounds = boundsOf(evaluator)
  const models = Object.entries({ ...layers, ...circuits }).flatMap(([name, model]): Example[] => [
    moderate(name, batchModel(5, model)),
    moderate(`R[${name}]`, reverseDerivative(batchModel(5, model))),
    moderate(`R[R[${name}]]`, reverseDerivative(reverseDerivative(model.term))),
  ])
  const errors = Object.entries(losses).flatMap(([name, { term }]): Example[] => [
    { name, term },
    { name: `R[${name}]`, term: reverseDerivative(term) },
  ])
  const model = andThen('out', dense(3, 2))(andThen(tanh)(named('hidden', dense(4, 3))))
  const steps = Object.entries(optimisers).map(([name, rule]): Example => {
    const { term, ports } = stepOf(learner(model, squaredError, rule as unknown as Rule<object, object>), 6)
    const positive = (i: number, n: number): number | undefined => (i < ports.state.length ? 1 + (n % 4) : undefined)
    return { name: `a step of ${name}`, term, entry: positive }
  })
  const run = (all: readonly Example[]): readonly Example[] => all.filter(({ term }) => !evaluator.refuses?.(term))
  const laws = [
    exampleLaw(evaluator, bounds, 'models', run(models)),
    exampleLaw(evaluator, bounds, 'losses', run(errors)),
    exampleLaw(evaluator, bounds, 'steps', run(steps)),
  ]
  return { name: 'zoo', subject: evaluator.name, parents: [], laws }
}

/**
 * A model at floats between −1/2 and 1/2: where scores and states are products of products, their exponentials are still
 * known to some places in float32.
 */
function moderate(name: string, term: Term): Example {
  const dom = types(term.dom)
  const entry = (i: number, n: number): number | undefined =>
    dtypes[dom[i]?.dtype ?? 'bit'].analytic ? (2 * (n % 32) - 31) / 64 : undefined
  return { name, term, entry }
}
