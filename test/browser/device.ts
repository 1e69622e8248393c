/** The side of the device: answers what a thread with laws asks, one question after the other. */
import * as E from 'fp-ts/lib/Either.js'
import { BackendError, compile, termFromJson, type Backend, type Program, type Tensor } from 'paralens'
import { written, type Answer, type Question } from './letter.js'

/** Why the table of a backend refuses what is tried, '' where it does not; throws what is no such refusal. */
export function refusal(attempt: () => unknown): string {
  try {
    attempt()
    return ''
  } catch (error) {
    if (error instanceof BackendError && error.message.includes('is unsupported at dtype')) return error.message
    throw error
  }
}

/** Programs that are kept compiled. */
const most = 16

/** What answers questions by a backend, and which primitives it has refused, as its table says: `add at dtype int32`. */
export interface Device {
  answer(question: Question): Promise<Answer>
  refused(): readonly string[]
  /** Lets all programs go. */
  dispose(): void
}

/** A device of a backend; what goes wrong is an answer too. */
export function device(backend: Backend): Device {
  const refused = new Set<string>()
  const kept = new Map<string, Program>()
  const programOf = (text: string): Program => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const term = termFromJson(text)
    if (E.isLeft(term)) throw new TypeError(term.left.message)
    const made = compile(term.right, backend)
    kept.set(text, made)
    const [oldest] = kept
    if (kept.size > most && oldest !== undefined) {
      oldest[1].dispose()
      kept.delete(oldest[0])
    }
    return made
  }
  const run = (text: string, point: readonly Tensor[]): Promise<readonly Tensor[]> => {
    const program = programOf(text)
    return backend.readNow === undefined ? program.call(point) : Promise.resolve(program.callNow(point))
  }
  const would = (text: string): string => {
    const why = refusal(() => programOf(text))
    for (const [, name = '', dtype = ''] of why.matchAll(/"(\w+)" is unsupported (at dtype [^(]*) \(/g))
      refused.add(`${name} ${dtype}`)
    return why
  }
  return {
    refused: () => [...refused].sort(),
    dispose: () => kept.forEach((program) => program.dispose()),
    async answer(question) {
      try {
        if (question === 'memory') return backend.memory()
        if ('would' in question) return { refusal: would(question.would) }
        return { tensors: (await run(question.term, question.point)).map(written) }
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}
