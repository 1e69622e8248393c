/** The side of the device: answers what a thread with laws asks, one question after the other. */
import * as E from 'fp-ts/lib/Either.js'
import { compile, termFromJson, type Backend, type Program, type Tensor } from 'paralens'
import { written, type Answer, type Question } from './letter.js'

/** Programs that are kept compiled. */
const most = 16

/** What answers questions by a backend; what goes wrong is an answer too. */
export function device(backend: Backend): (question: Question) => Promise<Answer> {
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
  return async (question) => {
    if (question === 'memory') return backend.memory()
    try {
      return { tensors: (await run(question.term, question.point)).map(written) }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }
}
