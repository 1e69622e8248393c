import { BackendError } from '../backend.js'
import { arena, line } from './arena.js'
import { cellOf, letGo, type Cell } from './buffer.js'
import { boundCall } from './direct-kernel.js'
import type { Executor } from './executor.js'
import { tensorflowDtype, type DataId } from './kernel.js'
import { machine, type WasmBackend } from './machine.js'
import type { Plan, Storage } from './plan.js'

/**
 * A plan on the exports of tfjs's wasm module, past its kernel functions: identifiers, shapes and the places of
 * intermediate arrays are fixed when it is made, so a call costs what the export costs. Inputs and outputs are ordinary
 * data of the backend.
 */
export function direct(backend: WasmBackend, plan: Plan): Executor {
  const { wasm } = backend
  const m = machine(backend)
  const point = (storage: Storage, dataId: DataId): void => {
    const { id, memoryOffset } = backend.dataIdMap.get(dataId)
    m.ids[storage.index] = id
    m.pointers[storage.index] = memoryOffset
  }
  const allocate = (storage: Storage): DataId => {
    const { dataId } = backend.makeOutput([storage.size], tensorflowDtype[storage.dtype])
    point(storage, dataId)
    return dataId
  }
  const constants = new Map<Storage, Cell>()
  prepare()

  const { offsets, bytes } = arena(plan)
  const block = wasm._malloc(bytes + line) >>> 0
  if (block === 0) throw new BackendError(`wasm: out of memory: ${bytes + line} bytes for intermediates`)
  const base = Math.ceil(block / line) * line
  for (const [storage, offset] of offsets) {
    const id = m.fresh()
    m.ids[storage.index] = id
    m.pointers[storage.index] = base + offset
    m.place(id, storage.size, base + offset)
  }
  const { inputs, outs } = plan.code
  const given = new Set(inputs)
  const made = [...new Set(outs.map((x) => x.storage))].filter((s) => !given.has(s) && !plan.kept.has(s))
  const calls = plan.steps.map(({ instruction }) => boundCall(m, plan, instruction))
  return {
    run(cells) {
      const all = new Map<Storage, Cell>(constants)
      for (let i = 0; i < inputs.length; i++) {
        const [storage, cell] = [inputs[i] as Storage, cells[i] as Cell]
        all.set(storage, cell)
        point(storage, cell.dataId)
      }
      for (const storage of made) all.set(storage, cellOf(allocate(storage), storage.size, storage.dtype))
      for (let i = 0; i < calls.length; i++) (calls[i] as () => void)()
      return outs.map((x) => all.get(x.storage) as Cell)
    },
    dispose() {
      m.free()
      wasm._free(block)
      for (const cell of constants.values()) letGo(cell, backend)
      constants.clear()
    },
  }

  /** Literals and what depends on them alone. */
  function prepare(): void {
    const data = new Map<Storage, DataId>()
    for (const [storage, values] of plan.literals) {
      const dataId = backend.write(values, [storage.size], tensorflowDtype[storage.dtype])
      point(storage, dataId)
      data.set(storage, dataId)
    }
    for (const instruction of plan.setup) {
      data.set(instruction.out.storage, allocate(instruction.out.storage))
      boundCall(m, plan, instruction)()
    }
    for (const [storage, dataId] of data)
      if (plan.kept.has(storage)) constants.set(storage, cellOf(dataId, storage.size, storage.dtype, true))
      else backend.disposeData(dataId)
  }
}
