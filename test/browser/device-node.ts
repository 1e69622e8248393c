/** WebGPU in plain Node by the package `webgpu`: checks it and tells the parent process what comes of it. */
import { Worker } from 'node:worker_threads'
import { env } from '@tensorflow/tfjs-core'
import { create, globals } from 'webgpu'
import { tensorflow } from 'paralens/backend/tensorflow'
import { adapterOf } from './adapter.js'
import { checkDevice } from './device-checks.js'
import type { Said } from './law-work.js'
import type { Thread } from './law-suite.js'

function nodeThread(): Thread {
  const workers: Worker[] = []
  return {
    begin(share, hear, fail) {
      const worker = new Worker(new URL('./law-thread.js', import.meta.url), { workerData: share })
      worker.on('message', (said: Said) => hear(said))
      worker.on('error', fail)
      workers.push(worker)
    },
    end: () => workers.forEach((worker) => void worker.terminate()),
  }
}

/** Sends a message and waits until it has left. */
const tell = (kind: 'check' | 'say' | 'absent', name: string, body = ''): Promise<void> =>
  new Promise((resolve) => process.send?.({ kind, name, body }, () => resolve()))

Object.assign(globalThis, globals)
Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true })
const name = 'webgpu in Node'
const absent = await adapterOf('webgpu')
try {
  if (absent !== '') await tell('absent', name, absent)
  else {
    await import('@tensorflow/tfjs-backend-webgpu')
    // A device does what its laws are of: tfjs would compute what is small beside it.
    env().set('WEBGPU_CPU_FORWARD', false)
    await checkDevice(name, await tensorflow('webgpu'), nodeThread(), Number(process.argv[2]), {
      check: (what, reason) => tell('check', what, reason),
      say: (line) => tell('say', line),
    })
  }
} catch (error) {
  await tell('check', name, error instanceof Error ? (error.stack ?? error.message) : String(error))
}
// Dawn keeps the process alive.
process.exit(0)
