import { ones, zeros } from '../initialiser/index.js'
import { object, showShape, size, type Shape, type Type } from '../object/index.js'
import type { Para, Parameter } from '../optic/index.js'
import {
  add,
  broadcast,
  multiply,
  otherAxes,
  reciprocal,
  reshape,
  sqrt,
  square,
  subtract,
  sum,
} from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'

/** The parameters of a normalisation of C channels. */
export interface NormParams<C extends number> {
  gain: [C]
  bias: [C]
}

/** What is added to a variance before its root is taken. */
export interface NormOptions {
  /** 1e-5 unless given. */
  readonly epsilon?: number
}

/** The mean and the variance `Σ (x − mean)² / n` along axes, which disappear. */
export function moments(x: Wire, axes: readonly number[]): readonly [mean: Wire, variance: Wire] {
  const scale = 1 / axes.reduce((n, a) => n * (x.type.shape[a] ?? 1), 1)
  const mean = multiply(scale, sum(x, axes))
  const centred = subtract(x, broadcast(mean, axes, x.type.shape))
  return [mean, multiply(scale, sum(square(centred), axes))]
}

/** `(x − mean) / √(variance + ε)`, mean and variance without the axes. */
export function standardised(x: Wire, axes: readonly number[], mean: Wire, variance: Wire, epsilon: number): Wire {
  const full = (w: Wire): Wire => broadcast(w, axes, x.type.shape)
  return multiply(subtract(x, full(mean)), full(reciprocal(sqrt(add(variance, epsilon)))))
}

/** `gain · x + bias` along the last axis. */
export function affine(x: Wire, gain: Wire, bias: Wire): Wire {
  const { shape } = x.type
  const front = otherAxes(shape.length, [shape.length - 1])
  return add(multiply(x, broadcast(gain, front, shape)), broadcast(bias, front, shape))
}

/** Throws `layerNorm: epsilon is 0, needs a number > 0`. */
export function checkEpsilon(name: string, epsilon: number): void {
  if (!(epsilon > 0 && Number.isFinite(epsilon)))
    throw new RangeError(`${name}: epsilon is ${epsilon}, needs a number > 0`)
}

/** The gain from one and the bias from zero, of c channels. */
export function gainAndBias(c: number): Parameter[] {
  const type: Type = { dtype: 'float32', shape: [c] }
  return [
    { path: ['gain'], type, draw: ones },
    { path: ['bias'], type, draw: zeros },
  ]
}

function normaliser<S extends Shape, C extends number>(
  name: string,
  shape: S,
  c: C,
  epsilon: number,
  standardise: (x: Wire) => Wire,
): Para<NormParams<C>, [S], [S]> {
  checkEpsilon(name, epsilon)
  const parameters = gainAndBias(c)
  const term = diagram(object([...parameters.map((p) => p.type), { dtype: 'float32', shape }]), ([gain, bias, x]) => [
    affine(standardise(x as Wire), gain as Wire, bias as Wire),
  ])
  return { cod: [shape], dom: [shape], params: { gain: [c], bias: [c] }, parameters, term: box(name, term) }
}

/**
 * `gain · (x − mean x) / √(var x + ε) + bias`: [n] → [n], gain from one, bias from zero; of rows by {@link each}. J. L.
 * Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization" (2016). Throws where n is not an integer ≥ 1 or ε not > 0.
 *
 * ```ts run
 * import { initialise, layerNorm, predict, tensorOf } from 'paralens'
 * import { reference } from 'paralens/backend/reference'
 * const f = layerNorm(2)
 * const y = await predict(f, reference(), initialise(f, 0), tensorOf([1, 2], [3, 5]))
 * console.log([...y.data].map((v) => v.toFixed(4))) // → [ '-1.0000', '1.0000' ]
 * ```
 */
export function layerNorm<const N extends number>(n: N, options: NormOptions = {}): Para<NormParams<N>, [[N]], [[N]]> {
  if (!Number.isInteger(n) || n < 1) throw new TypeError(`layerNorm: ${n} is not a size: needs an integer ≥ 1`)
  const { epsilon = 1e-5 } = options
  return normaliser('layerNorm', [n], n, epsilon, (x) => standardised(x, [0], ...moments(x, [0]), epsilon))
}

/**
 * Layer normalisation of each of g groups of channels over all places, channels last: [s…, c] → [s…, c], gain and bias
 * [c]. Y. Wu, K. He, "Group Normalization" (2018). Throws where g does not divide c.
 */
export function groupNorm<const S extends Shape, const C extends number>(
  groups: number,
  shape: [...S, C],
  options: NormOptions = {},
): Para<NormParams<C>, [[...S, C]], [[...S, C]]> {
  const c = (shape[shape.length - 1] ?? 0) as C
  if (!Number.isInteger(groups) || groups < 1 || c < 1 || c % groups !== 0)
    throw new TypeError(`groupNorm: ${groups} groups do not divide the channels of ${showShape(shape)}`)
  const { epsilon = 1e-5 } = options
  return normaliser('groupNorm', shape, c, epsilon, (x) => {
    const parts = reshape(x, [size(shape) / c, groups, c / groups])
    return reshape(standardised(parts, [0, 2], ...moments(parts, [0, 2]), epsilon), shape)
  })
}
