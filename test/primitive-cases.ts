import {
  bit,
  float64,
  int,
  normal,
  tensorOf,
  size,
  surface,
  type TensorType,
  type Ob,
  type Tensor,
} from '../src/object/index.js'
import type { PrimitiveName } from '../src/primitive/index.js'
import type { Attributes } from '../src/structure/index.js'
import { objectOf } from '../src/object/index.js'
import { primitives } from '../src/primitive/index.js'
import { primitive, type PrimitiveTerm } from '../src/term/index.js'

/** A primitive at a domain, and where in it its derivative is asked for. */
export interface PrimitiveCase {
  readonly attributes: Attributes
  readonly dom: Ob
  /** The k-th entry of an operand, in the operation's domain and off its kinks. */
  readonly values: readonly ((k: number) => number)[]
  /** Sums and products only: at dyadic points nothing is rounded. */
  readonly exact: boolean
  /** `none` where asking for the derivative throws. */
  readonly derivative: 'exists' | 'none'
}

/** Odd sixteenths in (−2, 2): distinct for k < 31, no integers, so no kinks. */
export const dyadic = (k: number): number => (((k * 37 + 11) % 31) * 2 - 31) / 16
const shifted = (k: number): number => dyadic(k + 7)
/** In (0, 4). */
const positive = (k: number): number => dyadic(k) + 2
const bits = (k: number): number => (k % 3) % 2
const indices = (k: number): number => (k * 2 + 1) % 3
/** One index in four is out of range. */
const loose = (k: number): number => (k % 4) - 1

type Options = Partial<Omit<PrimitiveCase, 'dom'>>
const at = (dom: Ob, options: Options = {}): PrimitiveCase => ({
  attributes: {},
  values: dom.map((_, i) => (i === 0 ? dyadic : shifted)),
  exact: true,
  derivative: 'exists',
  ...options,
  dom,
})

const vector = float64(3)
const matrix = float64(2, 3)
const scalar = float64()
const empty = float64(0)

const entrywise = (arity: number, options: Options = {}): readonly PrimitiveCase[] =>
  [matrix, scalar, empty].map((t) =>
    at(
      Array.from({ length: arity }, (): TensorType => t),
      options,
    ),
  )
const analytic: readonly PrimitiveCase[] = entrywise(1, { exact: false })
const onPositive: readonly PrimitiveCase[] = entrywise(1, { exact: false, values: [positive] })
const words = (left: string, right: string, out: string): Options => ({ attributes: { left, right, out } })

