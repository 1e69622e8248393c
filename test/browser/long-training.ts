/** A thousand steps of a small network: what is held does not grow, and the losses are the reference's. */
import { pipe } from 'fp-ts/lib/function.js'
import { engine } from '@tensorflow/tfjs-core'
import {
  adam,
  andThen,
  dense,
  int,
  keyOf,
  learner,
  named,
  relu,
  session,
  softmaxCrossEntropy,
  start,
  tensorOf,
  uniform,
  type Backend,
} from 'paralens'
import { reference } from 'paralens/backend/reference'

const [examples, inputs, classes] = [16, 4, 3]
const steps = 1000
const every = 100
/** How far a loss may be from that of the reference, which rounds sums and functions elsewhere: of the larger of 1 and both. */
export const tolerance = 2 ** -10

const x = tensorOf(
  [examples, inputs],
  uniform(keyOf(17), examples * inputs).map((u) => 2 * u - 1),
)
const y = tensorOf(
  int(examples),
  Array.from({ length: examples }, (_, i) => (i * 5) % classes),
)
const model = pipe(named('hidden', dense(inputs, 8)), andThen(relu), andThen('out', dense(8, classes)))
const task = learner(model, softmaxCrossEntropy(classes), adam({ rate: 0.01 }))

/** What a training came to. */
export interface Training {
  readonly losses: readonly number[]
  /** Tensors of tfjs, arrays of its backend, and buffers of this library, after each hundred steps. */
  readonly held: readonly string[]
}

/** A thousand steps of 4-8-3 on a backend by Adam. */
export async function train(backend: Backend): Promise<Training> {
  const work = session(task, backend, start(task, 3))
  const device = engine().findBackend(backend.name) as { numDataIds(): number } | null
  const losses: number[] = []
  const held: string[] = []
  for (let i = 1; i <= steps; i++) {
    work.step(x, y)
    if (i % every !== 0) continue
    losses.push(...(await work.losses()))
    const { buffers } = backend.memory()
    held.push(`${engine().state.numTensors} tensors, ${device?.numDataIds() ?? 0} arrays, ${buffers} buffers`)
  }
  work.dispose()
  return { losses, held }
}

/** Why a training is not what it should be, beside the reference's; '' where it is. */
export async function fault({ losses, held }: Training): Promise<string> {
  const other = held.find((h) => h !== held[0])
  if (other !== undefined) return `it held ${held[0] ?? 'nothing'} and then ${other}`
  if (losses.length !== steps) return `${losses.length} losses of ${steps} steps`
  const [first = NaN, last = NaN] = [losses[0], losses.at(-1)]
  if (!(last < first / 4)) return `the loss went from ${first} to ${last}`
  const wanted = (await train(reference())).losses
  const far = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b))
  const at = losses.findIndex((a, i) => !(far(a, wanted[i] ?? NaN) <= tolerance))
  return at < 0 ? '' : `step ${at + 1}: the loss is ${losses[at] ?? NaN}, the reference's ${wanted[at] ?? NaN}`
}
