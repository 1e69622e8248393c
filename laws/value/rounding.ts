import { dtypes, type Dtype } from '../../src/object/index.js'
import type { Analytic, Arithmetic, Scalars } from '../../src/structure/index.js'
import type { Dual, Interpreter, Plain } from './interpreter.js'

/** A value and a bound on its rounding error, to first order; 0 where nothing was rounded. */
export interface Rounded {
  readonly value: Plain
  readonly error: number
  /** The value of the same program over (|·|, +, ×): no partial sum, in whatever order, is larger. */
  readonly most: number
  /** All that was added is a multiple of 2^grain; −∞ where that is not known. */
  readonly grain: number
  /** Terms of the sum that this is, and the error that they bring to it. */
  readonly terms: number
  readonly carried: number
}

/** Bits of the significand; rounding is by at most 2^(−bits) of the value. */
const bits: { readonly [D in Dtype]: number } = {
  float64: 53,
  float32: 24,
  integer: Infinity,
  int32: Infinity,
  bit: Infinity,
}

/** An input: exact, a multiple of its own lowest bit. */
export function given(value: Plain): Rounded {
  return { value, error: 0, most: Math.abs(Number(value)), grain: grainOf(value), terms: 1, carried: 0 }
}

/** By how much a function may be off: `units · 2^−bits · |f(x)| + absolute`, with the bits of the significand. */
export interface Slack {
  /** 4 unless given. */
  readonly units?: number
  /** 0 unless given. */
  readonly absolute?: number
}

/** What is documented of an interpreter's functions; its sums and products are rounded once. */
export interface Accuracy extends Slack {
  /** Of one function at a number, where that is documented. */
  at?(name: keyof Analytic<unknown>, x: number): Slack
}

/**
 * Running error analysis as one more interpretation: what a program computes, with a bound on how far from it rounding may
 * have led, whatever the order of its sums (Higham, Accuracy and Stability of Numerical Algorithms, 3.3 and 4.2). It is the
 * tolerance of every comparison. The guard (|·|, +, ×) makes it 0: where that rig's value is at most 2^bits in units of the
 * last place used, every sum and product is exact, and `===` is demanded.
 */
export function rounding(
  { plain, dual }: Pick<Interpreter, 'plain' | 'dual'>,
  accuracy: Accuracy = {},
): Arithmetic<Rounded> {
  const duals = dual(plain)
  const table = new Map<Dtype, Scalars<Rounded>>()
  return (dtype) => {
    const known = table.get(dtype)
    if (known !== undefined) return known
    const made = dtypes[dtype].exact
      ? exactScalars(plain(dtype))
      : roundedScalars(plain(dtype), duals(dtype), bits[dtype], accuracy)
    table.set(dtype, made)
    return made
  }
}

/** An element of an exact rig; its size and grain are asked for where it is converted. */
const element = (value: Plain): Rounded => ({ value, error: 0, most: 0, grain: Infinity, terms: 1, carried: 0 })

function exactScalars(s: Scalars<Plain>): Scalars<Rounded> {
  return {
    zero: element(s.zero),
    one: element(s.one),
    add: (a, b) => element(s.add(a.value, b.value)),
    multiply: (a, b) => element(s.multiply(a.value, b.value)),
    negate: (a) => element(s.negate(a.value)),
    of: (n) => element(s.of(n)),
    number: (a) => s.number(a.value),
    convert: (a, from) => element(s.convert(a.value, numbersOf(s, from))),
    less: (a, b) => s.less(a.value, b.value),
    equal: (a, b) => s.equal(a.value, b.value),
  }
}

const numbersOf = (s: Scalars<Plain>, from: Scalars<Rounded>): Scalars<Plain> => ({
  ...s,
  number: (value) => from.number(given(value)),
})

function roundedScalars(s: Scalars<Plain>, d: Scalars<Dual<Plain>>, p: number, accuracy: Accuracy): Scalars<Rounded> {
  const u = 2 ** -p
  const size = (x: Plain): number => Math.abs(s.number(x))
  /** A value that was rounded once if it is not exact, with the error of its operands. */
  const made = (value: Plain, error: number, most: number, grain: number): Rounded => {
    const all = exact(most, grain, p) ? error : error + u * (size(value) + error)
    return { value, error: all, most, grain, terms: 1, carried: all }
  }
  return {
    zero: given(s.zero),
    one: given(s.one),
    add(a, b) {
      const [most, grain, terms] = [a.most + b.most, Math.min(a.grain, b.grain), a.terms + b.terms]
      const carried = a.carried + b.carried
      const error = carried + (exact(most, grain, p) ? 0 : (terms - 1) * u * most)
      return { value: s.add(a.value, b.value), error, most, grain, terms, carried }
    },
    multiply(a, b) {
      const error = size(a.value) * b.error + size(b.value) * a.error + a.error * b.error
      return made(s.multiply(a.value, b.value), error, a.most * b.most, a.grain + b.grain)
    },
    negate: (a) => ({ ...a, value: s.negate(a.value) }),
    of(n) {
      const error = s.number(s.of(n)) === n ? 0 : u * Math.abs(n)
      return { ...given(s.of(n)), error, carried: error }
    },
    number: (a) => s.number(a.value),
    convert(a, from) {
      const { error, most, grain } = a.error === 0 ? given(a.value) : a
      return made(s.convert(a.value, numbersOf(s, from)), error, most, grain)
    },
    less: (a, b) => s.less(a.value, b.value),
    equal: (a, b) => s.equal(a.value, b.value),
    ...(d.analytic === undefined ? {} : { analytic: roundedAnalytic(d.analytic, s, u, accuracy) }),
  }
}

/** `f(a)` with error `|f′(a)| e + units u |f(a)| + absolute`. */
function roundedAnalytic(
  f: Analytic<Dual<Plain>>,
  s: Scalars<Plain>,
  u: number,
  accuracy: Accuracy,
): Analytic<Rounded> {
  const lift =
    (name: keyof Analytic<unknown>) =>
    (a: Rounded): Rounded => {
      const { value, tangent } = f[name]({ value: a.value, tangent: s.one })
      const size = Math.abs(s.number(value))
      const slope = Math.abs(s.number(tangent))
      const moved = a.error === 0 || slope === 0 ? 0 : slope * a.error
      const { units = 4, absolute = 0 } = accuracy.at?.(name, s.number(a.value)) ?? accuracy
      const error = moved + units * u * size + absolute
      return { value, error, most: size + error, grain: -Infinity, terms: 1, carried: error }
    }
  return {
    reciprocal: lift('reciprocal'),
    exp: lift('exp'),
    log: lift('log'),
    sqrt: lift('sqrt'),
    sin: lift('sin'),
    cos: lift('cos'),
    tanh: lift('tanh'),
    sigmoid: lift('sigmoid'),
    erf: lift('erf'),
  }
}

/** Whether multiples of 2^grain up to `most` in size have at most p bits. */
const exact = (most: number, grain: number, p: number): boolean => most === 0 || most <= 2 ** (grain + p)

/** The exponent of the lowest bit that is set: of 3/8 it is −3; ∞ of 0, −∞ where there is none. */
function grainOf(value: Plain): number {
  const x = Number(value)
  if (typeof value === 'bigint' && BigInt(x) !== value) return -Infinity
  if (x === 0) return Infinity
  if (!Number.isFinite(x)) return -Infinity
  let [low, high] = [-1080, 1024]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (Number.isInteger(x * 2 ** -middle)) low = middle
    else high = middle - 1
  }
  return low
}
