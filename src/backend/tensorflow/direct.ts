import { arena, line } from './arena.js'
import { cellOf, letGo, type Cell } from './buffer.js'
import { boundCall } from './direct-kernel.js'
import type { Executor } from './executor.js'
import { bytesOf, tensorflowDtype, type DataId } from './kernel.js'
import { allocated, checkPlace, checkRequest, machine, type WasmBackend } from './machine.js'
import type { Plan, Storage } from './plan.js'

/**
 * A plan on the exports of tfjs's wasm module, past its kernel functions: identifiers, shapes and the places of
 * intermediate arrays are fixed when it is made, so a call costs what the export costs. Inputs and outputs are ordinary
 * data of the backend.
 */
export function direct(backend: WasmBackend, plan: Plan): Executor {
  const { wasm } = backend
  const m = machine(backend)
  const constants = new Map<Storage, Cell>()
  let block = 0
  const dispose = (): void => {
    m.free()
    wasm._free(block)
    block = 0
    for (const cell of constants.values()) letGo(cell, backend)
    constants.clear()
  }
  const point = (storage: Storage, dataId: DataId): void => {
    const { id, memoryOffset } = backend.dataIdMap.get(dataId)
    m.ids[storage.index] = id
    m.pointers[storage.index] = memoryOffset
  }
  /** New data of the backend, remembered before anything can throw. */
  const allocate = (storage: Storage, made: Map<Storage, DataId>): void => {
    const bytes = storage.size * bytesOf[storage.dtype]
    checkRequest(bytes, 'an array')
    const { dataId } = backend.makeOutput([storage.size], tensorflowDtype[storage.dtype])
    made.set(storage, dataId)
    point(storage, dataId)
    checkPlace(wasm, m.pointers[storage.index] as number, bytes, 'an array')
  }
  const { inputs, outs } = plan.code
  const given = new Set(inputs)
  const results = [...new Set(outs.map((x) => x.storage))].filter((s) => !given.has(s) && !plan.kept.has(s))
  const calls = undone(dispose, () => {
    prepare()
    place()
    return plan.steps.map(({ instruction }) => boundCall(m, plan, instruction))
  })
  return {
    run(cells) {
      const all = new Map<Storage, Cell>(constants)
      for (let i = 0; i < inputs.length; i++) {
        const [storage, cell] = [inputs[i] as Storage, cells[i] as Cell]
        all.set(storage, cell)
        point(storage, cell.dataId)
      }
      const made = new Map<Storage, DataId>()
      undone(
        () => made.forEach((dataId) => backend.disposeData(dataId)),
        () => {
          for (const storage of results) allocate(storage, made)
          for (let i = 0; i < calls.length; i++) (calls[i] as () => void)()
        },
      )
      for (const [storage, dataId] of made) all.set(storage, cellOf(dataId, storage.size, storage.dtype))
      return outs.map((x) => all.get(x.storage) as Cell)
    },
    dispose,
  }

  /** Places of the intermediate arrays. */
  function place(): void {
    const { offsets, bytes } = arena(plan)
    block = allocated(wasm, bytes + line, 'intermediates')
    const base = Math.ceil(block / line) * line
    for (const [storage, offset] of offsets) {
      const id = m.fresh()
      m.ids[storage.index] = id
      m.pointers[storage.index] = base + offset
      m.place(id, storage.size, base + offset)
    }
  }

  /** Literals and what depends on them alone. */
  function prepare(): void {
    const data = new Map<Storage, DataId>()
    undone(
      () => data.forEach((dataId) => backend.disposeData(dataId)),
      () => {
        for (const [storage, values] of plan.literals) {
          const dataId = backend.write(values, [storage.size], tensorflowDtype[storage.dtype])
          data.set(storage, dataId)
          point(storage, dataId)
        }
        for (const instruction of plan.setup) {
          allocate(instruction.out.storage, data)
          boundCall(m, plan, instruction)()
        }
      },
    )
    for (const [storage, dataId] of data)
      if (plan.kept.has(storage)) constants.set(storage, cellOf(dataId, storage.size, storage.dtype, true))
      else backend.disposeData(dataId)
  }
}

/** What `work` answers; where it throws, `undo` first. */
function undone<T>(undo: () => void, work: () => T): T {
  try {
    return work()
  } catch (error) {
    undo()
    throw error
  }
}
