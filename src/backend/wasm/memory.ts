import { size, zeros, type Dtype, type Tensor, type Type } from '../../object/index.js'
import { BackendError } from '../backend.js'
import { mostPages } from './assembler/index.js'
import { engine, type EngineMemory } from './engine.js'

/** Bytes of a page of memory. */
const page = 65536

/** A wasm memory with views of it that are renewed when it grows. */
export interface Heap {
  readonly memory: EngineMemory
  /** Room for bytes 0 … `end` − 1. Throws `compiled wasm: out of memory: …` where there is none. */
  reserve(end: number): void
  /** Copies a tensor's entries to an address. */
  write(address: number, tensor: Pick<Tensor, 'dtype' | 'data'>): void
  /** The tensor of a type at an address, copied. */
  read(address: number, type: Type): Tensor
  readonly floats: () => Float32Array
}

/** A memory that threads share: with room to grow as far as the system lets it reserve addresses for. */
function sharedMemory(maximum: number = mostPages): EngineMemory {
  try {
    return new engine.Memory({ initial: 2, maximum, shared: true })
  } catch (error) {
    if (maximum > 2) return sharedMemory(maximum / 2)
    throw new BackendError(
      `compiled wasm: no memory that threads share: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** A memory of its own, which threads share or not. Throws a {@link BackendError} where there is none to be shared. */
export const memoryOf = (shared: boolean): EngineMemory => (shared ? sharedMemory() : new engine.Memory({ initial: 2 }))

/** Grows a memory to hold bytes 0 … `end` − 1. Throws `compiled wasm: out of memory: …` where there is no room. */
export function growTo(memory: EngineMemory, end: number): void {
  const missing = end - memory.buffer.byteLength
  if (missing <= 0) return
  try {
    memory.grow(Math.ceil(missing / page))
  } catch {
    throw new BackendError(
      `compiled wasm: out of memory: ${end} bytes are needed, ${memory.buffer.byteLength} are there`,
    )
  }
}

/** A heap of its own, which threads share or not. */
export function heap(shared = false): Heap {
  const memory = memoryOf(shared)
  let floats = new Float32Array(memory.buffer)
  let ints = new Int32Array(memory.buffer)
  let doubles = new Float64Array(memory.buffer)
  const renew = (): void => {
    floats = new Float32Array(memory.buffer)
    ints = new Int32Array(memory.buffer)
    doubles = new Float64Array(memory.buffer)
  }
  const writers: { readonly [D in Dtype]: (at: number, data: never) => void } = {
    float32: (at, data: Float32Array) => floats.set(data, at >>> 2),
    int32: (at, data: Int32Array) => ints.set(data, at >>> 2),
    bit: (at, data: Uint8Array) => ints.set(data, at >>> 2),
    float64: (at, data: Float64Array) => doubles.set(data, at >>> 3),
    integer: () => {
      throw new TypeError('compiled wasm: integer arrays have no place in memory')
    },
  }
  return {
    memory,
    reserve(end) {
      growTo(memory, end)
      if (floats.buffer !== memory.buffer) renew()
    },
    write: (address, { dtype, data }) => {
      writers[dtype](address, data as never)
    },
    read(address, { dtype, shape }) {
      const n = size(shape)
      const data = zeros(dtype, n) as Float32Array | Int32Array | Float64Array | Uint8Array
      if (n > 0) {
        const from = dtype === 'float32' ? floats : dtype === 'float64' ? doubles : ints
        const first = dtype === 'float64' ? address >>> 3 : address >>> 2
        data.set(from.subarray(first, first + n))
      }
      return { dtype, shape: [...shape], data }
    },
    floats: () => floats,
  }
}
