import { add, logSumExp, multiply, negate, pad, reshape } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { Distance } from './loss.js'
import { total } from './squared-error.js'

/** `log(1 + eˣ)`, stable and with right derivatives everywhere, 0 included: log Σ exp of (x, 0). */
export function softplus(x: Wire): Wire {
  const { shape } = x.type
  const pair = pad(reshape(x, [...shape, 1]), [...shape.map(() => 0), 0], [...shape.map(() => 0), 1])
  return logSumExp(pair, shape.length)
}

/**
 * `Σ log(1 + eᶻ) − y z` for logits z and labels y in [0, 1], over all entries of an example: the binary cross-entropy of
 * y and sigmoid(z), stable.
 */
export const binaryCrossEntropy: Distance = {
  distance: 'binaryCrossEntropy',
  body: (label, prediction) => [
    total(prediction.map((z, i) => add(softplus(z), negate(multiply(label[i] as Wire, z))))),
  ],
}
