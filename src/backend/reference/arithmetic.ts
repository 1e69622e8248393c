import type { Dtype } from '../../object/index.js'
import type { Analytic, Arithmetic, Scalars } from '../../structure/index.js'
import { erf } from './erf.js'

const analytic: Analytic<number> = {
  reciprocal: (a) => 1 / a,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  erf,
}

/** The reals as 64-bit floats. */
export const float64Scalars: Scalars<number> = {
  zero: 0,
  one: 1,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  negate: (a) => -a,
  of: (n) => n,
  number: (a) => a,
  convert: (a, from) => from.number(a),
  less: (a, b) => a < b,
  equal: (a, b) => a === b,
  analytic,
}

const { fround } = Math
const rounded = (f: (a: number) => number) => (a: number) => fround(f(a))

/** The reals as 32-bit floats: every operation is computed in 64 bits and rounded once. */
export const float32Scalars: Scalars<number> = {
  ...float64Scalars,
  add: (a, b) => fround(a + b),
  multiply: (a, b) => fround(a * b),
  of: fround,
  convert: (a, from) => fround(from.number(a)),
  analytic: {
    reciprocal: rounded(analytic.reciprocal),
    exp: rounded(analytic.exp),
    log: rounded(analytic.log),
    sqrt: rounded(analytic.sqrt),
    sin: rounded(analytic.sin),
    cos: rounded(analytic.cos),
    tanh: rounded(analytic.tanh),
    sigmoid: rounded(analytic.sigmoid),
    erf: rounded(analytic.erf),
  },
}

/** Z, exactly. */
export const integerScalars: Scalars<bigint> = {
  zero: 0n,
  one: 1n,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  negate: (a) => -a,
  of: (n) => BigInt(Math.trunc(n)),
  number: Number,
  convert: (a, from) => (typeof a === 'bigint' ? a : integerScalars.of(from.number(a))),
  less: (a, b) => a < b,
  equal: (a, b) => a === b,
}

/** The residue of an element of another rig: of its integer part. */
const residue = (bits: number, a: unknown, n: () => number): number =>
  Number(BigInt.asIntN(bits, typeof a === 'bigint' ? a : integral(n())))
const integral = (n: number): bigint => (Number.isFinite(n) ? BigInt(Math.trunc(n)) : 0n)

/** Z/2³², by representatives in −2³¹ … 2³¹ − 1. */
export const int32Scalars: Scalars<number> = {
  ...float64Scalars,
  add: (a, b) => (a + b) | 0,
  multiply: Math.imul,
  negate: (a) => -a | 0,
  of: (n) => residue(32, undefined, () => n),
  convert: (a, from) => residue(32, a, () => from.number(a)),
}

/** Z/2: exclusive or and conjunction. */
export const bitScalars: Scalars<number> = {
  ...float64Scalars,
  add: (a, b) => a ^ b,
  multiply: (a, b) => a & b,
  negate: (a) => a,
  of: (n) => residue(32, undefined, () => n) & 1,
  convert: (a, from) => residue(32, a, () => from.number(a)) & 1,
}

/** Numbers, and big integers at dtype `integer`. */
export type Plain = number | bigint

/** The rigs of the dtypes, computed plainly: the meaning of every primitive. */
export const plain: Arithmetic<Plain> = (dtype) => table[dtype]

const table: { readonly [D in Dtype]: Scalars<Plain> } = {
  float64: float64Scalars,
  float32: float32Scalars,
  integer: integerScalars,
  int32: int32Scalars,
  bit: bitScalars,
}
