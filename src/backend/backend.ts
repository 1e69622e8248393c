import type { Tensor, Type } from '../object/index.js'
import type { Rule } from '../compile/index.js'
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
 * Backends agree on which entries are NaN and which infinite. The sign of a zero may differ in maximum, reduceMax, clip, sin,
 * tanh, contract, fold and logSumExp.
 */
export interface Backend {
  readonly name: string
  /** Whether it holds tensors of a type. Scalars that it does not are computed beside its programs, on the host. */
  has(type: Type): boolean
  /** The rules by which its programs are simplified; all where absent. */
  readonly rules?: readonly Rule[]
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
  /** Arrays of these types at fixed places, which programs update there; absent where the device has none. */
  workspace?(types: readonly Type[]): Workspace
  /** Live buffers, and the bytes the backend holds for them (`heap`: all it has taken from the system). */
  memory(): Memory
  /** Ends the threads that the backend has started; absent where it has none. What needs them throws a TypeError after it. */
  close?(): Promise<void>
}

/** A compiled program. */
export interface Executable {
  /** Buffers of the codomain, new and owned by the caller; those of the domain stay the caller's and are not changed. */
  run(inputs: readonly Buffer[]): readonly Buffer[]
  /** The program as it runs, where that is not line by line. */
  explain?(): string
  /** The same with the time of each kernel over a number of runs on a copy of its arrays; absent where kernels cannot be timed. */
  profile?(runs: number): string
  dispose(): void
}

/** Arrays that stay where they are, and programs that replace them in place: what a training session runs on. */
export interface Workspace {
  write(i: number, tensor: Tensor): void
  /** A copy of the i-th array. */
  read(i: number): Tensor
  /**
   * A program of which some inputs are arrays of the workspace, replaced by outputs of the same types when it runs. Throws
   * as {@link Backend.compile}.
   */
  compile(program: Flat, owned: readonly OwnedPort[]): Update
  /** Bytes of memory that it has. */
  bytes(): number
  dispose(): void
}
/** An input of a program that is the workspace's array `slot`, and the output that replaces it. */
export interface OwnedPort {
  readonly input: number
  readonly output: number
  readonly slot: number
}
/** A program over a workspace. */
export interface Update {
  /** Copies the k-th of the inputs that are not owned to its place, where it stays until another program runs. */
  write(k: number, tensor: Tensor): void
  /** Runs on what was written. Nothing is allocated. */
  run(): void
  /** A copy of an output of the last run, before another program of the workspace runs. */
  output(i: number): Tensor
  /** An output that is a float32 scalar. */
  scalar(i: number): number
  /** The program as it runs: its kernels, and what each costs. */
  explain(): string
  /** The same with the time of each kernel over a number of runs, on a copy of all arrays; absent where kernels cannot be timed. */
  profile?(runs: number): string
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
