import { threefryBits } from '../../primitive/index.js'
import { BackendError } from '../backend.js'
import { cellOf, letGo, type Cell } from './buffer.js'
import type { Device } from './device.js'
import type { Executor } from './executor.js'
import { inputNames, tensorflowDtype, type DataId, type KernelFunction, type TensorInfo } from './kernel.js'
import type { Instruction, Operand, Plan, Storage } from './plan.js'

/** The data of each storage while a program runs. */
type Memory = (DataId | undefined)[]
/** A call bound to its kernel: reads and writes the memory. */
type Call = (memory: Memory) => void

/** A plan on the kernel functions of any tfjs backend: called directly, each array disposed after its last reader. */
export function portable(device: Device, plan: Plan): Executor {
  const { backend } = device
  const memory: Memory = []
  const free = (storage: Storage): void => {
    const data = memory[storage.index]
    if (data !== undefined) backend.disposeData(data)
    memory[storage.index] = undefined
  }
  const steps = plan.steps.map(({ instruction, dead }) => ({
    call: bind(device, instruction),
    out: instruction.out.storage,
    dead,
  }))
  const fixed = [...plan.literals.keys(), ...plan.setup.map((i) => i.out.storage)]
  try {
    for (const [storage, values] of plan.literals)
      memory[storage.index] = backend.write(values, [storage.size], tensorflowDtype[storage.dtype])
    for (const instruction of plan.setup) bind(device, instruction)(memory)
  } catch (error) {
    for (const storage of fixed) free(storage)
    throw error
  }
  for (const storage of fixed) if (!plan.kept.has(storage)) free(storage)
  const constants = new Map([...plan.kept].map((s) => [s, cellOf(memory[s.index] as DataId, s.size, s.dtype, true)]))
  const { inputs, outs } = plan.code
  return {
    run(given) {
      const cells = new Map<Storage, Cell>(constants)
      for (const [i, storage] of inputs.entries()) {
        const cell = given[i] as Cell
        memory[storage.index] = cell.dataId
        cells.set(storage, cell)
      }
      let done = 0
      try {
        for (const { call, dead } of steps) {
          call(memory)
          done += 1
          for (const storage of dead) free(storage)
        }
      } catch (error) {
        for (const { out } of steps.slice(0, done)) free(out)
        throw error
      }
      const results = outs.map(({ storage }) => {
        const cell = cells.get(storage) ?? cellOf(memory[storage.index] as DataId, storage.size, storage.dtype)
        cells.set(storage, cell)
        return cell
      })
      for (const { storage } of outs) if (!plan.kept.has(storage)) memory[storage.index] = undefined
      for (const storage of inputs) memory[storage.index] = undefined
      return results
    },
    dispose() {
      for (const cell of constants.values()) letGo(cell, backend)
      constants.clear()
    },
  }
}

/** The call of an instruction, its arguments made once; only the data of the operands changes from run to run. */
function bind(device: Device, instruction: Instruction): Call {
  const { backend } = device
  const { kernel, attributes, out } = instruction
  const call: KernelFunction | undefined = device.kernel(kernel)
  if (kernel === 'RandomBits' && call === undefined)
    return randomBits(device, instruction.inputs[0] as Operand, attributes.words, out)
  if (call === undefined) throw new BackendError(`${device.name}: tfjs has no kernel ${kernel} for this backend`)
  const infos = instruction.inputs.map(({ storage, shape }): TensorInfo => ({
    dataId: storage,
    shape,
    dtype: tensorflowDtype[storage.dtype],
  }))
  const names = inputNames(kernel)
  const inputs: unknown =
    kernel === 'Concat' ? infos : Object.fromEntries(infos.map((info, i) => [names[i] as string, info]))
  const parameters = { inputs, attrs: attributes, backend }
  const places = instruction.inputs.map((x) => x.storage.index)
  const target = out.storage.index
  return (memory) => {
    for (let i = 0; i < infos.length; i++) (infos[i] as TensorInfo).dataId = memory[places[i] as number] as DataId
    memory[target] = call(parameters).dataId
  }
}

function randomBits({ backend }: Device, key: Operand, words: number, out: Operand): Call {
  return (memory) => {
    const read = backend.readSync(memory[key.storage.index] as DataId)
    memory[out.storage.index] = backend.write(randomWords(read, words), out.shape, 'int32')
  }
}

/** Threefry's words for each key of a list, two entries a key. */
export function randomWords(keys: ArrayLike<number>, words: number): Int32Array {
  const out = new Int32Array((keys.length / 2) * words)
  for (let i = 0; i < keys.length; i += 2)
    out.set(threefryBits([keys[i] ?? 0, keys[i + 1] ?? 0], words), (i / 2) * words)
  return out
}
