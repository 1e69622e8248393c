import { bit, float64, int, type TensorType } from '../../src/object/index.js'
import type { PrimitiveName } from '../../src/primitive/index.js'
import { caseAt, dyadic, type PrimitiveCase } from '../part/primitive-case.js'

const shifted = (k: number): number => dyadic(k + 7)
/** In (0, 4). */
const positive = (k: number): number => dyadic(k) + 2
/** One of two, so that entries are often equal. */
const few = (k: number): number => dyadic(k % 2)
const bits = (k: number): number => (k % 3) % 2
const indices = (k: number): number => (k * 2 + 1) % 3
/** One index in four is out of range. */
const loose = (k: number): number => (k % 4) - 1

type Options = Parameters<typeof caseAt>[1]
const vector = float64(3)
const matrix = float64(2, 3)
const scalar = float64()
const empty = float64(0)

const entrywise = (arity: number, options?: Options): readonly PrimitiveCase[] =>
  [matrix, scalar, empty].map((t) =>
    caseAt(
      Array.from({ length: arity }, (): TensorType => t),
      options,
    ),
  )
const analytic: readonly PrimitiveCase[] = entrywise(1)
const onPositive: readonly PrimitiveCase[] = entrywise(1, { values: [positive] })
const words = (left: string, right: string, out: string): Options => ({ attributes: { left, right, out } })

