import { size } from '../../object/index.js'
import type { Builder } from './builder.js'
import type { HeldDtype, KernelName, Kernels, Values } from './kernel.js'
import type { Code, InstructionOf, Instruction, Operand, Storage } from './plan.js'

/** Code while it is being written. */
export interface Recorder extends Pick<Builder, 'emit' | 'literal'> {
  storage(dtype: HeldDtype, size: number): Storage
  code(inputs: readonly Storage[], outs: readonly Operand[]): Code
}

/** An empty recorder: calls with the same kernel, attributes and operands are one call, equal short literals one literal. */
export function recorder(): Recorder {
  const storages: Storage[] = []
  const instructions: Instruction[] = []
  const literals = new Map<Storage, Values>()
  const known = new Map<string, Storage>()
  const storage = (dtype: HeldDtype, n: number): Storage => {
    const s: Storage = { index: storages.length, dtype, size: n }
    storages.push(s)
    return s
  }
  return {
    storage,
    code: (inputs, outs) => ({ storages, inputs, literals, instructions, outs }),
    literal(dtype, values) {
      const key = values.length <= 64 || values.every((x) => x === values[0]) ? brief(dtype, values) : undefined
      const old = key === undefined ? undefined : known.get(key)
      if (old !== undefined) return old
      const s = storage(dtype, values.length)
      literals.set(s, values)
      if (key !== undefined) known.set(key, s)
      return s
    },
    emit<K extends KernelName>(
      kernel: K,
      attributes: Kernels[K],
      inputs: readonly Operand[],
      dtype: HeldDtype,
      shape: readonly number[],
    ): Storage {
      const operands = inputs.map((x) => `${x.storage.index}[${x.shape.join()}]`)
      const key = `${kernel}${JSON.stringify(attributes)}(${operands.join()})${dtype}[${shape.join()}]`
      const old = known.get(key)
      if (old !== undefined) return old
      const s = storage(dtype, size(shape))
      const instruction: InstructionOf<K> = { kernel, attributes, inputs, out: { storage: s, shape } }
      instructions.push(instruction as Instruction)
      known.set(key, s)
      return s
    },
  }
}

function brief(dtype: HeldDtype, values: Values): string {
  const all = values.every((x) => Object.is(x, values[0]))
  return `${dtype} ${values.length}: ${all ? show(values[0] ?? 0) : Array.from(values, show).join()}`
}
const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))
