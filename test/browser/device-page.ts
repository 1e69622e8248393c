/** The page of a device: checks the backend that its address names, and posts what comes of it to the server. */
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-webgl'
import '@tensorflow/tfjs-backend-webgpu'
import { env } from '@tensorflow/tfjs-core'
import { tensorflow } from 'paralens/backend/tensorflow'
import { wasm } from 'paralens/backend/wasm'
import { checkDevice } from './device-checks.js'
import type { Said } from './law-work.js'
import type { Thread } from './law-suite.js'
import { adapterOf } from './adapter.js'

interface BrowserWorker {
  onmessage: (event: { readonly data: Said }) => void
  onerror: (event: { readonly message: string }) => void
  postMessage(message: unknown): void
  terminate(): void
}
const browser = globalThis as unknown as {
  readonly location: { readonly search: string }
  readonly Worker: new (url: URL, options: { readonly type: 'module' }) => BrowserWorker
}

function browserThread(): Thread {
  const { Worker } = browser
  const worker = new Worker(new URL('./law-worker.js', import.meta.url), { type: 'module' })
  return {
    begin(share, hear, fail) {
      worker.onmessage = ({ data }) => hear(data)
      worker.onerror = ({ message }) => fail(new Error(`the worker of laws: ${message}`))
      worker.postMessage(share)
    },
    end: () => worker.terminate(),
  }
}

const post = (kind: string, name: string, body = ''): Promise<unknown> =>
  fetch(`/${kind}?${new URLSearchParams({ name }).toString()}`, { method: 'POST', body })

/** The name of the compiled backend; other names are those of tfjs. */
const compiled = 'compiled wasm'
const asked = new URLSearchParams(browser.location.search)
const name = asked.get('backend') ?? ''
const absent = await adapterOf(name)
try {
  if (absent !== '') await post('absent', name, absent)
  else {
    // A device does what its laws are of: tfjs would compute what is small beside it.
    for (const flag of ['WEBGL_CPU_FORWARD', 'WEBGPU_CPU_FORWARD']) env().set(flag, false)
    const where = `${name} in Chromium`
    const backend = name === compiled ? await wasm() : await tensorflow(name)
    await checkDevice(where, backend, browserThread(), Number(asked.get('runs')), {
      check: (what, reason) => post('check', what, reason),
      say: (line) => post('say', line),
    })
  }
} catch (error) {
  const what = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
  await post('check', `${name} in Chromium`, what)
}
await post('end', name)
