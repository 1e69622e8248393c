import { checkFunction, checkName, checkOptions } from './given.js'
import type { Dtype } from '../../src/object/index.js'
import { rewrite, type Rule } from '../../src/compile/index.js'
import { flatten, type Flat, type Term } from '../../src/term/index.js'
import { claiming } from '../law/claim.js'
import type { LawSet } from '../law/law.js'
import { orderLaws } from './pass-rules.js'
import { passLaws, type PassClaim } from './pass-law.js'

export type { PassClaim } from './pass-law.js'

/** What is said of a pass. */
export interface PassOptions {
  readonly claims?: readonly PassClaim[]
  /** The dtypes it is for: all, unless given. */
  readonly dtypes?: readonly Dtype[]
  /** Programs that it is known to change, at a dtype. */
  readonly examples?: (dtype: Dtype) => readonly Term[]
}

const every: readonly Dtype[] = ['float64', 'float32', 'integer', 'int32', 'bit']

/**
 * The laws of a compiler pass, over every dtype it is for: it keeps types and values, of programs and of derivatives, and
 * what it claims: `beforeReverse` that it may be run before R too, `exact` that it keeps every bit but the sign of a zero, `idempotent`, `cheaper`
 * in operations, `shorter` in primitives.
 *
 * ```ts run
 * import { simplify } from 'paralens'
 * import { check, laws } from 'paralens/laws'
 * console.log(check(laws.pass('simplify', simplify, { claims: ['exact', 'idempotent'] }))._tag) // → Right
 * ```
 */
export function pass(name: string, run: (program: Flat) => Term, options: PassOptions = {}): LawSet {
  checkFunction('laws.pass', name, run, 'a function of programs')
  return termPass(name, (term) => run(flatten(term)), options)
}

/** The laws of a pass that takes terms with their nesting: flattening itself, say. */
export function termPass(name: string, run: (term: Term) => Term, options: PassOptions = {}): LawSet {
  return made(name, run, options, true)
}

function made(name: string, run: (term: Term) => Term, options: PassOptions, everywhere: boolean): LawSet {
  checkName('laws.pass', name)
  checkFunction('laws.pass', name, run, 'a function of programs')
  checkOptions('laws.pass', options, { claims: true, dtypes: true, examples: true })
  const { claims = [], dtypes = every, examples = () => [] } = options
  const strange = dtypes.find((d) => !every.includes(d))
  if (strange !== undefined || dtypes.length === 0)
    throw new TypeError(
      `laws.pass: "${name}" is for the dtypes ${dtypes.join(', ') || 'none'}, needs some of ${every.join(', ')}`,
    )
  const { core, claims: all } = passLaws({ name, run, dtypes, examples, everywhere })
  return claiming<PassClaim>('laws.pass', { name: 'pass', subject: name, parents: [], laws: core }, all, claims)
}

/**
 * The laws of a list of rewriting rules: of each alone as a pass, at the programs it is said to change instead of every
 * generator, and of all in whatever order.
 */
export function rules(name: string, all: readonly Rule[], optionsOf: (rule: Rule) => PassOptions = () => ({})): LawSet {
  const alone = all.map((rule) =>
    made(`rule ${rule.name}`, (term) => rewrite(flatten(term), [rule]), optionsOf(rule), false),
  )
  return { name: 'rules', subject: name, parents: alone, laws: orderLaws(all, every) }
}
