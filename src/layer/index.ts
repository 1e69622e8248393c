import { compose, diagram, layerAt, named, residual, scan, wire, type Pointwise, type Untyped } from '../optic/index.js'
import type { Ob } from '../object/index.js'
import { multiHeadAttention } from './attention.js'
import { averagePool1d, averagePool2d, globalAveragePool } from './average-pool.js'
import { batchNorm } from './batch-norm.js'
import { conv2dTranspose } from './conv-transpose.js'
import { conv1d, conv2d } from './conv.js'
import { bias, dense, linear } from './dense.js'
import { depthwiseConv2d } from './depthwise-conv.js'
import { dropout } from './dropout.js'
import { each } from './each.js'
import { embedding } from './embedding.js'
import { flatten } from './flatten.js'
import { gru, gruLast } from './gru.js'
import { lstm, lstmLast } from './lstm.js'
import { globalMaxPool, maxPool1d, maxPool2d } from './max-pool.js'
import { groupNorm, layerNorm } from './normalise.js'
import { exponential, gelu, leakyRelu, logSoftmax, relu, sigmoid, silu, softmax, softplus, tanh } from './pointwise.js'
import { reshaped } from './reshape.js'

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

/**
 * Every layer, at one choice of its sizes; the contract tests loop over the list. Normalisations are at ε = 1, where they
 * are well conditioned at every point.
 */
export const layers: { readonly [name: string]: Untyped } = {
  dense: untyped(dense(3, 2)),
  linear: untyped(linear(3, 2)),
  bias: untyped(bias(3)),
  residual: untyped(residual(dense(3, 3))),
  each: untyped(each(4, dense(3, 2))),
  flatten: layerAt(flatten, shapes),
  ...Object.fromEntries(pointwises.map((p) => [p.pointwise, layerAt(p, shapes)])),
  layerNorm: untyped(layerNorm(4, { epsilon: 1 })),
  groupNorm: untyped(groupNorm(2, [2, 2, 4], { epsilon: 1 })),
  batchNorm: untyped(batchNorm([2, 3], { epsilon: 1 })),
  multiHeadAttention: untyped(multiHeadAttention(3, 4, 2)),
  causalAttention: untyped(multiHeadAttention(3, 4, 2, { causal: true })),
  gru: untyped(gru(2, 2, 2)),
  gruLast: untyped(gruLast(2, 2, 2)),
  lstm: untyped(lstm(3, 2, 2)),
  lstmLast: untyped(lstmLast(3, 2, 2)),
  scan: untyped(scan(3, twoLayers)),
  conv1d: untyped(conv1d([5, 2], 2, { size: 3, dilation: 2, padding: 'same' })),
  conv2d: untyped(conv2d([3, 4, 2], 2, { size: [2, 3], stride: [1, 2], padding: 'same' })),
  depthwiseConv2d: untyped(depthwiseConv2d([3, 3, 2], 2, { size: 2 })),
  conv2dTranspose: untyped(conv2dTranspose([2, 2, 2], 1, { size: [2, 3], stride: 2 })),
  maxPool1d: untyped(maxPool1d([5, 2], { size: 3, stride: 2, padding: 'same' })),
  maxPool2d: untyped(maxPool2d([4, 4, 1], { size: 2 })),
  averagePool1d: untyped(averagePool1d([5, 2], { size: 2, stride: 1, padding: 'same' })),
  averagePool2d: untyped(averagePool2d([4, 4, 1], { size: 2 })),
  globalAveragePool: untyped(globalAveragePool([2, 2, 2])),
  globalMaxPool: untyped(globalMaxPool([2, 2, 2])),
  embedding: untyped(embedding(3, 2, [4])),
  reshaped: untyped(reshaped([6], [2, 3])),
  composite: untyped(compose(named('hidden', dense(3, 4)), named('out', dense(4, 2)))),
}

export { bias, dense, each, exponential, flatten, leakyRelu, linear, logSoftmax, relu, sigmoid, softmax, tanh }
export {
  averagePool1d,
  averagePool2d,
  batchNorm,
  conv1d,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  dropout,
  embedding,
  gelu,
  globalAveragePool,
  globalMaxPool,
  groupNorm,
  gru,
  gruLast,
  layerNorm,
  lstm,
  lstmLast,
  maxPool1d,
  maxPool2d,
  multiHeadAttention,
  reshaped,
  silu,
  softplus,
}
export type { AttentionOptions, AttentionParams } from './attention.js'
export type { BatchNormOptions, BatchNormParams } from './batch-norm.js'
export type { Spread } from './conv-transpose.js'
export type { Conv1dParams, Conv2dParams, ConvOptions } from './conv.js'
export type { DepthwiseConv2dParams } from './depthwise-conv.js'
export type { EmbeddingParams } from './embedding.js'
export type { GruParams } from './gru.js'
export type { LstmParams } from './lstm.js'
export type { NormOptions, NormParams } from './normalise.js'
export type { PoolOptions } from './pool.js'
export type { AxisOf, Padding, PerAxis, Slide, SlideOptions, Span } from './window.js'
export type { BiasParams, DenseParams, LinearParams, WeightOptions } from './dense.js'
