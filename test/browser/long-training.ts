/** A thousand steps of a small network, and a few of a wide one: what is held does not grow, the losses are the reference's. */
import { pipe } from 'fp-ts/lib/function.js'
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
import { heldBy } from './held.js'

/** How far a loss may be from that of the reference, which rounds sums and functions elsewhere: of the larger of 1 and both. */
export const tolerance = 2 ** -10

/** A classifier by Adam, a batch of data, and how many steps are taken, with a look at the memory every so many. */
export interface Work {
  readonly sizes: readonly [number, number, number]
  readonly examples: number
  readonly rate: number
  readonly steps: number
  readonly every: number
  /** The last loss is below this part of the first. */
  readonly lowered: number
}

/** The small network, for a thousand steps, and the one of the main job, whose products are large. */
export const works: readonly Work[] = [
  { sizes: [4, 8, 3], examples: 16, rate: 0.01, steps: 1000, every: 100, lowered: 0.25 },
  { sizes: [784, 128, 10], examples: 32, rate: 0.001, steps: 3, every: 1, lowered: 1 },
]

/** What a training came to. */
export interface Training {
  readonly losses: readonly number[]
  /** What was held at each look. */
  readonly held: readonly string[]
}

/** The training of a work on a backend. */
export async function train(backend: Backend, { sizes, examples, rate, steps, every }: Work): Promise<Training> {
  const [inputs, hidden, classes] = sizes
  const x = tensorOf(
    [examples, inputs],
    uniform(keyOf(17), examples * inputs).map((u) => 2 * u - 1),
  )
  const y = tensorOf(
    int(examples),
    Array.from({ length: examples }, (_, i) => (i * 7) % classes),
  )
  const model = pipe(named('hidden', dense(inputs, hidden)), andThen(relu), andThen('out', dense(hidden, classes)))
  const task = learner(model, softmaxCrossEntropy(classes), adam({ rate }))
  const work = session(task, backend, start(task, 3))
  const losses: number[] = []
  const held: string[] = []
  for (let i = 1; i <= steps; i++) {
    work.step(x, y)
    if (i % every !== 0) continue
    losses.push(...(await work.losses()))
    held.push(heldBy(backend))
  }
  work.dispose()
  return { losses, held }
}

/** Why a training is not what it should be, beside the reference's; '' where it is. */
export async function fault({ losses, held }: Training, work: Work): Promise<string> {
  const other = held.find((h) => h !== held[0])
  if (other !== undefined) return `it held ${held[0] ?? 'nothing'} and then ${other}`
  if (losses.length !== work.steps) return `${losses.length} losses of ${work.steps} steps`
  const [first = NaN, last = NaN] = [losses[0], losses.at(-1)]
  if (!(last < work.lowered * first)) return `the loss went from ${first} to ${last}`
  const wanted = (await train(reference(), work)).losses
  const far = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b))
  const at = losses.findIndex((a, i) => !(far(a, wanted[i] ?? NaN) <= tolerance))
  return at < 0 ? '' : `step ${at + 1}: the loss is ${losses[at] ?? NaN}, the reference's ${wanted[at] ?? NaN}`
}
