/** Iris: 4-16-3 on 150 flowers, with a fifth set aside for validation and early stop. Run it with `npm run examples && node build/examples/iris.js`. */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { accuracy, adam, andThen, dense, fit, learner, named, softmaxCrossEntropy, tanh } from 'paralens'
import { wasm } from 'paralens/backend/wasm'
import { loadIris, progressBar } from 'paralens/node'

const flowers = await loadIris()()
if (E.isLeft(flowers)) throw new Error(flowers.left.message)

const model = pipe(named('hidden', dense(4, 16)), andThen(tanh), andThen('out', dense(16, 3)))
const trained = await fit(learner(model, softmaxCrossEntropy(3), adam({ rate: 0.02 })), flowers.right, {
  backend: await wasm(),
  epochs: 60,
  batch: 16,
  seed: 1,
  validation: 0.2,
  patience: 10,
  metrics: [accuracy],
  onProgress: progressBar(process.stderr),
})()
if (E.isLeft(trained)) throw new Error(trained.left.message)
const best = trained.right.history[trained.right.best - 1]?.validation
process.stdout.write(
  `best epoch ${trained.right.best}: validation loss ${best?.loss.toFixed(4)}, accuracy ${best?.metrics['accuracy']?.toFixed(3)}\n`,
)
