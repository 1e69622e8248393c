import { object, product, showObject, types, unit, type Obj, type Type } from '../../src/object/index.js'
import { putOf } from '../../src/optic/index.js'
import {
  environmentOf,
  initialState,
  moveOptic,
  portObject,
  slotTypes,
  stateObject,
} from '../../src/optimiser/index.js'
import type { AnyMove } from '../../src/optimiser/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, normalForm } from '../../src/term/index.js'
import { law, type Law, type Sides, type Variables } from '../law/law.js'
import { sameText, sameValues } from '../value/compare.js'
import { given } from '../value/rounding.js'
import type { Subject } from './optimiser-subject.js'
import { mapped, permutationOf, running, settings, trajectory, type Setting, type Values } from './trajectory.js'

/** The laws without which something is no optimiser. */
export function coreLaws({ move, again, on }: Subject): readonly Law[] {
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
    stated('one term', 'put is one term, however often it is built', 'purity: what a rule keeps is in its state', (s) =>
      sameText(normalForm(putOf(moveOptic(move, s.space))), normalForm(putOf(moveOptic(again(), s.space)))),
    ),
    stated(
      'arguments',
      'init, get and put leave the lists and maps that they are given as they were',
      'a chain gives the same ones to several moves',
      (s) => handed(move, s.space),
    ),
    stated(
      'types',
      'init : P → S, get : S ⊗ P ⊗ Q → P, put : S ⊗ P ⊗ Q ⊗ P′ → S ⊗ P over float64 and float32, a slot count is float64[]',
      lens,
      (s) =>
        [s.space, narrow(s.space)].map((space) => typed(move, space)).find((t) => !t.equal) ?? typed(move, s.space),
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
    stated(
      'resume',
      'n + m steps = n steps, then m of the rule built anew from the numbers of S and P alone',
      'what a rule keeps is in its state',
      (s) => {
        const cut = (s.n[30] ?? 0) % (s.gradients.length + 1)
        const [r, anew] = [on(s.space), running(again(), s.space)]
        let straight = r.start(s.p)
        let stopped = straight
        for (const [i, g] of s.gradients.entries()) {
          straight = r.step(straight, g)
          if (i < cut) stopped = straight
        }
        let resumed = { state: numbers(stopped.state), params: numbers(stopped.params) }
        for (const g of s.gradients.slice(cut)) resumed = anew.step(resumed, g)
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
        const single = trajectory(
          on(narrow(space)),
          as('float32', p),
          gradients.map((g) => as('float32', g)),
        )
        return sameValues(as('float64', single.flat()), trajectory(on(space), p, gradients).flat())
      },
    ),
  ]
}

const narrow = (space: Obj): Obj => object(types(space).map((t): Type => ({ ...t, dtype: 'float32' })))
const numbers = (x: Values): Values => mapped(x, (a) => given(Number(a.value)))

/** The types that a move answers and those of its slots; a get or a put of other types throws. */
function typed(move: AnyMove, space: Obj): Sides {
  moveOptic(move, space)
  const counters = slotTypes(move.slots, types(space)).filter(({ slot }) => slot === 'count')
  return sameText(
    [showObject(initialState(move, space).cod), ...counters.map((c) => showObject(object(c.types)))].join(', count '),
    [showObject(stateObject(move, space)), ...counters.map(() => 'float64[]')].join(', count '),
  )
}

/** What a move is handed: after its init, get and put, and before. */
function handed(move: AnyMove, space: Obj): Sides {
  const slots = slotTypes(move.slots, types(space))
  const sizes = [stateObject(move, space), space, portObject(move), space]
  const sides: string[] = []
  diagram(sizes.reduce(product), (x, algebra) => {
    const [s = [], p = [], q = [], back = []] = sizes.map((_, i) => {
      const from = sizes.slice(0, i).reduce((sum, a) => sum + a.length, 0)
      return x.slice(from, from + (sizes[i]?.length ?? 0))
    })
    const state = environmentOf(slots, s)
    const ports = new Map(
      Object.keys(move.ports).flatMap((port, i) => q.slice(i, i + 1).map((w) => [port, w] as const)),
    )
    const at = (wires: readonly Wire[]): string => wires.map((w) => x.indexOf(w)).join(' ')
    const now = (): string =>
      [
        ...[...state].flatMap(([rule, own]) => [...own].map(([slot, wires]) => `${rule}.${slot} ${at(wires)}`)),
        `parameters ${at(p)}`,
        `gradients ${at(back)}`,
        ...[...ports].map(([port, w]) => `${port} ${at([w])}`),
      ].join('\n')
    const before = now()
    move.init(p, algebra)
    move.get(state, p, ports)
    move.put(state, p, back, ports)
    sides.push(now(), before)
    return []
  })
  const [after = '', before = ''] = sides
  return sameText(after, before)
}
