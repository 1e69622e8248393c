import { size, type Tensor, type Type } from '../../object/index.js'
import type { Flat } from '../../term/index.js'
import { BackendError, type Backend, type Buffer, type Executable } from '../backend.js'
import { checkInputs, notUsable } from '../inputs.js'
import { engine } from './engine.js'
import { explain } from './explain.js'
import { instantiate } from './instance.js'
import { heap } from './memory.js'
import { prepare } from './prepare.js'
import { workspace } from './workspace.js'

/** Options of the backend. */
export interface WasmOptions {
  /**
   * Fused multiply-adds (relaxed SIMD): a few per cent faster, and results may differ in the last bit from machine to
   * machine. Needs an engine that has them.
   */
  readonly relaxed?: boolean
}

/** An array of this backend: its entries on the host. */
interface Held extends Buffer {
  tensor: Tensor | undefined
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
 * has no SIMD, or no relaxed SIMD where that is asked for.
 */
export async function wasm(options: WasmOptions = {}): Promise<Backend> {
  if (!engine.validate(simdProbe)) throw new BackendError('compiled wasm: the engine has no SIMD')
  if (options.relaxed === true && !hasRelaxed())
    throw new BackendError(
      'compiled wasm: the engine has no relaxed SIMD; Node 20 has it with --experimental-wasm-relaxed-simd',
    )
  return Promise.resolve(backendOf(options))
}

const bytesOf = ({ dtype, shape }: Type): number => size(shape) * (dtype === 'float64' ? 8 : dtype === 'bit' ? 1 : 4)

function backendOf(options: WasmOptions): Backend {
  const name = 'compiled wasm'
  const held = new Set<Held>()
  // Programs run one at a time and keep nothing, so they share one memory.
  const shared = heap()
  const hold = (tensor: Tensor): Held => {
    const buffer: Held = { type: { dtype: tensor.dtype, shape: tensor.shape }, tensor }
    held.add(buffer)
    return buffer
  }
  const entriesOf = (what: string, buffer: Buffer): Tensor => {
    const { tensor } = buffer as Held
    if (!held.has(buffer as Held) || tensor === undefined) throw notUsable(name, what, 'tensor' in buffer)
    return tensor
  }
  const copied = (tensor: Tensor): Tensor => ({ ...tensor, data: tensor.data.slice() }) as Tensor
  const has = ({ dtype, shape }: Type): boolean =>
    dtype === 'float32' || dtype === 'int32' || dtype === 'bit' || (dtype === 'float64' && shape.length === 0)
  return {
    name,
    has,
    upload: (tensor) => hold(copied(tensor)),
    read: (buffer) => Promise.resolve(copied(entriesOf('read', buffer))),
    readNow: (buffer) => copied(entriesOf('read', buffer)),
    dispose(buffer) {
      entriesOf('dispose', buffer)
      ;(buffer as Held).tensor = undefined
      held.delete(buffer as Held)
    },
    compile: (program) => executable(program),
    workspace: (types) => workspace(types, options),
    memory: () => ({
      buffers: held.size,
      bytes: [...held].reduce((n, { type }) => n + bytesOf(type), 0),
      heap: shared.memory.buffer.byteLength,
    }),
  }

  function executable(program: Flat): Executable {
    const made = prepare(program, options)
    shared.reserve(made.emitted.end)
    const { run } = instantiate(made.emitted.bytes, shared)
    let live = true
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
      explain: () => explain(made.plan, made.emitted.bytes.length),
      dispose() {
        live = false
      },
    }
  }
}
