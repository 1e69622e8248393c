import { object, showType, type Dtype, type Type } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Choice, type Grammar } from '../../src/term/index.js'
import { grammar } from '../subject/grammar.js'
import type { Evaluator } from './interpreter-evaluator.js'

/** Naturals that settle attributes are read modulo divisors of this. */
const period = 60

/** The programs over a dtype that an evaluator runs, with two derivatives: a step that it refuses does nothing. */
export function grammarOf({ refuses }: Evaluator, dtype: Dtype): Grammar {
  const whole = grammar(dtype)
  return refuses === undefined ? whole : { ...whole, choices: whole.choices.map((c) => restricted(c, refuses)) }
}

function restricted(choice: Choice, refuses: NonNullable<Evaluator['refuses']>): Choice {
  const known = new Map<string, boolean>()
  const refused = (type: Type, n: number): boolean => {
    const f = diagram(object([type, type]), ([x, y]) => choice.apply(x as Wire, n, [x, y] as Wire[], 0))
    const first = reverseDerivative(f)
    return [f, first, reverseDerivative(first)].some(refuses)
  }
  return {
    applies: choice.applies,
    apply(x, n, peers, depth) {
      const key = `${showType(x.type)} ${n % period}`
      const no = known.get(key) ?? refused(x.type, n % period)
      known.set(key, no)
      return no ? [x] : choice.apply(x, n, peers, depth)
    },
  }
}