/** Every primitive at the domains that tell its rules apart; the compiler lists what is missing. */
export const primitiveCases: { readonly [P in PrimitiveName]: readonly PrimitiveCase[] } = {
  add: entrywise(2),
  multiply: entrywise(2),
  negate: entrywise(1),
  constant: [
    at([], { attributes: { value: 0.5, dtype: 'float64', shape: [2, 2] } }),
    at([], { attributes: { value: -3, dtype: 'float64', shape: [] } }),
  ],
  reciprocal: onPositive,
  exp: analytic,
  log: onPositive,
  sqrt: onPositive,
  sin: analytic,
  cos: analytic,
  tanh: analytic,
  sigmoid: analytic,
  erf: analytic,
  relu: entrywise(1),
  step: entrywise(1),
  sign: entrywise(1),
  abs: entrywise(1),
  maximum: entrywise(2),
  clip: entrywise(1, { attributes: { low: -1, high: 0.75 } }),
  less: entrywise(2),
  equal: [...entrywise(2), at([vector, vector], { values: [dyadic, dyadic] })],
  select: [matrix, scalar, empty].map((t) => at([bit(...t.shape), t, t], { values: [bits, dyadic, shifted] })),
  broadcast: [
    at([vector], { attributes: { axes: [0], shape: [2, 3] } }),
    at([vector], { attributes: { axes: [0, 2], shape: [2, 3, 2] } }),
    at([scalar], { attributes: { axes: [0], shape: [4] } }),
    at([vector], { attributes: { axes: [1], shape: [3, 0] } }),
  ],
  sum: [
    at([matrix], { attributes: { axes: [0] } }),
    at([matrix], { attributes: { axes: [0, 1] } }),
    at([float64(2, 3, 2)], { attributes: { axes: [0, 2] } }),
    at([float64(2, 0)], { attributes: { axes: [1] } }),
  ],
  reshape: [
    at([matrix], { attributes: { shape: [3, 2] } }),
    at([float64(1)], { attributes: { shape: [] } }),
    at([float64(0, 2)], { attributes: { shape: [0] } }),
  ],
  transpose: [
    at([matrix], { attributes: { axes: [1, 0] } }),
    at([float64(2, 2)], { attributes: { axes: [1, 0] } }),
    at([float64(2, 3, 4)], { attributes: { axes: [2, 0, 1] } }),
    at([scalar], { attributes: { axes: [] } }),
  ],
  slice: [
    at([matrix], { attributes: { start: [0, 1], size: [2, 2] } }),
    at([vector], { attributes: { start: [1], size: [0] } }),
    at([scalar], { attributes: { start: [], size: [] } }),
  ],
  pad: [
    at([float64(2, 2)], { attributes: { before: [1, 0], after: [0, 2] } }),
    at([empty], { attributes: { before: [2], after: [1] } }),
    at([scalar], { attributes: { before: [], after: [] } }),
  ],
  concat: [
    at([float64(2), vector], { attributes: { axis: 0 } }),
    at([float64(2, 1), float64(2, 2), float64(2, 0)], { attributes: { axis: 1 } }),
    at([vector], { attributes: { axis: 0 } }),
  ],
  contract: [
    at([matrix, float64(3, 2)], words('ij', 'jk', 'ik')),
    at([matrix, matrix], words('ij', 'kj', 'ik')),
    at([matrix, matrix], words('ij', 'ik', 'jk')),
    at([float64(2, 2), float64(2, 2)], words('ij', 'jk', 'ik')),
    at([float64(2, 2, 3), float64(2, 3, 2)], words('bij', 'bjk', 'bik')),
    at([matrix, vector], words('ij', 'j', 'i')),
    at([vector, float64(2)], words('i', 'j', 'ij')),
    at([vector, vector], words('i', 'i', '')),
    at([vector, vector], words('i', 'i', 'i')),
    at([scalar, scalar], words('', '', '')),
    at([float64(2, 0), float64(0, 2)], words('ij', 'jk', 'ik')),
  ],
  argmax: [at([matrix], { attributes: { axis: 0 } }), at([matrix], { attributes: { axis: 1 } })],
  reduceMax: [
    at([matrix], { attributes: { axis: 0 } }),
    at([matrix], { attributes: { axis: 1 } }),
    at([float64(0, 2)], { attributes: { axis: 1 } }),
  ],
  logSumExp: [
    at([matrix], { attributes: { axis: 0 }, exact: false }),
    at([matrix], { attributes: { axis: 1 }, exact: false }),
    at([vector], { attributes: { axis: 0 }, exact: false }),
  ],
  gather: [
    at([float64(3, 2), int(4)], { values: [dyadic, indices] }),
    at([float64(3, 2), int(5)], { values: [dyadic, loose] }),
    at([vector, int(2, 2)], { values: [dyadic, indices] }),
    at([vector, int()], { values: [dyadic, indices] }),
    at([vector, int(0)], { values: [dyadic, indices] }),
  ],
  scatterAdd: [
    at([int(4), float64(4, 2)], { attributes: { rows: 3 }, values: [indices, dyadic] }),
    at([int(5), float64(5)], { attributes: { rows: 3 }, values: [loose, dyadic] }),
    at([int(), float64(2)], { attributes: { rows: 2 }, values: [bits, dyadic] }),
    at([int(2, 2), float64(2, 2)], { attributes: { rows: 3 }, values: [indices, dyadic] }),
  ],
  iota: [at([], { attributes: { shape: [2, 3], axis: 1 } }), at([], { attributes: { shape: [2, 3], axis: 0 } })],
  randomBits: [
    at([int(2)], { attributes: { shape: [3] }, values: [indices] }),
    at([int(2, 2)], { attributes: { shape: [] }, values: [indices] }),
  ],
  cast: [
    at([vector], { attributes: { dtype: 'float32' } }),
    at([[3]], { attributes: { dtype: 'float64' } }),
    at([int(3)], { attributes: { dtype: 'float64' }, values: [indices], derivative: 'none' }),
    at([vector], { attributes: { dtype: 'int32' }, derivative: 'none' }),
    at([bit(3)], { attributes: { dtype: 'float64' }, values: [bits], derivative: 'none' }),
  ],
}

/** The primitive of a case as a term. */
export function termOf(name: PrimitiveName, { attributes, dom }: PrimitiveCase): PrimitiveTerm {
  return primitive(primitives[name], attributes, objectOf(dom))
}

/** The point of a case. */
export function pointOf({ dom, values }: PrimitiveCase): Tensor[] {
  return dom.map((type, i) => fill(type, values[i] ?? dyadic))
}

/** The tensor of a type with the given entries, their integer part or its parity where the rig has no fractions. */
export function fill(type: TensorType, value: (k: number) => number): Tensor {
  const t = normal(type)
  const element = (x: number): number =>
    t.dtype === 'bit' ? x & 1 : t.dtype === 'int32' || t.dtype === 'integer' ? Math.trunc(x) : x
  return tensorOf(
    surface(t),
    Array.from({ length: size(t.shape) }, (_, k) => element(value(k))),
  )
}

/** `negate at float64[3]`, for the names of tests. */
export function titleOf(name: string, { attributes, dom }: PrimitiveCase): string {
  const types = dom.map((t) => `${normal(t).dtype}[${normal(t).shape.join(', ')}]`).join(' ⊗ ')
  return `${name} ${JSON.stringify(attributes)} at ${types === '' ? 'I' : types}`
}
