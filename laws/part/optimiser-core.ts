import { object, types, unit } from '../../src/object/index.js'
import { putOf } from '../../src/optic/index.js'
import { moveOptic } from '../../src/optimiser/index.js'
import { normalForm } from '../../src/term/index.js'
import { law, type Law, type Sides, type Variables } from '../law/law.js'
import { areNumbers } from '../value/bounded.js'
import { sameText, sameValues } from '../value/compare.js'
import { given } from '../value/rounding.js'
import { handed, narrow, once, typed } from './optimiser-structure.js'
import { readings, type Subject } from './optimiser-subject.js'
import { followed, settings, trajectory, type Setting } from './trajectory.js'
import { sameFound, type Values } from '../value/bounds.js'
import { mapped, permutationOf } from './vector.js'

/** The laws without which something is no optimiser. */
export function coreLaws({ move, again, on }: Subject): readonly Law[] {
  const anew = readings(again())
  const lens = 'Categorical Foundations of Gradient-Based Learning, 2022, Def. 3.14'
  const forall = settings()
  const stated = (
    name: string,
    equation: string,
    source: string,
    holds: (s: Setting) => Sides,
    of: { readonly forall?: Variables<Setting>; readonly runs?: number } = {},
  ): Law => law({ name, equation, source, forall, ...of, holds })
  return [
    stated(
      'one term',
      'put is one term, however often it is built',
      'purity: what a rule keeps is in its state',
      once((space) =>
        sameText(normalForm(putOf(moveOptic(move, space))), normalForm(putOf(moveOptic(again(), space)))),
      ),
    ),
    stated(
      'arguments',
      'init, get and put leave the lists and maps that they are given as they were',
      'a chain gives the same ones to several moves',
      once((space) => handed(move, space)),
    ),
    stated(
      'types',
      'init : P → S, get : S ⊗ P ⊗ Q → P, put : S ⊗ P ⊗ Q ⊗ P′ → S ⊗ P over float64 and float32, a slot count is float64[]',
      lens,
      once((space) => typed(move, space, narrow(space))),
    ),
    stated(
      'no parameters',
      'opt on I is the identity of its state',
      'there is nothing to be learned',
      () => {
        const r = on(unit)
        const first = r.start([])
        const { state, params } = r.step(first, [])
        return sameValues([...state, ...params], first.state)
      },
      { runs: 1 },
    ),
    stated('numbers', 'p′ is a number for all numbers p and g', 'NaN is no element of a rig', (s) =>
      areNumbers(trajectory(on(s.space), s.p, s.gradients).flat()),
    ),
    stated(
      'resume',
      'n + m steps = n steps, then m of the rule built anew from the numbers of S and P alone',
      'what a rule keeps is in its state',
      (s) => {
        const cut = (s.n[30] ?? 0) % (s.gradients.length + 1)
        const r = on(s.space)
        let straight = r.start(s.p)
        let stopped = straight
        for (const [i, g] of s.gradients.entries()) {
          straight = r.step(straight, g)
          if (i < cut) stopped = straight
        }
        let resumed = { state: numbers(stopped.state), params: numbers(stopped.params) }
        for (const g of s.gradients.slice(cut)) resumed = anew(s.space).step(resumed, g)
        return sameValues(
          numbers([...resumed.state, ...resumed.params]),
          numbers([...straight.state, ...straight.params]),
        )
      },
    ),
    stated('order', 'opt(σ(P ⊗ Q ⊗ …)) = σ opt(P ⊗ Q ⊗ …)', 'parameters are told apart by what they are alone', (s) => {
      const order = permutationOf(s.p.length, s.n, 17)
      const swapped = <T>(x: readonly T[]): readonly T[] => order.flatMap((k) => x.slice(k, k + 1))
      return sameValues(
        trajectory(on(object(swapped(types(s.space)))), swapped(s.p), s.gradients.map(swapped)).flat(),
        trajectory(on(s.space), s.p, s.gradients).flatMap(swapped),
      )
    }),
    stated(
      'float32',
      'opt over float32 = opt over float64, within the rounding of both',
      'one term, read over two dtypes of one rig',
      ({ space, p, gradients }) => {
        const as = (dtype: 'float32' | 'float64', x: Values): Values => x.map((t) => ({ ...t, dtype }))
        const single = followed(
          on(narrow(space)),
          as('float32', p),
          gradients.map((g) => as('float32', g)),
        )
        return sameFound({ ...single, values: as('float64', single.values) }, followed(on(space), p, gradients))
      },
    ),
  ]
}

const numbers = (x: Values): Values => mapped(x, (a) => given(Number(a.value)))
