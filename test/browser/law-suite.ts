/** The laws of a backend on a device of this thread, run by another. */
import { compile, object, primitive, term, type Backend, type Dtype } from 'paralens'
import type { LawResult } from 'paralens/laws'
import { device, refusal } from './device.js'
import type { Said, Share } from './law-work.js'
import { mailbox, send } from './mailbox.js'

/** A thread with laws, as browsers and Node have it: told its share, it says what it has to. */
export interface Thread {
  begin(share: Share, hear: (said: Said) => void, fail: (error: Error) => void): void
  end(): void
}

const dtypes: readonly Dtype[] = ['float64', 'float32', 'integer', 'int32', 'bit']

/** The dtypes that a backend computes with, and why not with others that it holds. */
export function rigs(backend: Backend): { readonly has: readonly Dtype[]; readonly held: readonly string[] } {
  const why = dtypes
    .filter((dtype) => backend.has({ dtype, shape: [2] }))
    .map((dtype) => {
      const type = { dtype, shape: [2] }
      const sum = term.diagram(object.object([type, type]), ([x, y]) => [primitive.add(x as Wire, y as Wire)])
      return { dtype, reason: refusal(() => compile(sum, backend).dispose()) }
    })
  return {
    has: why.filter(({ reason }) => reason === '').map(({ dtype }) => dtype),
    held: why.map(({ reason }) => reason).filter((reason) => reason !== ''),
  }
}
type Wire = Parameters<typeof primitive.add>[0]

/** Runs the laws of a backend, told as they are found; answers what it refused. Rejects where the thread fails. */
export async function lawSuite(
  backend: Backend,
  thread: Thread,
  options: Pick<Share, 'runs' | 'only'>,
  onResult: (result: LawResult) => void,
): Promise<readonly string[]> {
  const box = mailbox()
  const { answer, refused, dispose } = device(backend)
  const share: Share = {
    name: backend.name,
    has: rigs(backend).has,
    memory: box.state.buffer as SharedArrayBuffer,
    ...options,
  }
  try {
    await new Promise<void>((resolve, reject) => {
      const hear = (said: Said): void => {
        if ('question' in said) answer(said.question).then((answered) => send(box, JSON.stringify(answered)), reject)
        else if ('result' in said) onResult(said.result)
        else resolve()
      }
      thread.begin(share, hear, reject)
    })
  } finally {
    thread.end()
    dispose()
  }
  return refused()
}
