import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { LawSet } from '../../laws/law/law.js'
import type { Request } from '../../laws/command.js'
import type { LawResult } from '../../laws/law/report.js'
import type { Backend } from '../backend/index.js'
import { wasm } from '../backend/wasm/index.js'

/** The words of `paralens laws`, as `parseArgs` has them. */
export interface LawWords {
  readonly only?: string | undefined
  readonly seed?: string | undefined
  readonly runs?: string | undefined
  readonly path?: string | undefined
  readonly json?: boolean | undefined
  readonly discover?: boolean | undefined
  readonly backend?: string | undefined
}

/** Why a file is not run: the code of the exit, and a sentence. */
type Refused = E.Either<string, never>

/**
 * `paralens laws [FILE]`: the laws of the sets that a file exports, or all that the library has, on the compiled backend
 * unless others are named.
 * Prints each law as it is found; 0 if all hold, 1 if not, 2 where there is nothing to run, with a sentence.
 */
export async function lawsCommand(
  file: string | undefined,
  words: LawWords,
  print: (line: string) => void,
): Promise<{ readonly code: 0 | 1 | 2; readonly error: string }> {
  const asked = requestOf(file, words)
  if (E.isLeft(asked)) return { code: 2, error: asked.left }
  const laws = await load(() => import('../../laws/command.js'), 'paralens/laws')
  if (E.isLeft(laws)) return { code: 2, error: laws.left }
  if (file === undefined) return all(asked.right, laws.right, print)
  const { command, RequestError, setsOf } = laws.right
  const module = await load(() => import(pathToFileURL(resolve(file)).href) as Promise<object>, file)
  if (E.isLeft(module)) return { code: 2, error: module.left }
  const sets: readonly LawSet[] = setsOf({ ...module.right })
  if (sets.length === 0) return { code: 2, error: `${file} exports no law set: export laws.optimiser(…) or the like` }
  try {
    return { code: command(asked.right, sets, print), error: '' }
  } catch (error) {
    if (error instanceof RequestError) return { code: 2, error: error.message }
    throw error
  }
}

/** What a worker is asked for: every `of`-th law from `part` on. */
export interface Share {
  readonly request: Request
  readonly part: number
  readonly of: number
}
/** What a worker tells: a result with its place, or why there is none. */
export type Told = { readonly at: number; readonly result: LawResult } | { readonly refused: string }

/** All that the library has, shared by two workers. */
async function all(
  request: Request,
  { announce, conclude }: typeof import('../../laws/command.js'),
  print: (line: string) => void,
): Promise<{ readonly code: 0 | 1 | 2; readonly error: string }> {
  const start = Date.now()
  const here = await load(() => backendsHere(request.backend), 'the backend')
  if (E.isLeft(here)) return { code: 2, error: here.left }
  const { absent } = here.right
  if (request.json !== true) for (const line of absent) print(line)
  const found: { readonly at: number; readonly result: LawResult }[] = []
  const refused = new Set<string>()
  const share = (part: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./laws-worker.js', import.meta.url), {
        workerData: { request, part, of: 2 },
        // What a run makes is short-lived: a larger young generation spares copying it.
        resourceLimits: { maxYoungGenerationSizeMb: 192 },
      })
      worker.on('message', (told: Told) => {
        if ('refused' in told) refused.add(told.refused)
        else {
          found.push(told)
          announce(request, told.result, print)
        }
      })
      worker.on('error', reject)
      worker.on('exit', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`paralens: a worker of laws ended with ${code}`))
      })
    })
  await Promise.all([share(0), share(1)])
  const [why] = refused
  if (why !== undefined) return { code: 2, error: why }
  const results = found.sort((a, b) => a.at - b.at).map(({ result }) => result)
  return { code: conclude(request, { seed: request.seed ?? 42, ms: Date.now() - start, results }, print), error: '' }
}

/** The numbers of the words, or which is none. */
function requestOf(file: string | undefined, words: LawWords): E.Either<string, Request> {
  const { only, path, backend, json = false, discover = false } = words
  const number = (name: 'seed' | 'runs', least: number): E.Either<string, object> => {
    const text = words[name]
    if (text === undefined) return E.right({})
    const value = text.trim() === '' ? NaN : Number(text)
    return Number.isSafeInteger(value) && value >= least
      ? E.right({ [name]: value })
      : E.left(`--${name} needs an integer${least > -Infinity ? ` ≥ ${least}` : ''}, given "${text}"`)
  }
  return pipe(
    E.Do,
    E.apS('seed', number('seed', -Infinity)),
    E.apS('runs', number('runs', 1)),
    E.map(({ seed, runs }) => ({
      ...(file === undefined ? {} : { file }),
      ...(only === undefined ? {} : { only }),
      ...(path === undefined ? {} : { path }),
      ...(backend === undefined ? {} : { backend }),
      json,
      discover,
      ...seed,
      ...runs,
    })),
  )
}

/** What an import answers, or a sentence about why it cannot be had. */
async function load<T>(from: () => Promise<T>, file: string): Promise<E.Either<string, T>> {
  try {
    return E.right(await from())
  } catch (error) {
    return refusal(error, file)
  }
}

function refusal(error: unknown, file: string): Refused {
  const { code, message, stack } =
    error instanceof Error ? (error as Error & { code?: string }) : { message: String(error) }
  if (code === 'ERR_MODULE_NOT_FOUND' && message.includes("'fast-check'"))
    return E.left('the laws need the package fast-check: npm install fast-check')
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return E.left(`${file} cannot be loaded by this Node: compile it to JavaScript, or test with describeLaws`)
  return E.left(`${file} cannot be loaded: ${code === 'ERR_MODULE_NOT_FOUND' ? message : (stack ?? message)}`)
}

/**
 * The backends of a name: the compiled one unless said, a backend of TensorFlow.js (`wasm`), or `all` that are installed here,
 * with a line for each that is not. Rejects where one that is asked for cannot be had.
 */
export async function backendsHere(name = 'compiled'): Promise<{
  readonly backends: readonly Backend[]
  readonly absent: readonly string[]
}> {
  if (name === 'compiled') return { backends: [await wasm()], absent: [] }
  try {
    const { tensorflow } = await import('../backend/tensorflow/index.js')
    if (name !== 'all') return { backends: [await tensorflow(name)], absent: [] }
    return { backends: [await wasm(), await tensorflow('wasm')], absent: [] }
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { readonly code?: unknown } }
    if (name !== 'all' || cause?.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return { backends: [await wasm()], absent: [`the laws of wasm are not run: ${message}`] }
  }
}
