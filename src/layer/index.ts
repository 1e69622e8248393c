import { compose, layerAt, named, residual, type Pointwise, type Untyped } from '../optic/index.js'
import type { Ob } from '../object/index.js'
import { bias, dense, linear } from './dense.js'
import { each } from './each.js'
import { flatten } from './flatten.js'
import { exponential, leakyRelu, logSoftmax, relu, sigmoid, softmax, tanh } from './pointwise.js'

const pointwises: readonly Pointwise[] = [relu, tanh, sigmoid, exponential, leakyRelu(0.25), softmax, logSoftmax]
const untyped = (model: unknown): Untyped => model as Untyped
const shapes: Ob = [[2, 3]]

/** Every layer, at one choice of its sizes; the contract tests loop over the list. */
export const layers: { readonly [name: string]: Untyped } = {
  dense: untyped(dense(3, 2)),
  linear: untyped(linear(3, 2)),
  bias: untyped(bias(3)),
  residual: untyped(residual(dense(3, 3))),
  each: untyped(each(4, dense(3, 2))),
  flatten: layerAt(flatten, shapes),
  ...Object.fromEntries(pointwises.map((p) => [p.pointwise, layerAt(p, shapes)])),
  composite: untyped(compose(named('hidden', dense(3, 4)), named('out', dense(4, 2)))),
}

export { bias, dense, each, exponential, flatten, leakyRelu, linear, logSoftmax, relu, sigmoid, softmax, tanh }
export type { BiasParams, DenseParams, LinearParams, WeightOptions } from './dense.js'
