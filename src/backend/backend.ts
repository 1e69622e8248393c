import type { Dtype, Tensor, Type } from '../object/index.js'
import type { Flat } from '../term/index.js'

/** An array that a backend holds; opaque to all others. */
export interface Buffer {
  readonly type: Type
}

/**
 * What runs straight-line programs. Loading one is async, running a program is not; nothing is recorded and nothing is
 * allocated that is not disposed. Buffers are owned by the caller and disposed one by one; using or disposing one that was
 * disposed, or another backend's, is a TypeError, as is running an executable that was disposed.
 *
 * Backends agree on which entries are NaN and which infinite. The sign of a zero may differ in maximum, clip, sin, tanh,
 * contract, fold and logSumExp.
 */
export interface Backend {
  readonly name: string
  /** Whether it holds tensors of a dtype. Scalars of other dtypes are computed beside its programs, on the host. */
  has(dtype: Dtype): boolean
  /** A buffer with a copy of the tensor's entries. */
  upload(tensor: Tensor): Buffer
  /** The entries of a buffer. */
  read(buffer: Buffer): Promise<Tensor>
  /** The entries of a buffer without waiting; absent where the device cannot (webgpu). */
  readNow?(buffer: Buffer): Tensor
  dispose(buffer: Buffer): void
  /**
   * The executable of a program. Throws a {@link BackendError} that names every primitive and dtype it lacks before
   * anything runs: `wasm: "sort" is unsupported at dtype bit`.
   */
  compile(program: Flat): Executable
  /** Live buffers, and the bytes the backend holds for them (`heap`: all it has taken from the system). */
  memory(): Memory
}

/** A compiled program. */
export interface Executable {
  /** Buffers of the codomain, new and owned by the caller; those of the domain stay the caller's and are not changed. */
  run(inputs: readonly Buffer[]): readonly Buffer[]
  dispose(): void
}

/** What a backend holds. */
export interface Memory {
  readonly buffers: number
  readonly bytes: number
  readonly heap: number
}

/** A backend that cannot be had or cannot run a program. */
export class BackendError extends Error {
  override readonly name = 'BackendError'
}
