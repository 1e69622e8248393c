import { dtypes, type Dtype } from '../../object/index.js'
import type { Analytic, Arithmetic, Scalars } from '../../structure/index.js'

/** `a + bε` with ε² = 0, over the carrier of another interpretation. */
export interface Dual<T> {
  readonly value: T
  readonly tangent: T
}

/**
 * Dual numbers over an interpretation: its forward derivative, computed without R and so an independent oracle for it.
 * At kinks a comparison looks at the value, so that each primitive's tie rule decides. Duals of duals give second
 * derivatives.
 */
export function dual<T>(base: Arithmetic<T>): Arithmetic<Dual<T>> {
  const table = new Map<Dtype, Scalars<Dual<T>>>()
  return (dtype) => {
    let s = table.get(dtype)
    if (s === undefined) {
      s = dualScalars(base(dtype), dtypes[dtype].analytic)
      table.set(dtype, s)
    }
    return s
  }
}

function dualScalars<T>(s: Scalars<T>, differentiable: boolean): Scalars<Dual<T>> {
  const constant = (value: T): Dual<T> => ({ value, tangent: s.zero })
  const times = (f: T, a: Dual<T>, value: T): Dual<T> => ({ value, tangent: s.multiply(f, a.tangent) })
  return {
    zero: constant(s.zero),
    one: constant(s.one),
    add: (a, b) => ({ value: s.add(a.value, b.value), tangent: s.add(a.tangent, b.tangent) }),
    multiply: (a, b) => ({
      value: s.multiply(a.value, b.value),
      tangent: s.add(s.multiply(a.tangent, b.value), s.multiply(a.value, b.tangent)),
    }),
    negate: (a) => ({ value: s.negate(a.value), tangent: s.negate(a.tangent) }),
    of: (n) => constant(s.of(n)),
    number: (a) => s.number(a.value),
    convert: (a, from) => {
      const of = (part: T): T => s.convert(part, { ...s, number: (x) => from.number({ value: x, tangent: x }) })
      return differentiable ? { value: of(a.value), tangent: of(a.tangent) } : constant(of(a.value))
    },
    less: (a, b) => s.less(a.value, b.value),
    equal: (a, b) => s.equal(a.value, b.value),
    ...(s.analytic === undefined ? {} : { analytic: dualAnalytic(s, s.analytic, times) }),
  }
}

function dualAnalytic<T>(
  s: Scalars<T>,
  f: Analytic<T>,
  times: (slope: T, a: Dual<T>, value: T) => Dual<T>,
): Analytic<Dual<T>> {
  const minus = (a: T, b: T): T => s.add(a, s.negate(b))
  const square = (a: T): T => s.multiply(a, a)
  return {
    reciprocal: (a) => times(s.negate(square(f.reciprocal(a.value))), a, f.reciprocal(a.value)),
    exp: (a) => times(f.exp(a.value), a, f.exp(a.value)),
    log: (a) => times(f.reciprocal(a.value), a, f.log(a.value)),
    sqrt: (a) => times(f.reciprocal(s.multiply(s.of(2), f.sqrt(a.value))), a, f.sqrt(a.value)),
    sin: (a) => times(f.cos(a.value), a, f.sin(a.value)),
    cos: (a) => times(s.negate(f.sin(a.value)), a, f.cos(a.value)),
    tanh: (a) => times(minus(s.one, square(f.tanh(a.value))), a, f.tanh(a.value)),
    sigmoid: (a) => times(s.multiply(f.sigmoid(a.value), minus(s.one, f.sigmoid(a.value))), a, f.sigmoid(a.value)),
    erf: (a) => times(s.multiply(s.of(2 / Math.sqrt(Math.PI)), f.exp(s.negate(square(a.value)))), a, f.erf(a.value)),
  }
}
