/**
 * Dreaming: the learner's composite with the input's port open. A model of the 8 × 8 digits is trained, then an image is
 * learned that it takes for a three. Run it with `npm run examples && node build/examples/dream.js`.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  adam,
  andThen,
  chain,
  decayWeights,
  dense,
  dream,
  dreamer,
  fit,
  int,
  learner,
  named,
  relu,
  sgd,
  softmaxCrossEntropy,
  start,
  tensorOf,
} from 'paralens'
import { wasm } from 'paralens/backend/wasm'
import { loadDigits } from 'paralens/node'

const digits = await loadDigits()()
if (E.isLeft(digits)) throw new Error(digits.left.message)
const backend = await wasm()

const model = pipe(named('hidden', dense(64, 32)), andThen(relu), andThen('out', dense(32, 10)))
const loss = softmaxCrossEntropy(10)
const trained = await fit(learner(model, loss, adam({ rate: 0.01 })), digits.right, { backend, epochs: 5, seed: 1 })()
if (E.isLeft(trained)) throw new Error(trained.left.message)

// The same model and loss; the optimiser now stands on the input, and the parameters are given.
const dreaming = dreamer(model, loss, chain(decayWeights(0.02), sgd({ rate: 0.5 })))
const { state } = start(dreaming, 0)
const image = dream(dreaming, backend, trained.right.point.params, {
  x: [tensorOf([64], new Float32Array(64).fill(0.25))],
  state,
})
for (let i = 0; i < 100; i++) image.step([tensorOf(int(), [3])])
const losses = await image.losses()
const [pixels] = await image.read()
image.dispose()

process.stdout.write(`loss ${losses[0]?.toFixed(3)} → ${losses[losses.length - 1]?.toFixed(3)}\n`)
for (let row = 0; row < 8; row++)
  process.stdout.write(
    `${Array.from(pixels.data.slice(8 * row, 8 * row + 8), (v) => ' ░▒▓█'[Math.max(0, Math.min(4, Math.round(2 + 2 * v)))]).join('')}\n`,
  )
