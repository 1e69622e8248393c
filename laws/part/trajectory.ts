import * as fc from 'fast-check'
import { object, showObject, type Obj, type Type } from '../../src/object/index.js'
import { getOf, putOf } from '../../src/optic/index.js'
import { initialState, moveOptic, stateObject, type AnyMove } from '../../src/optimiser/index.js'
import type { Entries } from '../../src/structure/index.js'
import { element, flatten } from '../../src/term/index.js'
import type { Variables } from '../law/law.js'
import { showValues } from '../value/compare.js'
import { reference } from '../value/reference.js'
import { given, type Rounded } from '../value/rounding.js'
import { boundsAt, type Found, type Values } from '../value/bounds.js'
import { tensorsOf } from './vector.js'

/** Where a run of an optimiser is: its state and the parameters. */
export interface At {
  readonly state: Values
  readonly params: Values
  /** Whether a comparison could have come out otherwise on the way here; not where absent. */
  readonly undecided?: boolean
}

/** An optimiser at parameters of given types, ready to run. */
export interface Running {
  readonly space: Obj
  start(p: Values): At
  /** Where the model is evaluated. */
  look(at: At): Values
  step(at: At, gradient: Values): At
}

/** The value that ports get: every port of a move is a float64 scalar. */
export const port: number = 1 / 8

/** The optimiser on parameters of given types; its ports are 1/8. */
export function running(move: AnyMove, space: Obj): Running {
  const optic = moveOptic(move, space)
  const [put, get, first] = [flatten(putOf(optic)), flatten(getOf(optic)), flatten(initialState(move, space))]
  const states = stateObject(move, space).length
  const ports = Object.keys(move.ports).map((): Entries<Rounded> => ({
    dtype: 'float64',
    shape: [],
    data: [given(port)],
  }))
  const run = boundsAt(reference)
  return {
    space,
    start(params) {
      const { values, undecided } = run(first, params)
      return { state: values, params, undecided }
    },
    look: ({ state, params }) => run(get, [...state, ...params, ...ports]).values,
    step({ state, params, undecided = false }, gradient) {
      const found = run(put, [...state, ...params, ...ports, ...gradient])
      return {
        state: found.values.slice(0, states),
        params: found.values.slice(states),
        undecided: undecided || found.undecided,
      }
    },
  }
}

/** The parameters after each gradient, the first ones in front. */
export function trajectory(r: Running, p: Values, gradients: readonly Values[]): readonly Values[] {
  return places(r, p, gradients).map((at) => at.params)
}

/** All parameters of a trajectory, and whether a comparison could have come out otherwise on the way to them. */
export function followed(r: Running, p: Values, gradients: readonly Values[]): Found {
  const all = places(r, p, gradients)
  return { values: all.flatMap((at) => at.params), undecided: all.some((at) => at.undecided === true) }
}

/** Where a run is at first and after each gradient. */
function places(r: Running, p: Values, gradients: readonly Values[]): readonly At[] {
  const out = [r.start(p)]
  for (const [i, g] of gradients.entries()) out.push(r.step(out[i] as At, g))
  return out
}

/** Parameters, up to three gradients, and naturals for what else a law wants. */
export interface Setting {
  readonly space: Obj
  readonly p: Values
  readonly gradients: readonly Values[]
  readonly n: readonly number[]
}

/** Parameters: scalars, empty tensors, vectors and matrices, one to three of them, of equal and of different types. */
const spaces: readonly (readonly (readonly number[])[])[] = [
  [[]],
  [[2]],
  [[4]],
  [[], []],
  [[2], [2]],
  [[2], []],
  [[2, 2]],
  [[0]],
  [[4], [2]],
  [[0], [2]],
  [[1], [1, 1]],
  [[2, 3], [3]],
  [[], [], []],
  [[2], [], [2]],
  [[3], [3], [3]],
  [[2, 2], [4], [1]],
]

const small = (k: number): number => element('float64', k)
/** 1/4 to 3 in size. */
export const away = (k: number): number => (k % 2 === 0 ? 1 : -1) * (1 / 4 + (Math.floor(k / 2) % 12) / 4)

/** Parameters of float64 with gradients at one to three steps; `of` fixes their types, `entry` the entries of gradients. */
export function settings(
  options: { readonly of?: readonly (readonly number[])[]; readonly entry?: (k: number) => number } = {},
): Variables<Setting> {
  const naturals = fc.array(fc.nat(63), { minLength: 31, maxLength: 31 })
  const raw = fc.record({ space: fc.nat(spaces.length - 1), n: naturals, steps: fc.nat(2) }, { noNullPrototype: true })
  return {
    text: 'p : P, gradients g₁ … gₙ',
    arbitrary: raw.map(({ space: k, n, steps }): Setting => {
      const of = options.of ?? spaces[k] ?? []
      const space = object(of.map((shape): Type => ({ dtype: 'float64', shape })))
      const gradients = Array.from({ length: steps + 1 }, (_, i) =>
        tensorsOf(space, n, 7 * i + 5, options.entry ?? small),
      )
      return { space, p: tensorsOf(space, n, 0, small), gradients, n }
    }),
    show: ({ space, p, gradients }) => ({
      P: showObject(space),
      p: showValues(p),
      ...Object.fromEntries(gradients.map((g, i) => [`g${i + 1}`, showValues(g)])),
    }),
  }
}
