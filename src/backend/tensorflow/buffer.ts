import type { Type } from '../../object/index.js'
import type { Buffer, Memory } from '../backend.js'
import { checkInputs, notUsable } from '../inputs.js'
import { bytesOf, type DataId, type HeldDtype, type KernelBackend } from './kernel.js'

/** Data of tfjs, shared by the buffers that hold it and freed with the last, unless an executable keeps it. */
export interface Cell {
  readonly dataId: DataId
  readonly bytes: number
  buffers: number
  kept: boolean
}

/** New data that nothing holds yet. */
export function cellOf(dataId: DataId, size: number, dtype: HeldDtype, kept = false): Cell {
  return { dataId, bytes: size * bytesOf[dtype], buffers: 0, kept }
}

/** Ends an executable's hold on data. */
export function letGo(cell: Cell, backend: KernelBackend): void {
  cell.kept = false
  if (cell.buffers === 0) backend.disposeData(cell.dataId)
}

/** A buffer of a store. */
interface Handle extends Buffer {
  readonly store: Store
  readonly cell: Cell
  live: boolean
}

/** The buffers of a backend. */
export interface Store {
  /** A new buffer of a cell. */
  hold(type: Type, cell: Cell): Buffer
  /** The cell of a live buffer; throws where it is disposed or another backend's. */
  cellOf(what: string, buffer: Buffer): Cell
  release(buffer: Buffer): void
  memory(): Omit<Memory, 'heap'>
}

/** An empty store. */
export function store(name: string, backend: KernelBackend): Store {
  let buffers = 0
  let bytes = 0
  const handle = (what: string, buffer: Buffer): Handle => {
    const h = buffer as Handle
    if (h.store !== self || !h.live) throw notUsable(name, what, h.store === self)
    return h
  }
  const self: Store = {
    hold(type, cell) {
      if (cell.buffers === 0) bytes += cell.bytes
      cell.buffers += 1
      buffers += 1
      const h: Handle = { type, store: self, cell, live: true }
      return h
    },
    cellOf: (what, buffer) => handle(what, buffer).cell,
    release(buffer) {
      const h = handle('dispose', buffer)
      h.live = false
      h.cell.buffers -= 1
      buffers -= 1
      if (h.cell.buffers > 0) return
      bytes -= h.cell.bytes
      if (!h.cell.kept) backend.disposeData(h.cell.dataId)
    },
    memory: () => ({ buffers, bytes }),
  }
  return self
}

/** The cells of a program's inputs. Throws where their number, their types or their backend is wrong. */
export function cellsOf(name: string, held: Store, dom: readonly Type[], inputs: readonly Buffer[]): Cell[] {
  checkInputs(name, dom, inputs)
  return inputs.map((x, i) => held.cellOf(`input ${i}`, x))
}
