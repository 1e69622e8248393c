/** The laws of a backend on a device of this thread, run by another. */
import type { Backend, Dtype } from 'paralens'
import type { LawResult } from 'paralens/laws'
import { device } from './device.js'
import type { Said, Share } from './law-work.js'
import { mailbox, send } from './mailbox.js'

/** A thread with laws, as browsers and Node have it: told its share, it says what it has to. */
export interface Thread {
  begin(share: Share, hear: (said: Said) => void, fail: (error: Error) => void): void
  end(): void
}

const dtypes: readonly Dtype[] = ['float64', 'float32', 'integer', 'int32', 'bit']

/** The results of the laws of a backend; rejects where the thread fails. */
export async function lawSuite(
  backend: Backend,
  thread: Thread,
  options: Pick<Share, 'runs' | 'only'>,
  onResult: (result: LawResult) => void = () => undefined,
): Promise<readonly LawResult[]> {
  const box = mailbox()
  const answer = device(backend)
  const results: LawResult[] = []
  const has = dtypes.filter((dtype) => backend.has(dtype))
  const share: Share = { name: backend.name, has, memory: box.state.buffer as SharedArrayBuffer, ...options }
  try {
    await new Promise<void>((resolve, reject) => {
      const hear = (said: Said): void => {
        if ('question' in said)
          answer(said.question).then((answered) => send(box, JSON.stringify(answered)), reject)
        else if ('result' in said) {
          results.push(said.result)
          onResult(said.result)
        } else resolve()
      }
      thread.begin(share, hear, reject)
    })
  } finally {
    thread.end()
  }
  return results
}
