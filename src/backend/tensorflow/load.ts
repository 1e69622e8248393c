import { BackendError } from '../backend.js'
import { device, type Device } from './device.js'
import type { Core, KernelBackend } from './kernel.js'

const version = '4.22.0'

/**
 * The tfjs backend of a name, initialised. The wasm backend is imported here, others by the user; the global default
 * backend stays as it is. Rejects with a BackendError that says what is missing and how to get it.
 */
export async function load(name: string): Promise<Device> {
  const core = await imported<Core>('@tensorflow/tfjs-core', () => import('@tensorflow/tfjs-core'), 'engine')
  if (name === 'wasm') await imported('@tensorflow/tfjs-backend-wasm', () => import('@tensorflow/tfjs-backend-wasm'))
  const names = core.engine().backendNames()
  if (!names.includes(name)) {
    const registered = names.length === 0 ? 'none' : names.join(', ')
    throw new BackendError(
      `tensorflow: backend "${name}" is not registered; registered: ${registered}; import "@tensorflow/tfjs-backend-${name}" first`,
    )
  }
  const backend = await initialised(core, name)
  quieten(backend)
  for (const kernel of core.getKernelsForBackend(name)) kernel.setupFunc?.(backend)
  return device(core, name, backend)
}

/** `findBackend` starts an asynchronous backend and answers null; `ready` then waits for it and sets no default. */
async function initialised(core: Core, name: string): Promise<KernelBackend> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const backend = core.findBackend(name)
    if (backend !== null) return backend
    await core.ready()
  }
  throw new BackendError(
    `tensorflow: backend "${name}" is registered but could not be initialised; its reason is on the console`,
  )
}

async function imported<T>(name: string, load: () => Promise<object>, member?: string): Promise<T> {
  let module: object
  try {
    module = await load()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new BackendError(`tensorflow: ${name} cannot be loaded; npm install ${name}@${version} (${reason})`, {
      cause,
    })
  }
  const inner = 'default' in module && member !== undefined && !(member in module) ? module.default : module
  return inner as T
}

/** The cpu backend greets on its first write in Node unless this is set. */
function quieten(backend: KernelBackend): void {
  if ('firstUse' in backend) Object.assign(backend, { firstUse: false })
}
