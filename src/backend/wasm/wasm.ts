import { size, type Tensor, type Type } from '../../object/index.js'
import type { Flat } from '../../term/index.js'
import { BackendError, type Backend, type Buffer, type Executable, type Workspace } from '../backend.js'
import { checkInputs, notUsable } from '../inputs.js'
import { engine } from './engine.js'
import { holds } from './holds.js'
import { explain } from './explain.js'
import { instantiate } from './instance.js'
import { heap } from './memory.js'
import { profile, type Times } from './profile.js'
import { chosen, rulesOf } from './pass.js'
import { prepare, type PrepareOptions } from './prepare.js'
import { startPool, type Pool } from './thread/pool.js'
import { workspace } from './workspace.js'

/** Options of the backend. */
export interface WasmOptions {
  /**
   * Fused multiply-adds (relaxed SIMD): a few per cent faster, and results may differ in the last bit from machine to
   * machine. Needs an engine that has them.
   */
  readonly relaxed?: boolean
  /**
   * How many threads share the work of training sessions, the calling one among them; 1 unless given. The bytes of results
   * do not depend on it. More than the machine has cores is slower than one. Needs shared memory: in a browser a page that
   * is isolated from other origins.
   */
  readonly threads?: number
}

/** An array of this backend: its entries on the host. */
interface Held extends Buffer {
  tensor: Tensor | undefined
  /** The buffers of the backend it belongs to. */
  readonly among: ReadonlySet<Buffer>
}

const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
// (func (param v128 v128 v128) (result v128) local.get 0 local.get 1 local.get 2 f32x4.relaxed_madd)
const relaxedProbe = fromHex('0061736d0100000001080160037b7b7b017b030201000a0d010b00200020012002fd85020b')
// (func (result v128) i32.const 0 i32x4.splat)
const simdProbe = fromHex('0061736d010000000105016000017b030201000a080106004100fd110b')

/** Whether the engine has relaxed SIMD. */
export function hasRelaxed(): boolean {
  return engine.validate(relaxedProbe)
}

/**
 * The backend of compiled programs: every program is one WebAssembly module, emitted here, over memory of its own. It holds
 * float32, int32, bits and float64 scalars. The same bytes on every machine, unless `relaxed`. Rejects where the engine
 * has no SIMD, or no relaxed SIMD or threads where they are asked for. `close` ends the threads; they do not keep a process
 * of Node alive.
 */
export async function wasm(options: WasmOptions = {}): Promise<Backend> {
  const { relaxed = false, threads = 1 } = options
  return backendWith({ relaxed }, threads)
}

/** The backend with options of its compiler. Rejects as {@link wasm}. */
export async function backendWith(options: PrepareOptions, threads: number): Promise<Backend> {
  if (!engine.validate(simdProbe)) throw new BackendError('compiled wasm: the engine has no SIMD')
  if (options.relaxed === true && !hasRelaxed())
    throw new BackendError(
      'compiled wasm: the engine has no relaxed SIMD; Node 20 has it with --experimental-wasm-relaxed-simd',
    )
  if (!Number.isInteger(threads) || threads < 1)
    throw new RangeError(`wasm: ${threads} threads, needs a whole number from 1 on`)
  return backendOf(options, threads === 1 ? undefined : await startPool(threads))
}

const bytesOf = ({ dtype, shape }: Type): number => size(shape) * (dtype === 'float64' ? 8 : dtype === 'bit' ? 1 : 4)

function backendOf(options: PrepareOptions, pool?: Pool): Backend {
  const name = 'compiled wasm'
  const held = new Set<Held>()
  const spaces = new Set<Workspace>()
  // Programs run one at a time and keep nothing, so they share one memory.
  const shared = heap()
  const hold = (tensor: Tensor): Held => {
    const buffer: Held = { type: { dtype: tensor.dtype, shape: tensor.shape }, tensor, among: held }
    held.add(buffer)
    return buffer
  }
  const entriesOf = (what: string, buffer: Buffer): Tensor => {
    const { tensor, among } = buffer as Held
    if (!held.has(buffer as Held) || tensor === undefined) throw notUsable(name, what, among === held)
    return tensor
  }
  const copied = (tensor: Tensor): Tensor => ({ ...tensor, data: tensor.data.slice() })
  return {
    name,
    ...(options.passes === undefined ? {} : { rules: rulesOf(chosen(options.passes)) }),
    has: holds,
    upload: (tensor) => hold(copied(tensor)),
    read: (buffer) => new Promise((resolve) => resolve(copied(entriesOf('read', buffer)))),
    readNow: (buffer) => copied(entriesOf('read', buffer)),
    dispose(buffer) {
      entriesOf('dispose', buffer)
      ;(buffer as Held).tensor = undefined
      held.delete(buffer as Held)
    },
    compile: (program) => executable(program),
    workspace(types) {
      const space = workspace(types, options, pool)
      spaces.add(space)
      return {
        ...space,
        dispose() {
          spaces.delete(space)
          space.dispose()
        },
      }
    },
    ...(pool === undefined ? {} : { close: () => pool.close() }),
    memory: () => ({
      buffers: held.size,
      bytes: [...held].reduce((n, { type }) => n + bytesOf(type), 0),
      heap: [...spaces].reduce((n, space) => n + space.bytes(), shared.memory.buffer.byteLength),
    }),
  }

  function executable(program: Flat): Executable {
    const made = prepare(program, options)
    shared.reserve(made.emitted.end)
    const { run } = instantiate(made.emitted.bytes, shared)
    let live = true
    const explained = (times?: Times): string =>
      explain(made.plan, made.emitted.bytes.length, made.emitted.shared, times)
    return {
      run(inputs) {
        if (!live) throw new TypeError(`${name}: the executable was disposed`)
        checkInputs(name, made.dom, inputs)
        const tensors = inputs.map((buffer, i) => entriesOf(`input ${i}`, buffer))
        for (const [i, tensor] of tensors.entries()) {
          const address = made.inputs[i] ?? -1
          if (address >= 0) shared.write(address, tensor)
        }
        run?.()
        return made.cod.map((type, i) => hold(shared.read(made.outputs[i] ?? -1, type)))
      },
      explain: () => explained(),
      profile: (runs) => explained(profile(made.plan, options, shared, runs)),
      dispose() {
        live = false
      },
    }
  }
}
