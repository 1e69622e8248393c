import { evaluate } from '../../src/backend/reference/index.js'
import { object, type Obj, type Tensor } from '../../src/object/index.js'
import { initialState, moveOptic, stateObject, type AnyMove } from '../../src/optimiser/index.js'
import { getOf, putOf } from '../../src/optic/index.js'

/** Where an optimiser is: its state and the parameters. */
export interface At {
  readonly state: readonly Tensor[]
  readonly params: readonly Tensor[]
}

/** A move over a parameter object as plain functions. */
export interface Running {
  readonly start: (params: readonly Tensor[]) => At
  /** Where the model is evaluated. */
  readonly look: (at: At, ports?: readonly Tensor[]) => Tensor[]
  readonly put: (at: At, gradient: readonly Tensor[], ports?: readonly Tensor[]) => At
}

/** The get and put of a move, as terms evaluated by the reference backend. */
export function running(move: AnyMove, p: Obj): Running {
  const o = moveOptic(move, p)
  const [get, put, init] = [getOf(o), putOf(o), initialState(move, p)]
  const n = stateObject(move, p).length
  const whole = ({ state, params }: At, ports: readonly Tensor[]): Tensor[] => [...state, ...params, ...ports]
  return {
    start: (params) => ({ state: evaluate(init, params), params }),
    look: (at, ports = []) => evaluate(get, whole(at, ports)),
    put(at, gradient, ports = []) {
      const out = evaluate(put, [...whole(at, ports), ...gradient])
      return { state: out.slice(0, n), params: out.slice(n) }
    },
  }
}

/** The points after each of some gradients, the start first. */
export function trajectory(move: AnyMove, params: readonly Tensor[], gradients: readonly (readonly Tensor[])[]): At[] {
  const { start, put } = running(move, object(params.map((t) => ({ dtype: t.dtype, shape: t.shape }))))
  const out = [start(params)]
  for (const g of gradients) out.push(put(out[out.length - 1] as At, g))
  return out
}
