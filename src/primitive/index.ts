import type { Operation } from '../structure/index.js'
import { cos, erf, exp, log, reciprocal, sigmoid, sin, sqrt, tanh } from './analytic.js'
import { add, multiply, negate } from './arithmetic.js'
import { broadcast, sum } from './broadcast.js'
import { cast } from './cast.js'
import { equal, less, select } from './compare.js'
import { concat } from './concat.js'
import { constant } from './constant.js'
import { contract } from './contract.js'
import { gather, scatterAdd } from './gather.js'
import { iota } from './iota.js'
import { pad, reshape, slice, transpose } from './layout.js'
import { abs, clip, maximum, relu, sign, step } from './order.js'
import { randomBits } from './random-bits.js'
import { argmax, logSumExp, reduceMax } from './reduce.js'
import { fold, windows } from './windows.js'

/** The primitives, one line each: the signature of the free category that this project speaks about. */
export const primitives = {
  add: add.operation as Operation,
  multiply: multiply.operation as Operation,
  negate: negate.operation as Operation,
  constant: constant.operation as Operation,
  reciprocal: reciprocal.operation as Operation,
  exp: exp.operation as Operation,
  log: log.operation as Operation,
  sqrt: sqrt.operation as Operation,
  sin: sin.operation as Operation,
  cos: cos.operation as Operation,
  tanh: tanh.operation as Operation,
  sigmoid: sigmoid.operation as Operation,
  erf: erf.operation as Operation,
  relu: relu.operation as Operation,
  step: step.operation as Operation,
  sign: sign.operation as Operation,
  abs: abs.operation as Operation,
  maximum: maximum.operation as Operation,
  clip: clip.operation as Operation,
  less: less.operation as Operation,
  equal: equal.operation as Operation,
  select: select.operation as Operation,
  broadcast: broadcast.operation as Operation,
  sum: sum.operation as Operation,
  reshape: reshape.operation as Operation,
  transpose: transpose.operation as Operation,
  slice: slice.operation as Operation,
  pad: pad.operation as Operation,
  concat: concat.operation as Operation,
  contract: contract.operation as Operation,
  windows: windows.operation as Operation,
  fold: fold.operation as Operation,
  argmax: argmax.operation as Operation,
  reduceMax: reduceMax.operation as Operation,
  logSumExp: logSumExp.operation as Operation,
  gather: gather.operation as Operation,
  scatterAdd: scatterAdd.operation as Operation,
  iota: iota.operation as Operation,
  randomBits: randomBits.operation as Operation,
  cast: cast.operation as Operation,
}

/** The name of a primitive; a table `{ [P in PrimitiveName]: … }` does not compile until it has them all. */
export type PrimitiveName = keyof typeof primitives

export * from './analytic.js'
export * from './arithmetic.js'
export * from './batch.js'
export * from './broadcast.js'
export * from './cast.js'
export * from './compare.js'
export * from './concat.js'
export * from './constant.js'
export * from './contract.js'
export * from './define.js'
export * from './elementwise.js'
export * from './gather.js'
export * from './iota.js'
export * from './layout.js'
export * from './order.js'
export * from './random-bits.js'
export * from './reduce.js'
export * from './threefry.js'
export * from './windows.js'
