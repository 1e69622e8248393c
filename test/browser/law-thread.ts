/** A thread with laws in Node. */
import { parentPort, workerData } from 'node:worker_threads'
import { work, type Share } from './law-work.js'

work(workerData as Share, (said) => parentPort?.postMessage(said))
