/** The side of the laws: an evaluator whose terms are run by a device on another thread. */
import * as E from 'fp-ts/lib/Either.js'
import { termToJson, type Dtype, type term } from 'paralens'
import { laws } from 'paralens/laws'
import { readTensor, type Answer, type Question } from './letter.js'
import { receive, type Mailbox } from './mailbox.js'

/** An evaluator that asks, and sleeps until the answer is in its mailbox. */
export function farEvaluator(
  name: string,
  has: readonly Dtype[],
  ask: (question: Question) => void,
  mailbox: Mailbox,
): laws.Evaluator {
  const answer = (question: Question): Answer => {
    ask(question)
    const answered = JSON.parse(receive(mailbox)) as Answer
    if ('error' in answered) throw new Error(answered.error)
    return answered
  }
  const textOf = (f: term.Term): string => {
    const text = termToJson(f, { optics: 'drop', training: 'drop' })
    if (E.isLeft(text)) throw new TypeError(text.left.message)
    return text.right
  }
  return {
    name,
    has: (dtype) => has.includes(dtype),
    refuses(term) {
      const answered = answer({ would: textOf(term) })
      return 'refusal' in answered && answered.refusal !== ''
    },
    run(term, point) {
      const answered = answer({ term: textOf(term), point })
      if (!('tensors' in answered)) throw new TypeError('the device answered no tensors')
      return answered.tensors.map(readTensor)
    },
    accuracy: laws.documented(name),
    memory() {
      const answered = answer('memory')
      if (!('buffers' in answered)) throw new TypeError('the device answered no memory')
      return answered
    },
  }
}
