import {
  adam,
  adamW,
  before,
  chain,
  clipByGlobalNorm,
  clipByValue,
  decayWeights,
  momentum,
  moveOptic,
  nesterov,
  sgd,
  shiftedNesterov,
  type AnyMove,
  type Rate,
} from '../../src/optimiser/index.js'
import { getOf, putOf } from '../../src/optic/index.js'
import { constantRate } from '../../src/schedule/index.js'
import { normalForm } from '../../src/term/index.js'
import { law, type Law, type LawSet } from '../law/law.js'
import { sameOptimiser, type AnyRule } from '../part/optimiser.js'
import { sameText } from '../value/compare.js'
import { closedForms, type ClosedForms } from './closed-form.js'
import { port, settings } from '../part/trajectory.js'

const rate = 1 / 8

/** What the laws of equal optimisers speak about; a mutant stands in for one of them. */
export interface Named extends ClosedForms {
  readonly byValue: AnyRule
  readonly byNorm: AnyRule
  /** Two transforms and a rule, put together first and last. */
  readonly chains: readonly [AnyRule, AnyRule]
}

const [clip, weights, rule] = [clipByValue(1 / 2), decayWeights(1 / 4), momentum({ rate, decay: 1 / 2 })] as const
const zoo: Named = {
  adam: adam({ rate }),
  adamW: (by) => adamW({ rate, decay: by }),
  momentum: (mu) => momentum({ rate, decay: mu }),
  nesterov: (mu) => nesterov({ rate, decay: mu }),
  shifted: (mu) => shiftedNesterov({ rate, decay: mu }),
  decayed: (by) => chain(decayWeights(by), sgd({ rate })),
  byValue: chain(clipByValue(1e9), sgd({ rate })),
  byNorm: chain(clipByGlobalNorm(1e9), adam({ rate })),
  chains: [chain(before(clip, weights), rule), chain(clip, chain(weights, rule))],
}

/** The optimisers that are one another, and those that a closed form gives. */
export function equalOptimisers(given: Partial<Named> = {}): LawSet {
  const o = { ...zoo, ...given }
  const descent = sgd({ rate })
  const laws = [
    sameOptimiser('momentum without decay = sgd', o.momentum(0), descent),
    sameOptimiser('nesterov without decay = sgd', o.nesterov(0), descent),
    sameOptimiser('shiftedNesterov without decay = sgd', o.shifted(0), descent),
    sameOptimiser('adamW without decay = adam', o.adamW(0), o.adam),
    sameOptimiser('decayWeights by 0, sgd = sgd', o.decayed(0), descent),
    sameOptimiser('a clip that nothing reaches, sgd = sgd', o.byValue, descent),
    sameOptimiser('a norm that nothing reaches, adam = adam', o.byNorm, o.adam),
    associative(o.chains),
    ...closedForms(o),
  ]
  return { name: 'equal optimisers', subject: 'the zoo', parents: [], laws }
}

function associative([lhs, rhs]: Named['chains']): Law {
  const shown = (m: AnyRule, space: Parameters<typeof moveOptic>[1]): string => {
    const optic = moveOptic(m as AnyMove, space)
    return [getOf(optic), putOf(optic)].map((t) => normalForm(t)).join('\n')
  }
  return law({
    name: 'chains associate',
    equation: 'chain(before(f, g), h) = chain(f, chain(g, h))',
    source: 'moves are morphisms of Para(Lens)',
    forall: settings(),
    holds: ({ space }) => sameText(shown(lhs, space), shown(rhs, space)),
  })
}

/** The laws of a rule whose rate may be a number, a function of the counter, or a port. */
export function rateLaws(name: string, rule: (rate: Rate) => AnyRule): LawSet {
  const laws = [
    sameOptimiser('a constant schedule = its number', rule(constantRate(port)), rule(port)),
    sameOptimiser('a port = the number it is given', rule({ port: 'rate' }), rule(port)),
  ]
  return { name: 'rate', subject: name, parents: [], laws }
}
