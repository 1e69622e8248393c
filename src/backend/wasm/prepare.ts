import { types, type Type } from '../../object/index.js'
import type { Flat } from '../../term/index.js'
import { BackendError } from '../backend.js'
import { checkHeld } from './holds.js'
import { emitProgram, type EmitOptions, type Emitted } from './emit/program.js'
import { lowerProgram } from './lower/lower.js'
import { planBuffers, type Owned, type Plan } from './plan/buffer.js'
import { chosen, type Passes } from './pass.js'
import { groupNodes } from './plan/group.js'

/** The first byte that arrays may take. */
export const begin = 65536
const most = 2 ** 32

/** A program ready to be instantiated: where its inputs and outputs are, and the module that computes them. */
export interface Prepared {
  readonly plan: Plan
  readonly emitted: Emitted
  /** Addresses of the domain; −1 of what has no entries. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly dom: readonly Type[]
  readonly cod: readonly Type[]
}

/** Options of the compiler. */
export interface PrepareOptions extends EmitOptions {
  readonly passes?: Passes
  readonly owned?: readonly Owned[]
  /** Where arrays begin. */
  readonly from?: number
}

/** The module of a program. Throws a {@link BackendError} where it does not fit into a memory, or is of dtypes it does not hold. */
export function prepare(program: Flat, options: PrepareOptions = {}): Prepared {
  const { passes, owned = [], from = begin } = options
  const on = chosen(passes)
  checkHeld(program)
  const nodes = lowerProgram(program, owned, on)
  const plan = planBuffers(groupNodes(nodes, on), from, owned, on)
  if (plan.end >= most)
    throw new BackendError(`compiled wasm: the program needs ${plan.end} bytes of memory, there are at most ${most}`)
  const emitted = emitProgram(plan, options)
  const at = (node: number): number => (node < 0 ? -1 : (plan.address.get(node) ?? -1))
  return {
    plan,
    emitted,
    inputs: nodes.inputs.map(at),
    outputs: nodes.outs.map(at),
    dom: types(program.dom),
    cod: types(program.cod),
  }
}
