import { parentPort, workerData } from 'node:worker_threads'
import type { Request } from '../../laws/command.js'
import { resultsOf } from '../../laws/command.js'
import { RequestError } from '../../laws/law/law.js'
import { lawSets } from '../../laws/law-sets.js'
import { reference } from '../../laws/value/reference.js'
import { backendsHere, type Share, type Told } from './laws.js'

/** Runs every n-th of the laws that are asked for, and tells each result with its place. */
async function work({ request, part, of }: Share): Promise<void> {
  const tell = (told: Told): void => parentPort?.postMessage(told)
  try {
    const { backends } = await backendsHere(request.backend)
    for (const [at, result] of resultsOf(request satisfies Request, lawSets(reference, backends), part, of))
      tell({ at, result })
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    tell({ refused: error.message })
  }
}

await work(workerData as Share)
