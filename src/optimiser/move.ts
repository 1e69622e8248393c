import { normal, type Float64, type TensorType, type Type } from '../object/index.js'
import type { Params } from '../optic/index.js'
import type { Tensor } from '../object/index.js'
import type { Algebra, Wire } from '../structure/index.js'

/** What a slot holds: a tensor of each parameter's own type, or one tensor of a fixed type. */
export type Kind = 'same' | TensorType
/** The slots of a rule. */
export interface Slots {
  readonly [slot: string]: Kind
}
/** The state an optimiser keeps: slots under the name of each rule, `{ adam: AdamSlots }`. */
export interface StateSpace {
  readonly [rule: string]: Slots
}
/** The state of an optimiser over a parameter space P: under each slot a tree like the parameters, or one tensor. */
export type State<S, P> = {
  readonly [R in keyof S]: { readonly [K in keyof S[R]]: S[R][K] extends TensorType ? Tensor<S[R][K]> : Params<P> }
}

/** An input of a step beside state, parameters and data: its type. */
export interface Ports {
  readonly [port: string]: TensorType
}
/** No slots, no ports. */
export interface Empty extends Readonly<Record<never, never>> {}
/** The slot of a step counter, in float64 so that it does not stop at 2²⁴. */
export interface Count {
  count: Float64<[]>
}

/** The wires of a state: under each rule and slot one wire a parameter, or one wire. */
export type Environment = ReadonlyMap<string, ReadonlyMap<string, readonly Wire[]>>
/** The wires of the ports. */
export type PortWires = ReadonlyMap<string, Wire>

/** What a put answers. */
export interface Put {
  readonly state: Environment
  readonly out: readonly Wire[]
}

/**
 * A morphism of Para(Lens) on the whole parameter object: `get : S ⊗ P ⊗ Q → P` says where the model is evaluated, and
 * `put : S ⊗ P ⊗ back ⊗ Q → S ⊗ out` what the answer does. `Passes` and `Takes` keep cotangents and points apart: a
 * transform takes and passes on gradients, a rule takes a gradient and passes on a point.
 */
export interface Move<
  out Passes extends 'gradient' | 'point',
  out Takes extends 'gradient' | 'point',
  in out S,
  in out Q,
> {
  readonly name: string
  readonly passes: Passes
  readonly takes: Takes
  readonly slots: S
  readonly ports: Q
  readonly init: (p: readonly Wire[], algebra: Algebra) => Environment
  readonly get: (s: Environment, p: readonly Wire[], q: PortWires) => readonly Wire[]
  readonly put: (s: Environment, p: readonly Wire[], back: readonly Wire[], q: PortWires) => Put
}

/** A gradient goes in and a gradient comes out: clipping, decay, scaling. */
export interface Transform<in out S, in out Q> extends Move<'gradient', 'gradient', S, Q> {}
/** A gradient goes in and a point comes out: descent, momentum, Adam. */
export interface Rule<in out S, in out Q> extends Move<'point', 'gradient', S, Q> {}

/** A move with its state space and ports forgotten, as the learner assembles it. */
export interface AnyMove {
  readonly name: string
  readonly slots: StateSpace
  readonly ports: Ports
  readonly init: Move<'point', 'gradient', unknown, unknown>['init']
  readonly get: Move<'point', 'gradient', unknown, unknown>['get']
  readonly put: Move<'point', 'gradient', unknown, unknown>['put']
}

/** A slot of a state at given parameters: its path and the types of its wires. */
export interface SlotTypes {
  readonly rule: string
  readonly slot: string
  readonly same: boolean
  readonly types: readonly Type[]
}

/** The slots of a state space over parameters of the given types, in order. */
export function slotTypes(space: StateSpace, parameters: readonly Type[]): SlotTypes[] {
  return Object.entries(space).flatMap(([rule, slots]) =>
    Object.entries(slots).map(([slot, kind]) => ({
      rule,
      slot,
      same: kind === 'same',
      types: kind === 'same' ? parameters : [normal(kind)],
    })),
  )
}

/** The environment of wires in the order of {@link slotTypes}. */
export function environmentOf(slots: readonly SlotTypes[], wires: readonly Wire[]): Environment {
  const out = new Map<string, Map<string, readonly Wire[]>>()
  let at = 0
  for (const { rule, slot, types } of slots) {
    const here = out.get(rule) ?? new Map<string, readonly Wire[]>()
    here.set(slot, wires.slice(at, (at += types.length)))
    out.set(rule, here)
  }
  return out
}

/** The wires of an environment in the order of {@link slotTypes}. Throws where a slot is missing. */
export function wiresOf(slots: readonly SlotTypes[], environment: Environment): Wire[] {
  return slots.flatMap(({ rule, slot, types }) => {
    const wires = environment.get(rule)?.get(slot)
    if (wires?.length !== types.length)
      throw new TypeError(`optimiser: ${rule}.${slot} has ${wires?.length ?? 0} tensors, needs ${types.length}`)
    return wires
  })
}
