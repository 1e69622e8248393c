import { checkFunction } from './given.js'
import { dtypes, type Dtype } from '../../src/object/index.js'
import type { LawSet } from '../law/law.js'
import { termsByValue } from '../subject/term-subject.js'
import { reference } from '../value/reference.js'
import { agreementLaws, kindLaw, tieLaw } from './interpreter-agreement.js'
import type { Evaluator } from './interpreter-evaluator.js'
import { functorLaws } from './interpreter-functor.js'
import { runLaws } from './interpreter-run.js'
import { grammarOf } from './interpreter-grammar.js'
import { boundsOf } from './interpreter-value.js'

export { documented } from './interpreter-accuracy.js'
export { evaluatorOf, type Evaluator } from './interpreter-evaluator.js'

const all = ['float64', 'float32', 'integer', 'int32', 'bit'] as const

/**
 * The laws of an interpretation of terms, over every dtype it has: a strict symmetric monoidal functor that keeps copies
 * and discards, agrees with the reference on programs and their first two derivatives, is a function, and leaks nothing.
 * Agreement is `===` wherever nothing is rounded, else within the bound that the reference derives at the accuracy that
 * the evaluator documents. Throws where it has no dtype.
 *
 * ```ts run
 * import { tensorflow } from 'paralens/backend/tensorflow'
 * import { check, laws } from 'paralens/laws'
 * const wasm = laws.evaluatorOf(await tensorflow('wasm'))
 * console.log(check(laws.interpreter(wasm), { runs: 10 })._tag) // → Right
 * ```
 */
export function interpreter(evaluator: Evaluator, options: { readonly dtypes?: readonly Dtype[] } = {}): LawSet {
  checkFunction(
    'laws.interpreter',
    'the evaluator',
    (evaluator as Partial<Evaluator> | undefined)?.run,
    'an evaluator with run and has',
  )
  const over = (options.dtypes ?? all).filter((d) => evaluator.has(d))
  if (over.length === 0) throw new TypeError(`laws.interpreter: ${evaluator.name} has none of the dtypes`)
  const parents = over.map((dtype) => interpreterAt(evaluator, dtype))
  return { name: 'interpreter', subject: evaluator.name, parents, laws: [] }
}

function interpreterAt(evaluator: Evaluator, dtype: Dtype): LawSet {
  const s = termsByValue(reference, { dtype, grammar: grammarOf(evaluator, dtype) })
  const bounds = boundsOf(evaluator)
  const { analytic } = dtypes[dtype]
  return {
    name: 'interpreter',
    subject: `${evaluator.name}, ${dtype}`,
    parents: [],
    laws: [
      ...functorLaws(evaluator, s, bounds),
      ...agreementLaws(evaluator, s, bounds),
      ...(analytic ? [kindLaw(evaluator, s, bounds)] : []),
      ...(dtype === 'bit' ? [] : [tieLaw(evaluator, dtype, bounds)]),
      ...runLaws(evaluator, s),
    ],
  }
}
