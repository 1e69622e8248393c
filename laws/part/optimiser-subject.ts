import { showObject, type Obj } from '../../src/object/index.js'
import type { AnyMove } from '../../src/optimiser/index.js'
import { law, type Law, type Sides } from '../law/law.js'
import { running, settings, trajectory, type Running, type Setting } from './trajectory.js'
import type { Values } from '../value/bounds.js'
import { minus } from './vector.js'

/** A rule of any state space and ports, as `adam({ rate })` answers it. */
export interface AnyRule extends Pick<AnyMove, 'name' | 'init' | 'get' | 'put'> {
  readonly passes?: 'point'
  readonly slots: unknown
  readonly ports: unknown
}

/** A rule, or its family by the rate. */
export type RuleOf = AnyRule | ((rate: number) => AnyRule)

/** What the laws of an optimiser speak about. */
export interface Subject {
  readonly move: AnyMove
  /** The rule, made once more where it is made by its rate. */
  readonly again: () => AnyMove
  readonly rate: number
  /** The rule at parameters of given types, of which each is read once. */
  readonly on: (space: Obj) => Running
  /** The same at another rate, where the rule is made by its rate. */
  readonly at: ((rate: number) => (space: Obj) => Running) | undefined
}

/** The subject of a rule. Throws `laws.optimiser: "mine" has no put, needs the init, get and put of a rule`. */
export function subjectOf(name: string, rule: RuleOf, rate: number): Subject {
  if (!(Number.isFinite(rate) && rate > 0))
    throw new RangeError(`laws.optimiser: the rate ${rate} of "${name}" is not a number > 0`)
  const made = (r: number): AnyMove => moveOf(name, typeof rule === 'function' ? rule(r) : rule)
  const move = made(rate)
  const known = new Map<number, (space: Obj) => Running>([[rate, readings(move)]])
  const at = (r: number): ((space: Obj) => Running) => {
    const of = known.get(r) ?? readings(made(r))
    known.set(r, of)
    return of
  }
  return { move, again: () => made(rate), rate, on: at(rate), at: typeof rule === 'function' ? at : undefined }
}

/** A rule as the learner assembles it; what comes from JavaScript may be none. */
function moveOf(name: string, rule: AnyRule): AnyMove {
  const parts: Readonly<Record<string, unknown>> = { ...rule }
  for (const part of ['init', 'get', 'put'])
    if (typeof parts[part] !== 'function')
      throw new TypeError(`laws.optimiser: "${name}" has no ${part}, needs the init, get and put of a rule`)
  if (parts['passes'] === 'gradient')
    throw new TypeError(`laws.optimiser: "${name}" passes on a gradient, needs a rule, which passes on a point`)
  return rule as AnyMove
}

/** A rule at parameters of types that were met, each read once. */
export function readings(rule: AnyRule): (space: Obj) => Running {
  const known = new Map<string, Running>()
  return (space) => {
    const key = showObject(space)
    const r = known.get(key) ?? running(rule as AnyMove, space)
    known.set(key, r)
    return r
  }
}

/** The law of a claim. */
export function claim(
  name: string,
  equation: string,
  holds: (s: Setting) => Sides,
  options: Parameters<typeof settings>[0] = {},
): Law {
  return law({ name, equation, source: 'the definition of the claim', forall: settings(options), holds })
}

/** The movement of each step of a run, p′ − p. */
export function movements(r: Running, s: Setting, gradients: readonly Values[]): readonly Values[] {
  const points = trajectory(r, s.p, gradients)
  return points.slice(1).map((q, i) => minus(q, points[i] ?? q))
}

/** The parameters after each step, less the first ones. */
export function distances(r: Running, s: Setting, gradients: readonly Values[]): readonly Values[] {
  return trajectory(r, s.p, gradients).map((q) => minus(q, s.p))
}
