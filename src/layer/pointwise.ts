import type { Pointwise } from '../optic/index.js'
import * as primitive from '../primitive/index.js'
import type { Wire } from '../structure/index.js'

/** `max(x, 0)`. */
export const relu: Pointwise = { pointwise: 'relu', body: primitive.relu }
/** `tanh x`. */
export const tanh: Pointwise = { pointwise: 'tanh', body: primitive.tanh }
/** `1 / (1 + e⁻ˣ)`. */
export const sigmoid: Pointwise = { pointwise: 'sigmoid', body: primitive.sigmoid }
/** `eˣ`. */
export const exponential: Pointwise = { pointwise: 'exponential', body: primitive.exp }

/** `x` where x > 0, else `slope · x`. */
export function leakyRelu(slope: number): Pointwise {
  if (!Number.isFinite(slope)) throw new TypeError(`leakyRelu: the slope ${slope} is not a number`)
  return {
    pointwise: 'leakyRelu',
    body: (x) => primitive.add(primitive.multiply(slope, x), primitive.multiply(1 - slope, primitive.relu(x))),
  }
}

/** `exp(x − log Σ exp x)` along the last axis: a point of the simplex, stable. Throws on a scalar. */
export const softmax: Pointwise = { pointwise: 'softmax', body: softmaxOf }

/** `x − log Σ exp x` along the last axis. Throws on a scalar. */
export const logSoftmax: Pointwise = { pointwise: 'logSoftmax', body: logSoftmaxOf }

function logSoftmaxOf(x: Wire): Wire {
  const axis = x.type.shape.length - 1
  if (axis < 0) throw new TypeError('softmax: a scalar has no axis')
  return primitive.subtract(x, primitive.broadcast(primitive.logSumExp(x, axis), [axis], x.type.shape))
}
function softmaxOf(x: Wire): Wire {
  return primitive.exp(logSoftmaxOf(x))
}
