import { object, product, showObject, types, unit, type Obj, type Type } from '../../src/object/index.js'
import { putOf } from '../../src/optic/index.js'
import { moveOptic, stateObject, type AnyMove } from '../../src/optimiser/index.js'
import { normalForm } from '../../src/term/index.js'
import { claiming } from '../law/claim.js'
import { law, type Law, type LawSet } from '../law/law.js'
import { sameText, sameValues } from '../value/compare.js'
import { optimiserClaims, type OptimiserClaim, type Subject } from './optimiser-claim.js'
import { running, settings, trajectory, type Values } from './trajectory.js'

/** A rule of any state space and ports, as `adam({ rate })` answers it. */
export interface AnyRule extends Pick<AnyMove, 'name'> {
  readonly slots: object
  readonly ports: object
}

/** What is said of an optimiser beside its name. */
export interface OptimiserOptions {
  readonly claims?: readonly OptimiserClaim[]
  /** The rate at which a function of the rate is taken, 1/8 unless given. */
  readonly rate?: number
}

/**
 * The laws of an optimiser: the core ones, and the claims made. Given as a function of its rate, it can make the claims
 * about rates too. Throws where a claim is made that is none, or that needs the rate.
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
export function optimiser(
  name: string,
  rule: AnyRule | ((rate: number) => AnyRule),
  options: OptimiserOptions = {},
): LawSet {
  const { claims = [], rate = 1 / 8 } = options
  const at = typeof rule === 'function' ? (r: number): AnyMove => rule(r) as AnyMove : undefined
  const move = (typeof rule === 'function' ? rule(rate) : rule) as AnyMove
  const subject: Subject = { move, rate, at }
  const set = { name: 'optimiser', subject: name, parents: [], laws: core(subject) }
  return claiming('laws.optimiser', set, optimiserClaims(subject), claims)
}

function core({ move, rate, at }: Subject): readonly Law[] {
  const source = 'Categorical Foundations of Gradient-Based Learning, 2022, Def. 3.14'
  const again = (): AnyMove => (at === undefined ? move : at(rate))
  const path = (s: { readonly space: Obj; readonly p: Values; readonly gradients: readonly Values[] }): Values =>
    trajectory(running(move, s.space), s.p, s.gradients).flat()
  return [
    law({
      name: 'one term',
      equation: 'put is one term, however often it is built',
      source: 'purity: what a rule keeps is in its state',
      forall: settings(),
      holds: ({ space }) =>
        sameText(normalForm(putOf(moveOptic(move, space))), normalForm(putOf(moveOptic(again(), space)))),
    }),
    law({
      name: 'types',
      equation: 'get : S ⊗ P ⊗ Q → P and put : S ⊗ P ⊗ Q ⊗ P′ → S ⊗ P, the first state is of S',
      source,
      forall: settings(),
      holds: ({ space, p }) => {
        const [first, s] = [running(move, space).start(p).state, stateObject(move, space)]
        const given = object(first.map(({ dtype, shape }): Type => ({ dtype, shape })))
        const put = putOf(moveOptic(move, space))
        return sameText(
          `first ${showObject(given)}, put ${showObject(put.cod)}`,
          `first ${showObject(s)}, put ${showObject(product(s, space))}`,
        )
      },
    }),
    law({
      name: 'no parameters',
      equation: 'opt on I is the identity of its state',
      source: 'there is nothing to be learned',
      forall: settings(),
      runs: 1,
      holds: () => {
        const r = running(move, unit)
        const first = r.start([])
        const { state, params } = r.step(first, [])
        return sameValues([...state, ...params], first.state)
      },
    }),
    law({
      name: 'names',
      equation: 'two parameters with one value and one gradient stay equal',
      source: 'parameters are told apart by their values alone',
      forall: settings(),
      holds: ({ space, p, gradients }) => {
        const twice = { space: product(space, space), p: [...p, ...p], gradients: gradients.map((g) => [...g, ...g]) }
        const points = trajectory(running(move, twice.space), twice.p, twice.gradients)
        const half = space.length
        return sameValues(
          points.flatMap((x) => x.slice(0, half)),
          points.flatMap((x) => x.slice(half)),
        )
      },
    }),
    law({
      name: 'float32',
      equation: 'opt over float32 = opt over float64, within the rounding of both',
      source: 'one term, read over two dtypes of one rig',
      forall: settings(),
      holds: (s) => {
        const narrow = (x: Values): Values => x.map((t) => ({ ...t, dtype: 'float32' }))
        const space = object(types(s.space).map((t): Type => ({ ...t, dtype: 'float32' })))
        const single = path({ space, p: narrow(s.p), gradients: s.gradients.map(narrow) })
        return sameValues(
          single.map((t) => ({ ...t, dtype: 'float64' })),
          path(s),
        )
      },
    }),
  ]
}

/** The law that two optimisers are one: from their first states the same parameters under the same gradients. */
export function sameOptimiser(name: string, f: AnyRule, g: AnyRule): Law {
  return law({
    name,
    equation: name,
    source: 'Categorical Foundations of Gradient-Based Learning, 2022, Ex. 3.12 to 3.18',
    forall: settings(),
    holds: ({ space, p, gradients }) => {
      const [a, b] = [f, g].map((m) => trajectory(running(m as AnyMove, space), p, gradients).flat())
      return sameValues(a ?? [], b ?? [])
    },
  })
}
