import { normal, object, product, sameObject, showObject, types, type Obj } from '../object/index.js'
import { lensOptic, type Optic } from '../optic/index.js'
import type { Wire } from '../structure/index.js'
import { diagram, type Term } from '../term/index.js'
import { environmentOf, slotTypes, wiresOf, type AnyMove, type PortWires } from './move.js'

/** The state object of a move over a parameter object. */
export function stateObject(move: AnyMove, parameters: Obj): Obj {
  return object(slotTypes(move.slots, types(parameters)).flatMap((s) => s.types))
}
/** The object of a move's ports. */
export function portObject(move: AnyMove): Obj {
  return object(Object.values(move.ports).map(normal))
}

/**
 * A move as an optic `(S ⊗ P ⊗ Q, S ⊗ P) → (P, P′)`, the lens of its get and put: what composes with the reverse of an
 * objective.
 */
export function moveOptic(move: AnyMove, parameters: Obj): Optic {
  const slots = slotTypes(move.slots, types(parameters))
  const [s, q] = [stateObject(move, parameters), portObject(move)]
  const [n, m] = [s.length, s.length + parameters.length]
  const whole = [s, parameters, q].reduce(product)
  const names = Object.keys(move.ports)
  const portsOf = (x: readonly Wire[]): PortWires =>
    new Map(x.slice(m, whole.length).map((w, i) => [names[i] ?? '', w]))
  const get = diagram(whole, (x) => move.get(environmentOf(slots, x.slice(0, n)), x.slice(n, m), portsOf(x)))
  const put = diagram(product(whole, parameters), (x) => {
    const { state, out } = move.put(
      environmentOf(slots, x.slice(0, n)),
      x.slice(n, m),
      x.slice(whole.length),
      portsOf(x),
    )
    return [...wiresOf(slots, state), ...out]
  })
  for (const [half, given, needed] of [
    ['get', get.cod, parameters],
    ['put', put.cod, product(s, parameters)],
  ] as const)
    if (!sameObject(given, needed))
      throw new TypeError(`${move.name}: its ${half} answers ${showObject(given)}, needs ${showObject(needed)}`)
  return lensOptic(get, put, parameters)
}

/** The first state `P → S` of a move, as a term. */
export function initialState(move: AnyMove, parameters: Obj): Term {
  const slots = slotTypes(move.slots, types(parameters))
  return diagram(parameters, (p, algebra) => wiresOf(slots, move.init(p, algebra)))
}
