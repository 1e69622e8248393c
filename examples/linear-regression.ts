/** Linear regression by gradient descent: recovers y = 2a − 3b + 1. Run it with `npm run examples && node build/examples/linear-regression.js`. */
import * as E from 'fp-ts/lib/Either.js'
import { datasetOf, dense, fit, keyOf, learner, sgd, squaredError, tensorOf, uniform } from 'paralens'
import { reference } from 'paralens/backend/reference'

const n = 200
const inputs = uniform(keyOf(7), 2 * n)
const x = tensorOf([n, 2], inputs)
const y = tensorOf(
  [n, 1],
  Array.from({ length: n }, (_, i) => 2 * (inputs[2 * i] ?? 0) - 3 * (inputs[2 * i + 1] ?? 0) + 1),
)
const data = datasetOf(x, y)
if (E.isLeft(data)) throw new Error(data.left.message)

const line = learner(dense(2, 1), squaredError, sgd({ rate: 0.5 }))
const trained = await fit(line, data.right, { backend: reference(), epochs: 40, batch: 20, seed: 1 })()
if (E.isLeft(trained)) throw new Error(trained.left.message)
const { weight, bias } = trained.right.point.params
process.stdout.write(
  `y = ${weight.data[0]?.toFixed(3)} a + ${weight.data[1]?.toFixed(3)} b + ${bias.data[0]?.toFixed(3)}\n`,
)
