/**
 * What must have the same bytes in Node and in a browser, computed in each by the package as it is built:
 * `scripts/test-browser.mjs` compares them. Imports what a user imports, and nothing of Node.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  adam,
  andThen,
  datasetOf,
  dense,
  fit,
  initialiser,
  int,
  keyOf,
  learner,
  momentum,
  named,
  namedTensors,
  permutation,
  relu,
  session,
  sigmoid,
  softmaxCrossEntropy,
  split,
  squaredError,
  start,
  tanh,
  tensorOf,
  uniform,
  type Backend,
  type Learner,
  type Ob,
  type Batched,
  type Tensor,
} from 'paralens'
import { reference } from 'paralens/backend/reference'
import { tensorflow } from 'paralens/backend/tensorflow'
import { wasm as compiled } from 'paralens/backend/wasm'

/** A computation that depends on its seeds alone. */
export interface Case {
  readonly name: string
  /** The bytes of all it computes; rejects where that is not what it should be. */
  run(): Promise<Uint8Array>
}

const seeds = [0, 1, 2026, -7, 2 ** 40 + 5]
const shapes = [
  [32, 24],
  [3, 3, 5, 7],
]

/** The bytes of arrays, one after the other. */
function bytesOf(arrays: readonly (ArrayBufferView | readonly number[])[]): Uint8Array {
  const parts = arrays.map((a) => (ArrayBuffer.isView(a) ? a : Float64Array.from(a)))
  const out = new Uint8Array(parts.reduce((n, a) => n + a.byteLength, 0))
  let at = 0
  for (const { buffer, byteOffset, byteLength } of parts) {
    out.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return out
}

/** A case that draws something for each of the seeds. */
function drawn(name: string, draw: (seed: number) => readonly (ArrayBufferView | readonly number[])[]): Case {
  return { name, run: () => Promise.resolve(bytesOf(seeds.flatMap(draw))) }
}

const [examples, width, classes] = [16, 8, 4]
const x = tensorOf(
  [examples, width],
  uniform(keyOf(11), examples * width).map((u) => 2 * u - 1),
)
const labels = tensorOf(
  int(examples),
  Array.from({ length: examples }, (_, i) => (i * 7) % classes),
)
const bits = tensorOf(
  [examples, 1],
  Array.from({ length: examples }, (_, i) => (i * 5) % 2),
)

const layered = pipe(named('hidden', dense(width, 12)), andThen(relu), andThen('out', dense(12, classes)))
const classifier = learner(layered, softmaxCrossEntropy(classes), adam({ rate: 0.01 }))
const smooth = pipe(named('hidden', dense(width, 12)), andThen(tanh), andThen('out', dense(12, 1)), andThen(sigmoid))
const regression = learner(smooth, squaredError, momentum({ rate: 0.05 }))

/** The bytes of a point and its losses. */
const pointBytes = (tensors: { readonly [name: string]: Tensor }, losses: readonly number[]): Uint8Array =>
  bytesOf([...Object.values(tensors).map((t) => t.data as ArrayBufferView), losses])

/** Throws unless training has lowered the loss. */
function lowered(losses: readonly number[]): void {
  const [first = Number.NaN, last = Number.NaN] = [losses[0], losses.at(-1)]
  if (!(last < 0.98 * first)) throw new Error(`the loss went from ${first} to ${last}`)
}

/** Twenty steps of a session: parameters, state and losses. */
async function stepped<P, S, A extends Ob, Y extends Ob>(
  task: Learner<P, S, object, A, Y>,
  backend: Backend,
  input: Batched<A>,
  label: Batched<Y>,
): Promise<Uint8Array> {
  const work = session(task, backend, start(task, 3))
  for (let i = 0; i < 20; i++) work.step(input, label)
  const losses = await work.losses()
  const point = await work.read()
  work.dispose()
  lowered(losses)
  return pointBytes(namedTensors(task, point), losses)
}

/** Five epochs of `fit`, whose seed decides the parameters, the order of examples and the validation split. */
async function fitted(backend: Backend): Promise<Uint8Array> {
  const data = datasetOf(x, labels)
  if (E.isLeft(data)) throw new Error(data.left.message)
  const done = await fit(classifier, data.right, { backend, epochs: 5, batch: 4, seed: 5, validation: 0.25 })()
  if (E.isLeft(done)) throw new Error(done.left.message)
  const { history, point } = done.right
  lowered(history.map((epoch) => epoch.loss))
  return pointBytes(
    namedTensors(classifier, point),
    history.flatMap((epoch) => [epoch.loss, epoch.validation?.loss ?? Number.NaN]),
  )
}

/** Twenty steps at the size of the main job, enough for the threads of an isolated page to share a product. */
function wide(backend: Backend): Promise<Uint8Array> {
  const [n, pixels, digits] = [32, 784, 10]
  const model = pipe(named('hidden', dense(pixels, 128)), andThen(relu), andThen('out', dense(128, digits)))
  const images = tensorOf([n, pixels], uniform(keyOf(13), n * pixels))
  const answers = tensorOf(
    int(n),
    Array.from({ length: n }, (_, i) => i % digits),
  )
  return stepped(learner(model, softmaxCrossEntropy(digits), adam({ rate: 0.001 })), backend, images, answers)
}

/** A case of a training on a backend, which must be empty after it. */
function training(
  name: string,
  backendOf: () => Promise<Backend>,
  train: (backend: Backend) => Promise<Uint8Array>,
): Case {
  return {
    name,
    async run() {
      const backend = await backendOf()
      const bytes = await train(backend)
      const { buffers } = backend.memory()
      if (buffers !== 0) throw new Error(`${buffers} buffers are left`)
      await backend.close?.()
      return bytes
    },
  }
}

/** The trainings that every backend is given. */
function trainings(name: string, backendOf: () => Promise<Backend>): Case[] {
  return [
    training(`${name}: 20 steps of a classifier`, backendOf, (backend) => stepped(classifier, backend, x, labels)),
    training(`${name}: 20 steps of a regression`, backendOf, (backend) => stepped(regression, backend, x, bits)),
    training(`${name}: 5 epochs of fit`, backendOf, fitted),
  ]
}

const wasm = (): Promise<Backend> => tensorflow('wasm')

/** The compiled backend on two threads; on one where a page is not isolated, after it has refused two and said why. */
async function threaded(): Promise<Backend> {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean }
  if (crossOriginIsolated !== false) return compiled({ threads: 2 })
  const refusal = await compiled({ threads: 2 }).then(() => 'no refusal', String)
  if (!refusal.includes('Cross-Origin-Opener-Policy')) throw new Error(`two threads where none can be: ${refusal}`)
  return compiled()
}

/** Every case, each with a name of its own. */
export const cases: readonly Case[] = [
  drawn('keyOf, split', (seed) => {
    const key = keyOf(seed)
    return [key, split(key, 'hidden.weight'), split(key, seed), split(key, 'é€😀x')]
  }),
  ...Object.entries(initialiser.initialisers).map(([name, draw]) =>
    drawn(name, (seed) => shapes.map((shape) => draw(keyOf(seed), shape))),
  ),
  drawn('uniform', (seed) => [uniform(keyOf(seed), 1001)]),
  drawn('normal', (seed) => [initialiser.normal(keyOf(seed), 1001)]),
  drawn('permutation', (seed) => [permutation(keyOf(seed), 1001)]),
  ...trainings('reference', () => Promise.resolve(reference())),
  ...trainings('wasm', wasm),
  training('wasm: 20 steps of 784-128-10', wasm, wide),
  training('compiled wasm on two threads: 20 steps of 784-128-10', threaded, wide),
]
