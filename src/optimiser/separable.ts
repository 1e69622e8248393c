import { dtypes, float64, showType, type Float64, type TensorType } from '../object/index.js'
import { add, broadcast, cast, constant, subtract, multiply, exp } from '../primitive/index.js'
import type { Algebra, Wire } from '../structure/index.js'
import { checkRate, type Schedule } from '../schedule/schedule.js'
import type { Count, Empty, Environment, Kind, PortWires, Rule, Slots, Transform } from './move.js'

/** A rate: a number, a function of the step counter, or a port of the step by its name. */
export type Rate = number | Schedule | { readonly port: string }

/** The slots S of a rule, and the counter that its rate needs: where it is a schedule. */
export type RateSlots<R extends Rate, S = Empty> = R extends Schedule ? S & Count : S
/** The ports a rate needs. */
export type RatePorts<R extends Rate> = R extends { readonly port: infer N extends string }
  ? { readonly [K in N]: Float64<[]> }
  : Empty

/** The slot of a counter where the rate is a schedule. */
export function rateSlots(rate: Rate): Slots {
  return typeof rate === 'object' && 'schedule' in rate ? { count: { dtype: 'float64', shape: [] } } : {}
}
/** The port where the rate is one. */
export function ratePorts(rate: Rate): { readonly [port: string]: TensorType } {
  return typeof rate === 'object' && 'port' in rate ? { [rate.port]: float64() } : {}
}
/** Throws where a number is not a rate. */
export function checkedRate<R extends Rate>(what: string, rate: R): R {
  if (typeof rate === 'number') checkRate(what, rate)
  return rate
}

/** What the rule of one tensor sees beside its slots: scalars shared by all tensors. */
export interface Shared {
  /** Wires of the shared slots, scalars in float64. */
  readonly before: ReadonlyMap<string, Wire>
  readonly ports: PortWires
  readonly algebra: Algebra
}

/** A scalar: a number known while the term is built, or a wire. */
export type Scalar = number | Wire

/** A scalar at every entry of a tensor's type: a constant, or a cast and broadcast wire. */
export function spread(scalar: Scalar, x: Wire): Wire {
  const { dtype } = x.type
  if (typeof scalar === 'number') return constant(x.algebra, scalar, dtype, x.type.shape)
  if (!dtypes[dtype].rational)
    throw new TypeError(
      `optimiser: the rig ${dtypes[dtype].rig} of ${dtype} has no fractions, so a rate there is a constant, not a schedule or a port`,
    )
  return broadcast(
    cast(scalar, x.type.dtype),
    x.type.shape.map((_, i) => i),
    x.type.shape,
  )
}
/** `c · x` for a scalar c. */
export function scaled(scalar: Scalar, x: Wire): Wire {
  return multiply(spread(scalar, x), x)
}
/** The value of a rate at the counter of a shared state. */
export function rateOf(rate: Rate, shared: Shared): Scalar {
  if (typeof rate === 'number') return rate
  if ('port' in rate) return wire(shared.ports, rate.port)
  return rate.at(wire(shared.before, 'count'))
}
/** `1 − βᵗ` for the t-th step, t = count + 1, in float64. */
export function correction(beta: number, count: Wire): Wire {
  return beta === 0
    ? constant(count.algebra, 1, 'float64', [])
    : subtract(1, exp(multiply(Math.log(beta), add(count, 1))))
}

/** The wire of a name. Throws where there is none. */
export function wire(map: ReadonlyMap<string, Wire>, name: string): Wire {
  const w = map.get(name)
  if (w === undefined) throw new TypeError(`optimiser: no wire is called ${name}`)
  return w
}

