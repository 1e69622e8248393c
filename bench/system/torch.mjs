import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { adam } from '../work.mjs'

const script = fileURLToPath(new URL('torch.py', import.meta.url))

/** The version of PyTorch, or undefined where `python3 -c 'import torch'` fails. */
export function torchVersion() {
  const { status, stdout } = spawnSync('python3', ['-c', 'import torch; print(torch.__version__)'], {
    encoding: 'utf8',
  })
  return status === 0 ? stdout.trim() : undefined
}

const numbers = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')

/** PyTorch, eager, one thread, in a process of its own that times its own steps when it is its turn. */
export async function training(work, batch, parameters) {
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  /** Sends a line of JSON and answers the line that comes back. */
  async function ask(question) {
    child.stdin.write(`${JSON.stringify(question)}\n`)
    const { value, done } = await lines.next()
    if (done) throw new Error(`torch: the process ended before it answered ${work.name}`)
    return JSON.parse(value)
  }
  await ask({
    kind: work.kind,
    optimiser: work.optimiser ?? 'adam',
    rate: work.rate,
    ...adam,
    parameters: parameters.map(({ shape, data }) => ({ shape, data: numbers(data) })),
    ...(work.kind === 'adam'
      ? { gradient: numbers(batch.gradient) }
      : { x: { shape: batch.shape, data: numbers(batch.x) }, label: [...batch.label] }),
  })
  return {
    name: 'PyTorch',
    call: 'eager, own process',
    sample: (n) => ask({ steps: n }),
    ...(work.kind === 'adam' ? { values: () => ask({ values: true }) } : {}),
    async dispose() {
      child.stdin.end()
      await once(child, 'close')
    },
  }
}

/** Adam's update alone. */
export const update = training
