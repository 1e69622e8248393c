import { BackendError } from '../backend.js'
import type { KernelBackend, TensorflowDtype, TensorInfo, DataId } from './kernel.js'
import type { Operand, Storage } from './plan.js'

/** A function of tfjs's wasm module: numbers are identifiers of arrays, pointers, sizes and dtypes. */
export type Export = (...operands: number[]) => number

/** The module as tfjs's loader leaves it. */
export interface WasmModule {
  readonly HEAPU8: Uint8Array
  readonly asm: { readonly [name: string]: Export | undefined }
  _malloc(bytes: number): number
  _free(pointer: number): void
}

/** The wasm backend of tfjs 4.22.0 as far as arrays are known to its module: by an identifier, at a place. */
export interface WasmBackend extends KernelBackend {
  readonly wasm: WasmModule
  dataIdNextNumber: number
  readonly dataIdMap: { get(dataId: DataId): { readonly id: number; readonly memoryOffset: number } }
  makeOutput(shape: readonly number[], dtype: TensorflowDtype): TensorInfo
}

/** Where each storage is while a program runs, by its index: tfjs's identifier and the address. */
export interface Machine {
  readonly ids: number[]
  readonly pointers: number[]
  /** An export of the module; throws where it has none. */
  call(name: string): Export
  /** The address of a list of int32, kept as long as the machine. */
  list(numbers: readonly number[]): number
  /** An identifier for a view of memory, registered by `place`. */
  fresh(): number
  /** Registers an identifier at an address, forgetting what XNNPACK packed for it. */
  place(id: number, size: number, pointer: number): void
  bytes(): Uint8Array
  floats(): Float32Array
  integers(): Int32Array
  free(): void
}

/** True of the wasm backend whose module can be called past tfjs's kernel functions. */
export function isWasmBackend(backend: KernelBackend): backend is WasmBackend {
  const b = backend as Partial<WasmBackend>
  const w = b.wasm as Partial<WasmModule> | undefined
  return (
    typeof b.dataIdNextNumber === 'number' &&
    typeof b.makeOutput === 'function' &&
    typeof w?.asm?.['register_tensor'] === 'function' &&
    typeof w.asm['Transpose'] === 'function'
  )
}

/** The address of new memory. Throws where the module has not as much. */
export function allocated(wasm: WasmModule, bytes: number, what: string): number {
  checkRequest(bytes, what)
  const pointer = wasm._malloc(bytes) >>> 0
  checkPlace(wasm, pointer, bytes, what)
  return pointer
}

/** Throws where a size does not fit into the 32 bits of the allocator's argument. */
export function checkRequest(bytes: number, what: string): void {
  if (bytes >= 2 ** 32) throw outOfMemory(bytes, what)
}

/** Throws where the allocator answered 0, or, as it does at sizes next to 2³², a place that ends outside. */
export function checkPlace(wasm: WasmModule, pointer: number, bytes: number, what: string): void {
  if (pointer === 0 || pointer + bytes > wasm.HEAPU8.byteLength) throw outOfMemory(bytes, what)
}

const outOfMemory = (bytes: number, what: string): BackendError =>
  new BackendError(`wasm: out of memory: ${bytes} bytes for ${what}`)

/** A machine over the backend's memory. */
export function machine(backend: WasmBackend): Machine {
  const { wasm } = backend
  const owned: number[] = []
  const identifiers: number[] = []
  const call = (name: string): Export => {
    const f = wasm.asm[name]
    if (f === undefined) throw new TypeError(`tensorflow: the wasm module has no function ${name}`)
    return f
  }
  const [register, forget] = [call('register_tensor'), call('dispose_data')]
  let floats = new Float32Array(wasm.HEAPU8.buffer)
  let integers = new Int32Array(wasm.HEAPU8.buffer)
  return {
    ids: [],
    pointers: [],
    call,
    list(numbers) {
      const pointer = allocated(wasm, Math.max(4, numbers.length * 4), 'a shape')
      owned.push(pointer)
      new Int32Array(wasm.HEAPU8.buffer, pointer, numbers.length).set(numbers)
      return pointer
    },
    fresh() {
      const id = backend.dataIdNextNumber++
      identifiers.push(id)
      return id
    },
    place(id, size, pointer) {
      forget(id)
      register(id, size, pointer)
    },
    bytes: () => wasm.HEAPU8,
    // Views end with the buffer when the memory grows.
    floats: () => (floats.buffer === wasm.HEAPU8.buffer ? floats : (floats = new Float32Array(wasm.HEAPU8.buffer))),
    integers: () =>
      integers.buffer === wasm.HEAPU8.buffer ? integers : (integers = new Int32Array(wasm.HEAPU8.buffer)),
    free() {
      for (const pointer of owned.splice(0)) wasm._free(pointer)
      for (const id of identifiers.splice(0)) forget(id)
    },
  }
}

/** The index of an operand's storage. */
export const at = (x: Operand | undefined): number => (x?.storage as Storage).index