/** Every primitive at the domains that tell its rules apart; the compiler lists what is missing. */
export const primitiveCases: { readonly [P in PrimitiveName]: readonly PrimitiveCase[] } = {
  add: entrywise(2),
  multiply: entrywise(2),
  negate: entrywise(1),
  constant: [
    caseAt([], { attributes: { value: 0.5, dtype: 'float64', shape: [2, 2] } }),
    caseAt([], { attributes: { value: -3, dtype: 'float64', shape: [] } }),
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
  clip: [
    ...entrywise(1, { attributes: { low: -1, high: 0.75 } }),
    caseAt([vector], { attributes: { low: -1, high: 1 } }),
  ],
  less: entrywise(2),
  equal: [...entrywise(2), caseAt([vector, vector], { values: [few, few] })],
  select: [matrix, scalar, empty].map((t) => caseAt([bit(...t.shape), t, t], { values: [bits, dyadic, shifted] })),
  broadcast: [
    caseAt([vector], { attributes: { axes: [0], shape: [2, 3] } }),
    caseAt([vector], { attributes: { axes: [0, 2], shape: [2, 3, 2] } }),
    caseAt([scalar], { attributes: { axes: [0], shape: [4] } }),
    caseAt([vector], { attributes: { axes: [1], shape: [3, 0] } }),
  ],
  sum: [
    caseAt([matrix], { attributes: { axes: [0] } }),
    caseAt([matrix], { attributes: { axes: [0, 1] } }),
    caseAt([float64(2, 3, 2)], { attributes: { axes: [0, 2] } }),
    caseAt([float64(2, 0)], { attributes: { axes: [1] } }),
  ],
  reshape: [
    caseAt([matrix], { attributes: { shape: [3, 2] } }),
    caseAt([float64(1)], { attributes: { shape: [] } }),
    caseAt([float64(0, 2)], { attributes: { shape: [0] } }),
  ],
  transpose: [
    caseAt([matrix], { attributes: { axes: [1, 0] } }),
    caseAt([float64(2, 2)], { attributes: { axes: [1, 0] } }),
    caseAt([float64(2, 3, 4)], { attributes: { axes: [2, 0, 1] } }),
    caseAt([scalar], { attributes: { axes: [] } }),
  ],
  slice: [
    caseAt([matrix], { attributes: { start: [0, 1], size: [2, 2] } }),
    caseAt([vector], { attributes: { start: [1], size: [0] } }),
    caseAt([scalar], { attributes: { start: [], size: [] } }),
  ],
  pad: [
    caseAt([float64(2, 2)], { attributes: { before: [1, 0], after: [0, 2] } }),
    caseAt([empty], { attributes: { before: [2], after: [1] } }),
    caseAt([scalar], { attributes: { before: [], after: [] } }),
  ],
  concat: [
    caseAt([float64(2), vector], { attributes: { axis: 0 } }),
    caseAt([float64(2, 1), float64(2, 2), float64(2, 0)], { attributes: { axis: 1 } }),
    caseAt([vector], { attributes: { axis: 0 } }),
  ],
  contract: [
    caseAt([matrix, float64(3, 2)], words('ij', 'jk', 'ik')),
    caseAt([matrix, matrix], words('ij', 'kj', 'ik')),
    caseAt([matrix, matrix], words('ij', 'ik', 'jk')),
    caseAt([float64(2, 2), float64(2, 2)], words('ij', 'jk', 'ik')),
    caseAt([float64(2, 2, 3), float64(2, 3, 2)], words('bij', 'bjk', 'bik')),
    caseAt([matrix, vector], words('ij', 'j', 'i')),
    caseAt([vector, float64(2)], words('i', 'j', 'ij')),
    caseAt([vector, vector], words('i', 'i', '')),
    caseAt([vector, vector], words('i', 'i', 'i')),
    caseAt([scalar, scalar], words('', '', '')),
    caseAt([float64(2, 0), float64(0, 2)], words('ij', 'jk', 'ik')),
  ],
  windows: [
    caseAt([float64(5)], { attributes: { axis: 0, size: 3, stride: 1, dilation: 1 } }),
    caseAt([float64(2, 6)], { attributes: { axis: 1, size: 2, stride: 2, dilation: 1 } }),
    caseAt([float64(7, 2)], { attributes: { axis: 0, size: 2, stride: 2, dilation: 3 } }),
    caseAt([vector], { attributes: { axis: 0, size: 1, stride: 2, dilation: 2 } }),
    caseAt([float64(3, 0)], { attributes: { axis: 0, size: 2, stride: 1, dilation: 1 } }),
  ],
  fold: [
    caseAt([matrix], { attributes: { axis: 0, length: 4, stride: 1, dilation: 1 } }),
    caseAt([float64(2, 3, 2)], { attributes: { axis: 1, length: 7, stride: 2, dilation: 1 } }),
    caseAt([float64(2, 2, 2)], { attributes: { axis: 0, length: 7, stride: 3, dilation: 2 } }),
    caseAt([float64(2, 2, 0)], { attributes: { axis: 0, length: 3, stride: 1, dilation: 1 } }),
  ],
  argmax: [caseAt([matrix], { attributes: { axis: 0 } }), caseAt([matrix], { attributes: { axis: 1 } })],
  reduceMax: [
    caseAt([matrix], { attributes: { axis: 0 } }),
    caseAt([matrix], { attributes: { axis: 1 } }),
    caseAt([float64(0, 2)], { attributes: { axis: 1 } }),
  ],
  logSumExp: [
    caseAt([matrix], { attributes: { axis: 0 } }),
    caseAt([matrix], { attributes: { axis: 1 } }),
    caseAt([vector], { attributes: { axis: 0 } }),
  ],
  gather: [
    caseAt([float64(3, 2), int(4)], { values: [dyadic, indices] }),
    caseAt([float64(3, 2), int(5)], { values: [dyadic, loose] }),
    caseAt([vector, int(2, 2)], { values: [dyadic, indices] }),
    caseAt([vector, int()], { values: [dyadic, indices] }),
    caseAt([vector, int(0)], { values: [dyadic, indices] }),
  ],
  scatterAdd: [
    caseAt([int(4), float64(4, 2)], { attributes: { rows: 3 }, values: [indices, dyadic] }),
    caseAt([int(5), float64(5)], { attributes: { rows: 3 }, values: [loose, dyadic] }),
    caseAt([int(), float64(2)], { attributes: { rows: 2 }, values: [bits, dyadic] }),
    caseAt([int(2, 2), float64(2, 2)], { attributes: { rows: 3 }, values: [indices, dyadic] }),
  ],
  iota: [
    caseAt([], { attributes: { shape: [2, 3], axis: 1 } }),
    caseAt([], { attributes: { shape: [2, 3], axis: 0 } }),
  ],
  randomBits: [
    caseAt([int(2)], { attributes: { shape: [3] }, values: [indices] }),
    caseAt([int(2, 2)], { attributes: { shape: [] }, values: [indices] }),
  ],
  cast: [
    caseAt([vector], { attributes: { dtype: 'float32' } }),
    caseAt([[3]], { attributes: { dtype: 'float64' } }),
    caseAt([int(3)], { attributes: { dtype: 'float64' }, values: [indices], derivative: 'none' }),
    caseAt([vector], { attributes: { dtype: 'int32' }, derivative: 'none' }),
    caseAt([bit(3)], { attributes: { dtype: 'float64' }, values: [bits], derivative: 'none' }),
  ],
}
