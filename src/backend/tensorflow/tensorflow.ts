import { size, types, type Type } from '../../object/index.js'
import type { Flat } from '../../term/index.js'
import type { Backend, Buffer, Executable } from '../backend.js'
import { lower } from '../table.js'
import { tensorOf, written } from './array.js'
import { cellOf, cellsOf, store } from './buffer.js'
import { heldDtype } from './builder.js'
import type { Device } from './device.js'
import { direct } from './direct.js'
import { emitProgram } from './emit.js'
import type { Executor } from './executor.js'
import { load } from './load.js'
import { isWasmBackend } from './machine.js'
import { plan } from './plan.js'
import { portable } from './portable.js'
import { refuseUnheld } from './refuse.js'
import { shaderExecutor } from './shader/executor.js'
import { tableOf } from './table.js'

/**
 * The backend over the kernels of a tfjs 4.22.0 backend: `await tensorflow('wasm')` needs the packages
 * `@tensorflow/tfjs-core` and `@tensorflow/tfjs-backend-wasm` and nothing else; 'cpu', 'webgl', 'webgpu' and others are
 * imported by the user first. No tape and no tensor objects: kernels are called directly, in an order and with
 * disposals that are fixed when a program is compiled. Rejects with a BackendError where the backend cannot be had.
 */
export async function tensorflow(name: string): Promise<Backend> {
  return backendOn(await load(name))
}

/** The backend on a device that is ready. */
export function backendOn(device: Device): Backend {
  const { name, backend } = device
  const table = tableOf(device)
  const held = store(name, backend)
  return {
    name,
    has: ({ dtype }) => dtype === 'float32' || dtype === 'int32' || dtype === 'bit',
    upload(tensor) {
      const type: Type = { dtype: tensor.dtype, shape: tensor.shape }
      const dataId = written(device, tensor)
      return held.hold(type, cellOf(dataId, size(type.shape), heldDtype(type)))
    },
    read: async (buffer) => tensorOf(device, buffer.type, await backend.read(held.cellOf('read', buffer).dataId)),
    ...(name === 'webgpu'
      ? {}
      : {
          readNow: (buffer: Buffer) =>
            tensorOf(device, buffer.type, backend.readSync(held.cellOf('read', buffer).dataId)),
        }),
    dispose: (buffer) => held.release(buffer),
    compile(program) {
      return executable(program)
    },
    memory: () => ({ ...held.memory(), heap: heapOf(backend) }),
  }

  function executable(program: Flat): Executable {
    const dom = types(program.dom)
    const cod = types(program.cod)
    const made = executorOf(program)
    let live = true
    return {
      run(inputs) {
        if (!live) throw new TypeError(`${name}: the executable was disposed`)
        const cells = made.run(cellsOf(name, held, dom, inputs))
        return cells.map((cell, i) => held.hold(cod[i] as Type, cell))
      },
      ...(made.explain === undefined ? {} : { explain: made.explain }),
      dispose() {
        if (live) made.dispose()
        live = false
      },
    }
  }

  /** Shaders where the device takes them; the exports of a wasm module known here; else kernel functions. */
  function executorOf(program: Flat): Executor {
    if (device.shaders !== undefined) {
      refuseUnheld(name, program)
      return shaderExecutor(device.shaders, program)
    }
    const made = plan(emitProgram(lower(program, table, name), table, device))
    return device.direct && isWasmBackend(backend) ? direct(backend, made) : portable(device, made)
  }
}

/** Bytes of a wasm backend's memory; 0 of others. */
function heapOf(backend: object): number {
  const wasm = 'wasm' in backend ? (backend.wasm as { readonly HEAPU8?: Uint8Array }) : undefined
  return wasm?.HEAPU8?.buffer.byteLength ?? 0
}
