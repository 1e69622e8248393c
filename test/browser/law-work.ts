/** What a thread with laws does: every law of a backend on a device of another thread. */
import type { Dtype } from 'paralens'
import { check, evaluatorLaws, type LawResult } from 'paralens/laws'
import { farEvaluator } from './far-evaluator.js'
import type { Question } from './letter.js'
import { mailbox } from './mailbox.js'

/** The backend whose laws are run, and how. */
export interface Share {
  readonly name: string
  readonly has: readonly Dtype[]
  readonly memory: SharedArrayBuffer
  readonly runs: number
  readonly only?: string
}

/** What the thread says: a question to the device, a law's result, or that it has done. */
export type Said = { readonly question: Question } | { readonly result: LawResult } | { readonly done: true }

/** Runs the laws and says each result as it is found. */
export function work({ name, has, memory, ...options }: Share, say: (said: Said) => void): void {
  const evaluator = farEvaluator(name, has, (question) => say({ question }), mailbox(memory))
  check(evaluatorLaws(evaluator), { ...options, onResult: (result) => say({ result }) })
  say({ done: true })
}
