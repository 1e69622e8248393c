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

/**
 * `x Φ(x) = x (1 + erf(x / √2)) / 2`, exact; NaN at −∞. D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units" (2016).
 */
export const gelu: Pointwise = {
  pointwise: 'gelu',
  body: (x) =>
    primitive.multiply(
      x,
      primitive.multiply(0.5, primitive.add(1, primitive.erf(primitive.multiply(Math.SQRT1_2, x)))),
    ),
}

/**
 * `x / (1 + e⁻ˣ)`; NaN at −∞. S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-Weighted Linear Units for Neural Network Function
 * Approximation in Reinforcement Learning" (2018).
 */
export const silu: Pointwise = { pointwise: 'silu', body: (x) => primitive.multiply(x, primitive.sigmoid(x)) }

/**
 * `log(1 + eˣ) = max(x, 0) + log(1 + e^(−|x|))`: never overflows, 0 at −∞ and ∞ at ∞, with the derivatives of sigmoid
 * everywhere, at 0 and both infinities too. C. Dugas et al., "Incorporating Second-Order Functional Knowledge for Better
 * Option Pricing" (2001).
 */
export const softplus: Pointwise = {
  pointwise: 'softplus',
  body: (x) => {
    const minus = primitive.negate(x)
    // At 0 relu has slope 0, so |x| = max(−x, x) has to have −1 there, as it does: its first operand wins a tie.
    const tail = primitive.exp(primitive.negate(primitive.maximum(minus, x)))
    return primitive.add(primitive.relu(x), primitive.log(primitive.add(1, tail)))
  },
}

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
