import { compose, diagram, layerAt, named, residual, scan, wire, type Pointwise, type Untyped } from '../optic/index.js'
import type { Ob } from '../object/index.js'
import { multiHeadAttention } from './attention.js'
import { batchNorm } from './batch-norm.js'
import { bias, dense, linear } from './dense.js'
import { dropout } from './dropout.js'
import { each } from './each.js'
import { flatten } from './flatten.js'
import { gru, gruLast } from './gru.js'
import { lstm, lstmLast } from './lstm.js'
import { groupNorm, layerNorm } from './normalise.js'
import { exponential, gelu, leakyRelu, logSoftmax, relu, sigmoid, silu, softmax, softplus, tanh } from './pointwise.js'

const pointwises: readonly Pointwise[] = [
  relu,
  tanh,
  sigmoid,
  exponential,
  leakyRelu(0.25),
  softmax,
  logSoftmax,
  gelu,
  silu,
  softplus,
  dropout(0.5),
]
const untyped = (model: unknown): Untyped => model as Untyped
const shapes: Ob = [[2, 3]]

/** `s′ = W (s + x) + b`, `y = U s + c`. */
const twoLayers = diagram({ next: dense(3, 3), answer: dense(3, 3) }, [[3], [3]], ({ next, answer }, s, x) => [
  next(wire.add(s, x)),
  answer(s),
])

/** Every layer, at one choice of its sizes; the contract tests loop over the list. */
export const layers: { readonly [name: string]: Untyped } = {
  dense: untyped(dense(3, 2)),
  linear: untyped(linear(3, 2)),
  bias: untyped(bias(3)),
  residual: untyped(residual(dense(3, 3))),
  each: untyped(each(4, dense(3, 2))),
  flatten: layerAt(flatten, shapes),
  ...Object.fromEntries(pointwises.map((p) => [p.pointwise, layerAt(p, shapes)])),
  layerNorm: untyped(layerNorm(4)),
  groupNorm: untyped(groupNorm(2, [2, 2, 4])),
  batchNorm: untyped(batchNorm([2, 3])),
  multiHeadAttention: untyped(multiHeadAttention(3, 4, 2)),
  causalAttention: untyped(multiHeadAttention(3, 4, 2, { causal: true })),
  gru: untyped(gru(2, 2, 2)),
  gruLast: untyped(gruLast(2, 2, 2)),
  lstm: untyped(lstm(3, 2, 2)),
  lstmLast: untyped(lstmLast(3, 2, 2)),
  scan: untyped(scan(3, twoLayers)),
  composite: untyped(compose(named('hidden', dense(3, 4)), named('out', dense(4, 2)))),
}

export { bias, dense, each, exponential, flatten, leakyRelu, linear, logSoftmax, relu, sigmoid, softmax, tanh }
export {
  batchNorm,
  dropout,
  gelu,
  groupNorm,
  gru,
  gruLast,
  layerNorm,
  lstm,
  lstmLast,
  multiHeadAttention,
  silu,
  softplus,
}
export type { AttentionOptions, AttentionParams } from './attention.js'
export type { BatchNormOptions, BatchNormParams } from './batch-norm.js'
export type { GruParams } from './gru.js'
export type { LstmParams } from './lstm.js'
export type { NormOptions, NormParams } from './normalise.js'
export type { BiasParams, DenseParams, LinearParams, WeightOptions } from './dense.js'
