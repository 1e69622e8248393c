import type { AnyMove, Environment, Move, PortWires, Rule, Transform } from './move.js'
import type { Wire } from '../structure/index.js'

/** State spaces that use none of the names of S. */
export type FreshSlots<S> = { readonly [K in keyof S]?: `two rules are called ${K & string}` } & object

/** The composite of lenses `g ▷ f`: f sees what comes back first. Throws where both keep state under one name. */
function after<Passes extends 'gradient' | 'point'>(
  f: AnyMove,
  g: AnyMove,
  passes: Passes,
): Move<Passes, 'gradient', unknown, unknown> {
  for (const rule of Object.keys(g.slots))
    if (rule in f.slots) throw new TypeError(`chain: two rules are called ${rule}`)
  const part = (s: Environment, move: AnyMove): Environment => new Map([...s].filter(([rule]) => rule in move.slots))
  return {
    name: `${f.name}, ${g.name}`,
    passes,
    takes: 'gradient',
    slots: { ...f.slots, ...g.slots },
    ports: { ...f.ports, ...g.ports },
    init: (p, algebra) => new Map([...f.init(p, algebra), ...g.init(p, algebra)]),
    get: (s, p, q) => f.get(part(s, f), g.get(part(s, g), p, q), q),
    put(s, p, back: readonly Wire[], q: PortWires) {
      const inner = f.put(part(s, f), g.get(part(s, g), p, q), back, q)
      const outer = g.put(part(s, g), p, inner.out, q)
      return { state: new Map([...inner.state, ...outer.state]), out: outer.out }
    },
  }
}

/** `chain(clipByGlobalNorm(1), adam(…))`: the rule g on the gradients that f passes on. */
export function chain<S, Q, T extends FreshSlots<S>, R>(f: Transform<S, Q>, g: Rule<T, R>): Rule<S & T, Q & R> {
  return after(f as unknown as AnyMove, g as unknown as AnyMove, 'point') as unknown as Rule<S & T, Q & R>
}

/** Two transforms as one, f first. */
export function before<S, Q, T extends FreshSlots<S>, R>(
  f: Transform<S, Q>,
  g: Transform<T, R>,
): Transform<S & T, Q & R> {
  return after(f as unknown as AnyMove, g as unknown as AnyMove, 'gradient') as unknown as Transform<S & T, Q & R>
}
