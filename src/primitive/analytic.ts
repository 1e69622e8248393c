import type { Analytic, Scalars, Wire } from '../structure/index.js'
import { multiply, negate, subtract } from './arithmetic.js'
import { applied, bespoke, lens, withOperation, type None, type Primitive } from './define.js'
import { entrywise, type Unary } from './elementwise.js'

/** The analytic functions of a rig whose dtype was checked at construction to have them. */
export function analyticOf<T>(scalars: Scalars<T>): Analytic<T> {
  if (scalars.analytic === undefined) throw new TypeError('this interpretation has no analytic functions')
  return scalars.analytic
}

/** `f` whose derivative is read off its output: `f′(x) = slope(f(x))`. */
function byOutput(name: keyof Analytic<unknown>, slope: (out: Wire) => Wire): Primitive<Unary, None> {
  const operation = entrywise({
    name,
    arity: 1,
    needs: ['analytic'],
    optic: bespoke(
      (_, outputs) => outputs,
      (_, [out], dy) => [out === undefined ? undefined : multiply(slope(out), dy)],
    ),
    entry: (s, a) => analyticOf(s)[name](a),
  })
  return withOperation(operation, (x: Wire) => applied(operation, {}, [x]))
}

/** `f` whose derivative is read off its input. */
function byInput(name: keyof Analytic<unknown>, slope: (x: Wire) => Wire): Primitive<Unary, None> {
  const operation = entrywise({
    name,
    arity: 1,
    needs: ['analytic'],
    optic: lens((_, [x], dy) => [x === undefined ? undefined : multiply(slope(x), dy)]),
    entry: (s, a) => analyticOf(s)[name](a),
  })
  return withOperation(operation, (x: Wire) => applied(operation, {}, [x]))
}

/** `1 / x`; infinite at 0. */
export const reciprocal: Primitive<Unary, None> = byOutput('reciprocal', (y) => negate(multiply(y, y)))
/** `eˣ`. */
export const exp: Primitive<Unary, None> = byOutput('exp', (y) => y)
/** `log x`, natural; −∞ at 0 and NaN below. */
export const log: Primitive<Unary, None> = byInput('log', (x) => reciprocal(x))
/** `√x`; its slope is infinite at 0 and both are NaN below. */
export const sqrt: Primitive<Unary, None> = byOutput('sqrt', (y) => multiply(0.5, reciprocal(y)))
/** `sin x`, x in radians. */
export const sin: Primitive<Unary, None> = byInput('sin', (x) => cos(x))
/** `cos x`, x in radians. */
export const cos: Primitive<Unary, None> = byInput('cos', (x) => negate(sin(x)))
/** `tanh x`. */
export const tanh: Primitive<Unary, None> = byOutput('tanh', (y) => subtract(1, multiply(y, y)))
/** `1 / (1 + e⁻ˣ)`. */
export const sigmoid: Primitive<Unary, None> = byOutput('sigmoid', (y) => multiply(y, subtract(1, y)))
/** `2/√π ∫₀ˣ e^(−t²) dt`. */
export const erf: Primitive<Unary, None> = byInput('erf', (x) =>
  multiply(2 / Math.sqrt(Math.PI), exp(negate(multiply(x, x)))),
)

/** `x / y`. */
export function divide(x: Wire | number, y: Wire): Wire {
  return multiply(x, reciprocal(y))
}

/** `x²`. */
export function square(x: Wire): Wire {
  return multiply(x, x)
}
