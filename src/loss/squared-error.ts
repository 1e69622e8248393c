import { addAll, multiply, square, subtract, sum } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import type { Distance } from './loss.js'

/** The sum of all entries of some wires, a scalar. */
export function total(wires: readonly Wire[]): Wire {
  return addAll(
    wires.map((w) =>
      sum(
        w,
        w.type.shape.map((_, i) => i),
      ),
    ),
  )
}

/** `½ Σ (prediction − label)²`, over all entries of an example; its derivative in the prediction is invertible in the label. */
export const squaredError: Distance = {
  distance: 'squaredError',
  body: (label, prediction) => [multiply(0.5, total(prediction.map((y, i) => square(subtract(y, label[i] as Wire)))))],
}
