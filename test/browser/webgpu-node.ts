/** WebGPU in plain Node by the package `webgpu`: the laws on it. */
import { Worker } from 'node:worker_threads'
import { create, globals } from 'webgpu'
import { showResult, type LawResult } from 'paralens/laws'
import { tensorflow } from 'paralens/backend/tensorflow'
import { lawSuite, type Thread } from './law-suite.js'
import type { Said } from './law-work.js'

/** A thread of Node. */
export function nodeThread(): Thread {
  let worker: Worker | undefined
  return {
    begin(share, hear, fail) {
      worker = new Worker(new URL('./law-thread.js', import.meta.url), { workerData: share })
      worker.on('message', (said: Said) => hear(said))
      worker.on('error', fail)
    },
    end: () => void worker?.terminate(),
  }
}

Object.assign(globalThis, globals)
Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true })
const { env } = await import('@tensorflow/tfjs-core')
const name = process.argv[2] ?? 'webgpu'
if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu')
else await import('@tensorflow/tfjs-backend-cpu')
if (name === 'webgpu') env().set('WEBGPU_CPU_FORWARD', false)
const t = Date.now()
let n = 0
const only = process.argv[4]
const onResult = (r: LawResult): void => {
  n++
  if (!r.ok || r.ms > 3000) console.log(n, Date.now() - t, showResult(r))
}
const results = await lawSuite(await tensorflow(name), nodeThread(), { runs: Number(process.argv[3] ?? 3), ...(only === undefined ? {} : { only }) }, onResult)
console.log(results.length, results.filter((r) => !r.ok).length, Date.now() - t)
process.exit(0)
