/**
 * The main job: 784-128-10 on MNIST, trained with Adam on the compiled WebAssembly backend.
 *
 *     npm start                       5 epochs
 *     npm start -- --epochs 1         fewer
 *     npm start -- --show-step        print the training step as a straight-line program and stop
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  accuracy,
  adam,
  andThen,
  confusion,
  cosineRate,
  dense,
  drawTerm,
  fit,
  initialiser,
  learner,
  named,
  namedTensors,
  pathOf,
  pointOf,
  predict,
  relu,
  simplify,
  softmaxCrossEntropy,
  stepOf,
  summary,
  term,
  type Tensor,
} from 'paralens'
import { wasm } from 'paralens/backend/wasm'
import { loadMnist, loadTensors, progressBar, saveTensors } from 'paralens/node'

const { values } = parseArgs({
  options: {
    epochs: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'out' },
    'show-step': { type: 'boolean', default: false },
  },
})
const batch = 64
const epochs = Number(values.epochs)

/** The value, or the message of what went wrong and exit code 1. */
function orExit<T>(result: E.Either<{ readonly message: string }, T>): T {
  if (E.isRight(result)) return result.right
  process.stderr.write(`${result.left.message}\n`)
  process.exit(1)
}
const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

if (!Number.isInteger(epochs) || epochs < 1)
  orExit(E.left({ message: `--epochs is ${values.epochs}, needs an integer ≥ 1` }))

// Model, loss and optimiser compose into one learner. The rate, the batch and the initialiser were chosen on the validation
// split among ten settings; the test images are opened once, at the end.
const model = pipe(
  named('hidden', dense(784, 128, { initialiser: initialiser.heUniform })),
  andThen(relu),
  andThen('out', dense(128, 10)),
)
const steps = epochs * Math.ceil(55_000 / batch)
const digits = learner(model, softmaxCrossEntropy(10), adam({ rate: cosineRate(4e-3, 1e-5, steps) }))

// The learner closes into one term, the training step.
const step = stepOf(digits, batch)
if (values['show-step']) {
  print(term.show(simplify(term.flatten(step.term))))
  process.exit(0)
}

print(summary(model))
mkdirSync(values.out, { recursive: true })
for (const [name, drawing] of [
  ['model', drawTerm(model.term, { title: 'the model', inputs: [...model.parameters.map(pathOf), 'x'] })],
  ['step', drawTerm(step.term, { title: 'the training step: optimiser, model, loss and cap' })],
  ['program', drawTerm(simplify(term.flatten(step.term)), { title: 'the training step as a program of primitives' })],
] as const) {
  writeFileSync(`${values.out}/${name}.svg`, drawing)
  print(`drew ${values.out}/${name}.svg`)
}

const { train, test } = orExit(await loadMnist()())
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
print(
  `${trained.steps} steps in ${trained.seconds.toFixed(1)} s, ${(trained.steps / trained.seconds).toFixed(0)} steps/s`,
)

// Save, load, and check that the loaded parameters predict the same bits.
const file = `${values.out}/mnist.safetensors`
orExit(await saveTensors(file, namedTensors(digits, trained.point))())
const loaded = pointOf(digits, orExit(await loadTensors(file)()).tensors)
const before = await predict(model, backend, trained.point.params, test.input)
const after = await predict(model, backend, loaded.params, test.input)
const same = before.data.every((x, i) => Object.is(x, after.data[i]))
print(`saved ${file}; predictions of the loaded parameters are ${same ? 'bit-identical' : 'DIFFERENT'}`)
if (!same) process.exit(1)

print('\nconfusion: rows are digits, columns are answers')
for (const [digit, row] of confusion(after as unknown as Tensor, test.label as unknown as Tensor, 10).entries())
  print(`${digit}  ${row.map((n) => String(n).padStart(5)).join('')}`)
print(
  `\ntest accuracy ${(100 * accuracy.measure(after as unknown as Tensor, test.label as unknown as Tensor)).toFixed(1)} %`,
)
