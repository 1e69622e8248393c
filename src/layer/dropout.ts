import { object } from '../object/index.js'
import type { Pointwise } from '../optic/index.js'
import { less, like, multiply, only, randomBits, select } from '../primitive/index.js'
import type { TrainingRule, Wire } from '../structure/index.js'
import { identity, trainingBox } from '../term/index.js'

/**
 * While a model learns each entry is 0 with probability `rate`, else `x / (1 − rate)`, by a mask that the key of the step
 * decides; when it predicts, x itself. The gradient passes where the mask does. N. Srivastava et al., "Dropout: A Simple
 * Way to Prevent Neural Networks from Overfitting" (2014). Throws where the rate is not in [0, 1).
 */
export function dropout(rate: number): Pointwise {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: the rate ${rate} is not in [0, 1)`)
  const training: TrainingRule = {
    key: true,
    buffers: [],
    read: ([x], key) => ({ outputs: [masked(x as Wire, key as Wire, rate)], buffers: [] }),
  }
  return {
    pointwise: 'dropout',
    body: (x) => only(x.algebra.box(trainingBox('dropout', identity(object([x.type])), training), [x])),
  }
}

/** `x / (1 − rate)` where a word, uniform from −2³¹ to 2³¹ − 1, is below (1 − rate) 2³² − 2³¹, else 0. */
function masked(x: Wire, key: Wire, rate: number): Wire {
  const words = randomBits(key, x.type.shape)
  const below = Math.min(Math.round((1 - rate) * 2 ** 32) - 2 ** 31, 2 ** 31 - 1)
  return select(less(words, like(words, below)), multiply(1 / (1 - rate), x), 0)
}
