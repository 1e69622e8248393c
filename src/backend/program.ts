import { sameTypes, showType, size, types, type Tensor, type Type } from '../object/index.js'
import { costOf, splitHost, simplify, type Cost, type Split } from '../compile/index.js'
import { flatten, show, type Flat, type Term } from '../term/index.js'
import { evaluate } from './reference/evaluate.js'
import {
  BackendError,
  type Backend,
  type Buffer,
  type Executable,
  type Memory,
  type OwnedPort,
  type Update,
  type Workspace,
} from './backend.js'

/** A value of a program: a buffer of its backend, or a scalar kept on the host because the backend lacks its dtype. */
export type Value = { readonly buffer: Buffer } | { readonly host: Tensor }

/** What is known of a compiled term. */
export interface Compiled {
  readonly dom: readonly Type[]
  readonly cod: readonly Type[]
  /** What one run costs, of the program that is left after the passes. */
  readonly cost: Cost
  /**
   * The program as text: the scalars computed on the host, then what the device runs: of compiled wasm its kernels, with their
   * sizes, FLOPs, the bytes that they write, what is fused into them and what products pack, and why.
   */
  explain(): string
  /**
   * The same with the time of each kernel of compiled wasm in µs, over so many runs, 100 unless given, on a copy of its memory
   * and on one thread: nothing that is learned is changed. Throws a {@link BackendError} on other backends, and a RangeError
   * where `runs` is no whole number from 1 on.
   */
  profile(runs?: number): string
}

/** A term compiled for a backend. */
export interface Program extends Compiled {
  /** The straight-line program that the device runs. */
  readonly device: Flat
  /** The scalars computed beside it. */
  readonly host: Flat
  /** A tensor as the i-th input. Throws where its type is not that of the domain. */
  upload(tensor: Tensor, i: number): Value
  /** Runs; the inputs stay the caller's, the outputs are new and the caller's. */
  run(inputs: readonly Value[]): readonly Value[]
  read(value: Value): Promise<Tensor>
  release(value: Value): void
  /** Runs on tensors, copying in and out. */
  call(inputs: readonly Tensor[]): Promise<Tensor[]>
  /** The same without waiting. Throws `webgpu: buffers cannot be read without waiting` where the backend cannot. */
  callNow(inputs: readonly Tensor[]): Tensor[]
  /** What the backend holds, for all its programs. */
  memory(): Memory
  dispose(): void
}

/**
 * Compiles a term: flatten, simplify, split off the scalars the device cannot hold, and hand the rest to the backend.
 * Throws a BackendError before anything runs where the backend cannot.
 */
export function compile(term: Term, backend: Backend): Program {
  const program = simplify(flatten(term), backend.rules)
  const split = splitFor(program, backend)
  const executable = backend.compile(split.device)
  const dom = types(program.dom)
  const onHost = new Set(split.hostInputs)
  const explained = (device: string): string => `on the host:\n${show(split.host)}\non ${backend.name}:\n${device}`
  const self: Program = {
    dom,
    cod: types(program.cod),
    device: split.device,
    host: split.host,
    upload(tensor, i) {
      const wanted = dom[i]
      if (wanted === undefined || !sameTypes([wanted], [{ dtype: tensor.dtype, shape: tensor.shape }]))
        throw new TypeError(
          `program: input ${i} is ${showType({ dtype: tensor.dtype, shape: tensor.shape })}, needs ${wanted === undefined ? 'none' : showType(wanted)}`,
        )
      if (tensor.data.length !== size(wanted.shape))
        throw new TypeError(
          `program: input ${i} is ${showType(wanted)} and has ${tensor.data.length} entries, needs ${size(wanted.shape)}`,
        )
      return onHost.has(i) ? { host: { ...tensor, data: tensor.data.slice() } } : { buffer: backend.upload(tensor) }
    },
    run: (inputs) => runSplit(split, executable, backend, inputs),
    read: (value) => ('host' in value ? Promise.resolve(value.host) : backend.read(value.buffer)),
    release: (value) => {
      if ('buffer' in value) backend.dispose(value.buffer)
    },
    async call(inputs) {
      const held: Value[] = []
      try {
        return await Promise.all(runOn(self, inputs, held).map((v) => self.read(v)))
      } finally {
        for (const v of held) self.release(v)
      }
    },
    callNow(inputs) {
      const held: Value[] = []
      try {
        return runOn(self, inputs, held).map((v) => readNow(backend, v))
      } finally {
        for (const v of held) self.release(v)
      }
    },
    cost: costOf(program),
    memory: () => backend.memory(),
    explain: () => explained(executable.explain?.() ?? show(split.device)),
    profile: (runs) => explained(profiled(backend, executable, runs)),
    dispose: () => {
      executable.dispose()
    },
  }
  return self
}

/** A term compiled over a workspace of a backend that has all its types. Throws a BackendError where it cannot. */
export function compileUpdate(
  term: Term,
  backend: Backend,
  workspace: Workspace,
  owned: readonly OwnedPort[],
): { readonly compiled: Compiled; readonly update: Update } {
  const program = simplify(flatten(term), backend.rules)
  const update = workspace.compile(program, owned)
  const compiled: Compiled = {
    dom: types(program.dom),
    cod: types(program.cod),
    cost: costOf(program),
    explain: () => `on ${backend.name}:\n${update.explain()}`,
    profile: (runs) => `on ${backend.name}:\n${profiled(backend, update, runs)}`,
  }
  return { compiled, update }
}

function profiled({ name }: Backend, of: Pick<Executable, 'profile'>, runs = 100): string {
  if (of.profile === undefined) throw new BackendError(`${name}: the kernels of its programs cannot be timed`)
  return of.profile(runs)
}

/** The outputs at tensors; all that is uploaded and made is put into `held`. */
function runOn(program: Program, inputs: readonly Tensor[], held: Value[]): readonly Value[] {
  for (const [i, t] of inputs.entries()) held.push(program.upload(t, i))
  const outs = program.run(held)
  held.push(...outs)
  return outs
}

function readNow(backend: Backend, value: Value): Tensor {
  if ('host' in value) return value.host
  if (backend.readNow === undefined) throw new BackendError(`${backend.name}: buffers cannot be read without waiting`)
  return backend.readNow(value.buffer)
}

function splitFor(program: Flat, backend: Backend): Split {
  try {
    return splitHost(program, (type) => backend.has(type), backend.name)
  } catch (error) {
    throw error instanceof TypeError ? new BackendError(error.message) : error
  }
}

function runSplit(split: Split, executable: Executable, backend: Backend, inputs: readonly Value[]): readonly Value[] {
  const host = evaluate(
    split.host,
    split.hostInputs.map((i) => hostOf(inputs[i])),
  )
  const handed = host.slice(split.hostOuts).map((t) => backend.upload(t))
  const device = executable.run([...split.deviceInputs.map((i) => bufferOf(inputs[i])), ...handed])
  for (const b of handed) backend.dispose(b)
  return split.outs.map(({ side, at }) =>
    side === 'host' ? { host: host[at] as Tensor } : { buffer: device[at] as Buffer },
  )
}

function hostOf(value: Value | undefined): Tensor {
  if (value === undefined || !('host' in value)) throw new TypeError('program: a scalar of the host was expected')
  return value.host
}
function bufferOf(value: Value | undefined): Buffer {
  if (value === undefined || !('buffer' in value)) throw new TypeError('program: a buffer of the backend was expected')
  return value.buffer
}
