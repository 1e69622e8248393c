import { object, product, showObject, types, type Obj, type Type } from '../../src/object/index.js'
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
import { diagram } from '../../src/term/index.js'
import type { Sides } from '../law/law.js'
import { sameText } from '../value/compare.js'
import type { Setting } from './trajectory.js'

/** What only the types of the parameters decide, decided once for each. */
export function once(holds: (space: Obj) => Sides): (s: Setting) => Sides {
  const known = new Map<string, Sides>()
  return ({ space }) => {
    const sides = known.get(showObject(space)) ?? holds(space)
    known.set(showObject(space), sides)
    return sides
  }
}

/** Parameters of the same shapes over float32. */
export const narrow = (space: Obj): Obj => object(types(space).map((t): Type => ({ ...t, dtype: 'float32' })))

/** The types of a first state and of counters, against those of the slots, over two objects; a get or a put of other types throws. */
export function typed(move: AnyMove, ...spaces: readonly Obj[]): Sides {
  const sides = spaces.map((space) => {
    moveOptic(move, space)
    const counters = slotTypes(move.slots, types(space)).filter(({ slot }) => slot === 'count')
    return [
      [initialState(move, space).cod, ...counters.map((c) => object(c.types))].map(showObject).join(', count '),
      [showObject(stateObject(move, space)), ...counters.map(() => 'float64[]')].join(', count '),
    ]
  })
  return sameText(sides.map(([given]) => given).join('\n'), sides.map(([, needed]) => needed).join('\n'))
}

/** What a move is handed: after its init, get and put, and before. */
export function handed(move: AnyMove, space: Obj): Sides {
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