/** A rule that treats every entry by itself, written for one tensor. */
export interface Separable {
  readonly name: string
  /** Slots of each tensor's own type, with their first value. */
  readonly own: { readonly [slot: string]: (p: Wire) => Wire }
  /** Shared scalar slots, in float64, from 0, increased by one each step. */
  readonly counts: boolean
  readonly ports: { readonly [port: string]: TensorType }
  /** Where the model is evaluated: the point itself if absent. */
  readonly look?: (p: Wire, own: ReadonlyMap<string, Wire>, shared: Shared) => Wire
  /** The scalars of a step, computed once for all tensors. */
  readonly scalars: (shared: Shared) => { readonly [name: string]: Scalar }
  /** The new slots and what is passed on. */
  readonly step: (
    p: Wire,
    g: Wire,
    own: ReadonlyMap<string, Wire>,
    scalar: (name: string) => Scalar,
  ) => { readonly own: { readonly [slot: string]: Wire }; readonly out: Wire }
}

const dtypeClash = (name: string, p: Wire, g: Wire): string =>
  `${name}: a gradient ${showType(g.type)} for a parameter ${showType(p.type)}`

/** A separable rule lifted to all tensors of a parameter object. */
function liftSeparable<S, Q>(
  passes: 'gradient' | 'point',
  d: Separable,
): Omit<Rule<S, Q>, 'passes'> & { passes: never } {
  const names = Object.keys(d.own)
  const kinds: { [slot: string]: Kind } = Object.fromEntries(names.map((n) => [n, 'same' as const]))
  const slots = { ...kinds, ...(d.counts ? { count: { dtype: 'float64' as const, shape: [] } } : {}) }
  const sharedOf = (s: Environment, q: PortWires, algebra: Algebra): Shared => {
    const count = s.get(d.name)?.get('count')?.[0]
    return { before: new Map(count === undefined ? [] : [['count', count]]), ports: q, algebra }
  }
  const ownOf = (s: Environment, i: number): ReadonlyMap<string, Wire> =>
    new Map(
      names.flatMap((n) =>
        s.get(d.name)?.get(n)?.[i] === undefined ? [] : [[n, s.get(d.name)?.get(n)?.[i] as Wire] as const],
      ),
    )
  return {
    name: d.name,
    passes: passes as never,
    takes: 'gradient',
    slots: (Object.keys(slots).length === 0 ? {} : { [d.name]: slots }) as S,
    ports: d.ports as Q,
    init: (p, algebra) => {
      const own = names.map((n): [string, readonly Wire[]] => [n, p.map((w) => d.own[n]?.(w) ?? w)])
      const count: [string, readonly Wire[]][] = d.counts ? [['count', [constant(algebra, 0, 'float64', [])]]] : []
      return new Map(own.length + count.length === 0 ? [] : [[d.name, new Map([...own, ...count])]])
    },
    get: (s, p, q) => p.map((w, i) => (d.look === undefined ? w : d.look(w, ownOf(s, i), sharedOf(s, q, w.algebra)))),
    put(s, p, back, q) {
      const [first] = p
      if (first === undefined) return { state: s, out: [] }
      const shared = sharedOf(s, q, first.algebra)
      const scalars = d.scalars(shared)
      const scalar = (name: string): Scalar => {
        const found = scalars[name]
        if (found === undefined) throw new TypeError(`${d.name}: no scalar is called ${name}`)
        return found
      }
      const results = p.map((w, i) => {
        const g = back[i] as Wire
        if (showType(g.type) !== showType(w.type)) throw new TypeError(dtypeClash(d.name, w, g))
        return d.step(w, g, ownOf(s, i), scalar)
      })
      const own = names.map((n): [string, readonly Wire[]] => [n, results.map((r) => r.own[n] as Wire)])
      const count: [string, readonly Wire[]][] = d.counts ? [['count', [add(wire(shared.before, 'count'), 1)]]] : []
      return {
        state: new Map(own.length + count.length === 0 ? [] : [[d.name, new Map([...own, ...count])]]),
        out: results.map((r) => r.out),
      }
    },
  }
}

/** A rule written for one tensor and entry by entry, on the whole parameter object. */
export function separableRule<S, Q>(d: Separable): Rule<S, Q> {
  return liftSeparable<S, Q>('point', d)
}
/** A transform written for one tensor and entry by entry, on the whole parameter object. */
export function separableTransform<S, Q>(d: Separable): Transform<S, Q> {
  return liftSeparable<S, Q>('gradient', d)
}
