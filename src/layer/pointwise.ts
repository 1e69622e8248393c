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

/** `x` where x > 0, else `slope · x`, with derivative 1 or `slope` likewise; `leakyRelu(0)` is {@link relu}. NaN at NaN. */
export function leakyRelu(slope: number): Pointwise {
  if (!Number.isFinite(slope)) throw new TypeError(`leakyRelu: the slope ${slope} is not a number`)
  return {
    pointwise: 'leakyRelu',
    // 0 · (−∞) is NaN.
    body: slope === 0 ? primitive.relu : (x) => primitive.select(primitive.less(0, x), x, primitive.multiply(slope, x)),
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
