import { dtypes, type Dtype } from '../src/object/index.js'
import type { Analytic, Arithmetic, Scalars } from '../src/structure/index.js'
import type { Dual, Interpreter, Plain } from './interpreter.js'

/** A value and a bound on its rounding error, to first order; the bound is 0 in an exact rig. */
export interface Rounded {
  readonly value: Plain
  readonly error: number
}

const unit: { readonly [D in Dtype]: number } = {
  float64: 2 ** -53,
  float32: 2 ** -24,
  integer: 0,
  int32: 0,
  bit: 0,
}
const none: Rounded = { value: 0, error: 0 }

/**
 * Running error analysis as one more interpretation: what a program computes, with a bound on how far from it rounding
 * may have led (Higham, Accuracy and Stability of Numerical Algorithms, 3.3). It is the tolerance of every comparison.
 */
export function rounding({ plain, dual }: Pick<Interpreter, 'plain' | 'dual'>): Arithmetic<Rounded> {
  const duals = dual(plain)
  const table = new Map<Dtype, Scalars<Rounded>>()
  return (dtype) => {
    const known = table.get(dtype)
    if (known !== undefined) return known
    const made = roundedScalars(plain(dtype), duals(dtype), unit[dtype], dtypes[dtype].exact)
    table.set(dtype, made)
    return made
  }
}

function roundedScalars(s: Scalars<Plain>, d: Scalars<Dual<Plain>>, u: number, exact: boolean): Scalars<Rounded> {
  const size = (x: Plain): number => Math.abs(s.number(x))
  const made = (value: Plain, carried: number): Rounded =>
    exact ? { value, error: 0 } : { value, error: carried + u * size(value) }
  return {
    zero: { ...none, value: s.zero },
    one: { ...none, value: s.one },
    add: (a, b) => made(s.add(a.value, b.value), a.error + b.error),
    multiply: (a, b) =>
      made(s.multiply(a.value, b.value), size(a.value) * b.error + size(b.value) * a.error + a.error * b.error),
    negate: (a) => ({ value: s.negate(a.value), error: a.error }),
    of: (n) => made(s.of(n), 0),
    number: (a) => s.number(a.value),
    convert: (a, from) =>
      made(s.convert(a.value, { ...s, number: (value) => from.number({ value, error: 0 }) }), a.error),
    less: (a, b) => s.less(a.value, b.value),
    equal: (a, b) => s.equal(a.value, b.value),
    ...(d.analytic === undefined ? {} : { analytic: roundedAnalytic(d.analytic, s, made) }),
  }
}

/** `f(a)` with error `|f′(a)| e + 4 u |f(a)|`: library functions are accurate to a few units. */
function roundedAnalytic(
  f: Analytic<Dual<Plain>>,
  s: Scalars<Plain>,
  made: (value: Plain, carried: number) => Rounded,
): Analytic<Rounded> {
  const lift =
    (name: keyof Analytic<unknown>) =>
    (a: Rounded): Rounded => {
      const { value, tangent } = f[name]({ value: a.value, tangent: s.one })
      const once = made(value, 0).error
      return made(value, Math.abs(s.number(tangent)) * a.error + 3 * once)
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
