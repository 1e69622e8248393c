import type { LawSet } from '../law/law.js'
import { claiming } from '../law/claim.js'
import { law, type Law } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import { checkName, checkOptions } from './given.js'
import { optimiserClaims, type OptimiserClaim } from './optimiser-claim.js'
import { coreLaws } from './optimiser-core.js'
import { readings, subjectOf, type AnyRule, type RuleOf } from './optimiser-subject.js'

export type { AnyRule, RuleOf } from './optimiser-subject.js'
import { settings, trajectory } from './trajectory.js'

/** What is said of an optimiser beside its name. */
export interface OptimiserOptions {
  readonly claims?: readonly OptimiserClaim[]
  /** The rate at which a function of the rate is taken, 1/8 unless given. */
  readonly rate?: number
}

/**
 * The laws of an optimiser: the core ones, and the claims made. Given as a function of its rate, it can make the claims
 * about rates too. Throws where a claim is made that is none, or that needs the rate, and where the rule is none.
 *
 * ```ts run
 * import * as E from 'fp-ts/lib/Either.js'
 * import { sgd } from 'paralens'
 * import { check, laws } from 'paralens/laws'
 *
 * const set = laws.optimiser('sgd', (rate: number) => sgd({ rate }), { claims: ['product', 'rateLinear'] })
 * console.log(E.isRight(check(set))) // → true
 * ```
 */
export function optimiser(name: string, rule: RuleOf, options: OptimiserOptions = {}): LawSet {
  checkName('laws.optimiser', name)
  checkOptions('laws.optimiser', options, { claims: true, rate: true })
  const { claims = [], rate = 1 / 8 } = options
  const subject = subjectOf(name, rule, rate)
  const set = { name: 'optimiser', subject: name, parents: [], laws: coreLaws(subject) }
  return claiming('laws.optimiser', set, optimiserClaims(subject), claims)
}

/** The law that two optimisers are one: from their first states the same parameters under the same gradients. */
export function sameOptimiser(name: string, f: AnyRule, g: AnyRule): Law {
  const [left, right] = [readings(f), readings(g)]
  return law({
    name,
    equation: name,
    source: 'one function of gradients, written twice',
    forall: settings(),
    holds: ({ space, p, gradients }) =>
      sameValues(trajectory(left(space), p, gradients).flat(), trajectory(right(space), p, gradients).flat()),
  })
}
