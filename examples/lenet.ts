/**
 * A network of the size of LeNet on MNIST, trained in plain Node on the compiled backend: two convolutions, two poolings.
 *
 *     npm run lenet                   3 epochs
 *     npm run lenet -- --epochs 1     fewer
 */
import { parseArgs } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  accuracy,
  adam,
  andThen,
  conv2d,
  cosineRate,
  dense,
  fit,
  flatten,
  initialiser,
  learner,
  maxPool2d,
  predict,
  relu,
  reshaped,
  softmaxCrossEntropy,
  summary,
} from 'paralens'
import { wasm } from 'paralens/backend/wasm'
import { loadMnist, progressBar } from 'paralens/node'

const { values } = parseArgs({
  options: { epochs: { type: 'string', default: '3' }, seed: { type: 'string', default: '1' } },
})
const epochs = Number(values.epochs)
const batch = 64

/** The value, or the message of what went wrong and exit code 1. */
function orExit<T>(result: E.Either<{ readonly message: string }, T>): T {
  if (E.isRight(result)) return result.right
  process.stderr.write(`${result.left.message}\n`)
  process.exit(1)
}
if (!Number.isInteger(epochs) || epochs < 1)
  orExit(E.left({ message: `--epochs is ${values.epochs}, needs an integer ≥ 1` }))

const he = { initialiser: initialiser.heUniform }
const model = pipe(
  reshaped([784], [28, 28, 1]),
  andThen('first', conv2d([28, 28, 1], 16, { size: 5, ...he })),
  andThen(relu),
  andThen(maxPool2d([24, 24, 16], { size: 2 })),
  andThen('second', conv2d([12, 12, 16], 32, { size: 5, ...he })),
  andThen(relu),
  andThen(maxPool2d([8, 8, 32], { size: 2 })),
  andThen(flatten),
  andThen('out', dense(512, 10)),
)
const { train, test } = orExit(await loadMnist()())
const steps = epochs * Math.ceil(55_000 / batch)
const digits = learner(model, softmaxCrossEntropy(10), adam({ rate: cosineRate(3e-3, 1e-5, steps) }))
process.stdout.write(`${summary(model)}\n`)

const backend = await wasm()
const trained = orExit(
  await fit(digits, train, {
    backend,
    epochs,
    batch,
    seed: Number(values.seed),
    validation: 5_000 / train.count,
    metrics: [accuracy],
    onProgress: progressBar(process.stderr),
  })(),
)
process.stdout.write(
  `${trained.steps} steps in ${trained.seconds.toFixed(1)} s, ${(trained.steps / trained.seconds).toFixed(0)} steps/s\n`,
)
const answers = await predict(model, backend, trained.point.params, test.input)
process.stdout.write(`test accuracy ${(100 * accuracy.measure(answers, test.label)).toFixed(2)} %\n`)
