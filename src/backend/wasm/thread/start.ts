import { BackendError } from '../../backend.js'
import { workerText, type Message } from './worker.js'

/** A thread that runs {@link workerText}. */
export interface Worker {
  post(message: Message): void
  /** Calls back with what went wrong when it ends by itself. */
  onFailure(tell: (reason: string) => void): void
  stop(): Promise<void>
}

/** A worker of Node, as far as it is used here. */
interface NodeWorker {
  once(event: 'message', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
  postMessage(message: unknown): void
  terminate(): Promise<unknown>
  unref(): void
}
/** A worker of a browser, as far as it is used here. */
interface WebWorker {
  onmessage: (() => void) | null
  onerror: ((event: { readonly message?: string }) => void) | null
  postMessage(message: unknown): void
  terminate(): void
}
/** What threads need of the host; the library is compiled without the types of the DOM and imports nothing of Node. */
interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => { readonly Worker?: NodeWorkers } | undefined }
  readonly Worker?: new (url: string) => WebWorker
  readonly crossOriginIsolated?: boolean
  readonly SharedArrayBuffer?: unknown
}
type NodeWorkers = new (
  text: string,
  options: { readonly eval: true; readonly execArgv: readonly string[] },
) => NodeWorker

const host = globalThis as unknown as Host

/** Throws a {@link BackendError} that says what to do where memory cannot be shared. */
export function checkShareable(threads: number): void {
  if (host.SharedArrayBuffer === undefined || host.crossOriginIsolated === false)
    throw new BackendError(
      `wasm: ${threads} threads need shared memory, which a page has only when it is isolated: serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp`,
    )
}

/** A worker that is there and has its words. Rejects with a {@link BackendError} where there is none to be had. */
export async function startWorker(words: Int32Array, thread: number): Promise<Worker> {
  const NodeThread = host.process?.getBuiltinModule?.('node:worker_threads')?.Worker
  if (NodeThread !== undefined) return inNode(new NodeThread(workerText, { eval: true, execArgv: [] }), words, thread)
  if (host.Worker === undefined) throw new BackendError('wasm: threads need workers, which are not here')
  return inBrowser(host.Worker, words, thread)
}

async function inNode(worker: NodeWorker, words: Int32Array, thread: number): Promise<Worker> {
  let tell: (reason: string) => void = () => undefined
  await new Promise<void>((resolve, reject) => {
    tell = (reason) => reject(new BackendError(`wasm: a thread does not start: ${reason}`))
    worker.on('error', (error) => tell(error.message))
    worker.once('message', resolve)
    worker.postMessage({ words, thread })
  })
  // It does not keep the process alive.
  worker.unref()
  return {
    post: (message) => worker.postMessage(message),
    onFailure: (listener) => (tell = listener),
    stop: async () => {
      await worker.terminate()
    },
  }
}

async function inBrowser(WebThread: NonNullable<Host['Worker']>, words: Int32Array, thread: number): Promise<Worker> {
  const url = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }))
  let tell: (reason: string) => void = () => undefined
  const worker = new WebThread(url)
  try {
    await new Promise<void>((resolve, reject) => {
      tell = (reason) => reject(new BackendError(`wasm: a thread does not start: ${reason}`))
      worker.onerror = ({ message }) => tell(message ?? 'the policy of the page must allow worker-src blob:')
      worker.onmessage = () => resolve()
      worker.postMessage({ words, thread })
    })
  } finally {
    URL.revokeObjectURL(url)
  }
  return {
    post: (message) => worker.postMessage(message),
    onFailure: (listener) => (tell = listener),
    stop: () => {
      worker.terminate()
      return Promise.resolve()
    },
  }
}
