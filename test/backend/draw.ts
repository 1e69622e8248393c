import { arrayOf, size, type Tensor, type Type } from '../../src/object/index.js'
import type { PrimitiveName } from '../../src/primitive/index.js'
import type { Case, Draw } from './case.js'

/** The largest distance from the reference: in units of the last place, or absolute where that is less strict. */
export interface Bound {
  readonly ulps: number
  readonly absolute: number
  /** Where the result is zero its sign may differ. */
  readonly unsigned?: boolean
}
const exact: Bound = { ulps: 0, absolute: 0 }
const within = (ulps: number, absolute = 0): Bound => ({ ulps, absolute })
const unsigned = (bound: Bound): Bound => ({ ...bound, unsigned: true })

/**
 * Exact unless the function itself is approximated, and always in kind: NaN where the reference is, infinite where it is.
 * tfjs computes erf by Abramowitz and Stegun 7.1.26, to 1.5e-7.
 */
export const bounds: { readonly [P in PrimitiveName]: Bound } = {
  add: exact,
  multiply: exact,
  negate: exact,
  constant: exact,
  reciprocal: exact,
  exp: within(2),
  log: within(2),
  sqrt: exact,
  sin: unsigned(within(2, 2.5e-7)),
  cos: within(2, 2.5e-7),
  tanh: unsigned(within(4)),
  sigmoid: within(3),
  erf: within(4, 5e-7),
  relu: exact,
  step: exact,
  sign: exact,
  abs: exact,
  maximum: unsigned(exact),
  clip: unsigned(exact),
  less: exact,
  equal: exact,
  select: exact,
  broadcast: exact,
  sum: exact,
  reshape: exact,
  transpose: exact,
  slice: exact,
  pad: exact,
  concat: exact,
  contract: unsigned(exact),
  argmax: exact,
  reduceMax: exact,
  logSumExp: unsigned(within(4, 5e-7)),
  gather: exact,
  scatterAdd: exact,
  iota: exact,
  randomBits: exact,
  cast: exact,
}

/** A generator of 32-bit words from a seed (xorshift). */
export function words32(seed: number): () => number {
  let s = (seed * 2654435761) | 1
  return () => {
    s ^= s << 13
    s ^= s >>> 17
    s ^= s << 5
    return s | 0
  }
}

/** Entries at which kernels differ: NaN, the infinities, both zeros, and a number on either side. */
const specials: readonly number[] = [NaN, Infinity, -Infinity, 0, -0, 1.5, -0.5]

/** A tensor of a type with entries drawn. */
export function tensorOfType(type: Type, draw: Draw, word: () => number): Tensor {
  const below = (n: number): number => (word() >>> 0) % n
  const number = (): number => {
    switch (draw) {
      case 'special':
        return specials[below(specials.length)] as number
      case 'wide':
        return word()
      case 'row':
        return below(8) - 2
      case 'repeating':
        return below(3) - 1
      case 'small':
        return below(9) - 4
      case 'positive':
        return (1 + below(64)) / 16
      case 'moderate':
        return (below(129) - 64) / 16
      case 'sixteenths':
        return type.dtype === 'float32' ? (below(65) - 32) / 16 : below(9) - 4
    }
  }
  const entries = Array.from({ length: size(type.shape) }, number)
  return {
    dtype: type.dtype,
    shape: [...type.shape],
    data: arrayOf(type.dtype, type.dtype === 'bit' ? entries.map((x) => x & 1) : entries),
  } as Tensor
}

/** The operands of a case. */
export function operandsOf(example: Case, dom: readonly Type[], seed: number): Tensor[] {
  const word = words32(seed)
  return dom.map((t, i) => tensorOfType(t, example.draw?.[i] ?? 'sixteenths', word))
}

/** The first entry that is too far from the reference, said in words; undefined where there is none. */
export function difference(given: Tensor, wanted: Tensor, bound: Bound): string | undefined {
  if (given.dtype !== wanted.dtype || given.shape.join() !== wanted.shape.join())
    return `${given.dtype}[${given.shape.join()}] for ${wanted.dtype}[${wanted.shape.join()}]`
  for (let i = 0; i < wanted.data.length; i++) {
    const [a, b] = [Number(given.data[i]), Number(wanted.data[i])]
    if (!agrees(a, b, bound))
      return `entry ${i} is ${show(a)}, the reference has ${show(b)} (${Math.abs(a - b) / ulp(b)} ulps)`
  }
  return undefined
}

function agrees(a: number, b: number, { ulps, absolute, unsigned: either = false }: Bound): boolean {
  if (Object.is(a, b)) return true
  if (a === 0 && b === 0) return either
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= Math.max(absolute, ulps * ulp(b))
}
const show = (x: number): string => (Object.is(x, -0) ? '−0' : String(x))

/** The distance from |x| to the next float32. */
function ulp(x: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(x) || 2 ** -149)))
  return 2 ** (exponent - 23)
}
