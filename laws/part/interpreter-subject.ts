import type { Dtype } from '../../src/object/index.js'
import { termsByValue, type TermOptions, type ValueSubject } from '../subject/term-subject.js'
import { reference } from '../value/reference.js'
import type { Evaluator } from './interpreter-evaluator.js'
import { grammarOf } from './interpreter-grammar.js'
import { boundsOf, evaluated } from './interpreter-value.js'
import { sameFound } from '../value/bounds.js'

/**
 * Terms up to value, as an evaluator has it: both sides of an equation are run by it, and the reference only derives the
 * bounds. What is stated of values is so stated of a backend.
 */
export function termsOn(evaluator: Evaluator, dtype: Dtype, options: Omit<TermOptions, 'dtype'> = {}): ValueSubject {
  const subject = termsByValue(reference, { dtype, grammar: grammarOf(evaluator, dtype), ...options })
  const bounds = boundsOf(evaluator)
  return {
    ...subject,
    name: `terms on ${evaluator.name}, ${dtype}`,
    values: (f, x) => evaluated(evaluator, bounds, f, x).values,
    compare(f, g, naturals) {
      const x = subject.point(f.dom, naturals)
      return sameFound(evaluated(evaluator, bounds, f, x), evaluated(evaluator, bounds, g, x))
    },
  }
}
