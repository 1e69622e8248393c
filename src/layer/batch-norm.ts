import { ones, zeros } from '../initialiser/index.js'
import { object, showShape, type Shape, type Type } from '../object/index.js'
import type { Para, Parameter } from '../optic/index.js'
import { add, multiply, otherAxes, relu } from '../primitive/index.js'
import type { TrainingRule, Wire } from '../structure/index.js'
import { diagram, trainingBox } from '../term/index.js'
import {
  affine,
  checkEpsilon,
  gainAndBias,
  moments,
  standardised,
  type NormOptions,
  type NormParams,
} from './normalise.js'

/** The parameters of batch normalisation of C channels: what is learned, and the running statistics, its buffers. */
export interface BatchNormParams<C extends number> extends NormParams<C> {
  mean: [C]
  variance: [C]
}
/** Options of batch normalisation. */
export interface BatchNormOptions extends NormOptions {
  /** The weight of the newest batch in the running statistics, in (0, 1]; 0.1 unless given. */
  readonly momentum?: number
}

/**
 * `gain · (x − mean) / √(variance + ε) + bias` for each channel, channels last: [s…, c] → [s…, c]. While a model learns,
 * mean and variance are those of the batch over examples and places, so it couples the examples, and the running ones
 * become `(1 − m) old + m new`, with the variance of n entries times n / (n − 1); when it predicts they are the running
 * ones, a variance below 0 being read as 0. S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network
 * Training by Reducing Internal Covariate Shift" (2015). Throws where ε or the momentum m is out of range; a step
 * throws where there is neither a batch nor another axis to average over.
 */
export function batchNorm<const S extends Shape, const C extends number>(
  shape: [...S, C],
  options: BatchNormOptions = {},
): Para<BatchNormParams<C>, [[...S, C]], [[...S, C]]> {
  const c = shape[shape.length - 1] as C | undefined
  if (c === undefined || c < 1) throw new TypeError(`batchNorm: ${showShape(shape)} has no channels`)
  const { epsilon = 1e-5, momentum = 0.1 } = options
  checkEpsilon('batchNorm', epsilon)
  if (!(momentum > 0 && momentum <= 1)) throw new RangeError(`batchNorm: the momentum ${momentum} is not in (0, 1]`)
  const type: Type = { dtype: 'float32', shape: [c] }
  const parameters: Parameter[] = [
    ...gainAndBias(c),
    { path: ['mean'], type, draw: zeros, buffer: true },
    { path: ['variance'], type, draw: ones, buffer: true },
  ]
  const training: TrainingRule = { key: false, buffers: [2, 3], read: (wires) => learning(wires, epsilon, momentum) }
  const predicting = diagram(object([...parameters.map((p) => p.type), { dtype: 'float32', shape }]), (wires) => {
    const [gain, bias, mean, variance, x] = wires as [Wire, Wire, Wire, Wire, Wire]
    return [affine(standardised(x, frontOf(x), mean, relu(variance), epsilon), gain, bias)]
  })
  return {
    cod: [shape],
    dom: [shape],
    params: { gain: [c], bias: [c], mean: [c], variance: [c] },
    parameters,
    term: trainingBox('batchNorm', predicting, training),
  }
}

/** All axes but that of channels. */
const frontOf = (x: Wire): number[] => otherAxes(x.type.shape.length, [x.type.shape.length - 1])

function learning(wires: readonly Wire[], epsilon: number, momentum: number): ReturnType<TrainingRule['read']> {
  const [gain, bias, mean, variance, x] = wires as [Wire, Wire, Wire, Wire, Wire]
  const axes = frontOf(x)
  if (axes.length === 0) throw new TypeError('batchNorm: one example without places has no statistics, needs a batch')
  const n = axes.reduce((product, a) => product * (x.type.shape[a] ?? 1), 1)
  const [newMean, newVariance] = moments(x, axes)
  const running = (old: Wire, now: Wire, scale: number): Wire =>
    add(multiply(1 - momentum, old), multiply(momentum * scale, now))
  return {
    outputs: [affine(standardised(x, axes, newMean, newVariance, epsilon), gain, bias)],
    buffers: [running(mean, newMean, 1), running(variance, newVariance, n / Math.max(1, n - 1))],
  }
}
