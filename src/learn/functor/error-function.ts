import { float64, objectOf, product, sameObject, showObject, types } from '../../object/index.js'
import { reverseDerivative } from '../../optic/index.js'
import { add, constant, log, multiply, negate, subtract } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import { apply, compose, diagram, type Term } from '../../term/index.js'

/**
 * An error `e : R × R → R` of a prediction x and a label y whose derivative `∂e/∂x(x, –)` is invertible for each x, with
 * that inverse: what the functor `L_{ε,e}` needs ("Backprop as Functor", Theorem III.2). Whether it is the inverse cannot
 * be decided on construction; it is a law, with both sides in {@link inverseLaw}.
 */
export interface ErrorFunction {
  readonly name: string
  /** `(x, y) ↦ e(x, y)`, `[] ⊗ [] → []`. */
  readonly error: Term
  /** `(x, y) ↦ ∂e/∂x(x, y)`, `[] ⊗ [] → []`. */
  readonly derivative: Term
  /** `(x, z) ↦ y` with `∂e/∂x(x, y) = z`, `[] ⊗ [] → []`. */
  readonly inverse: Term
}

/** The error of two scalar terms of one dtype; the derivative is taken by R. Throws where they are not `[] ⊗ [] → []`. */
export function errorFunction(name: string, error: Term, inverse: Term): ErrorFunction {
  const [type] = types(error.cod)
  for (const f of [error, inverse])
    if (type?.shape.length !== 0 || !sameObject(f.cod, error.cod) || !sameObject(f.dom, product(error.cod, error.cod)))
      throw new TypeError(
        `errorFunction: ${showObject(f.dom)} → ${showObject(f.cod)} in ${name} is not [] ⊗ [] → [] of one dtype`,
      )
  const derivative = diagram(error.dom, (xy, algebra) => {
    const one = constant(algebra, 1, type?.dtype ?? 'float64', [])
    return apply(reverseDerivative(error), [...xy, one], algebra).slice(0, 1)
  })
  return { name, error, derivative, inverse }
}

/** Both sides of `inverse(x, ∂e/∂x(x, y)) = y` and of `∂e/∂x(x, inverse(x, z)) = z`, as terms `[] ⊗ [] → []`. */
export function inverseLaw(e: ErrorFunction): readonly { readonly left: Term; readonly right: Term }[] {
  const right = diagram(e.error.dom, ([, y]) => [y as Wire])
  const after = (f: Term, g: Term): Term => {
    const keep = diagram(e.error.dom, (xy, algebra) => [...xy.slice(0, 1), ...apply(f, xy, algebra)])
    return compose(keep, g)
  }
  return [
    { left: after(e.derivative, e.inverse), right },
    { left: after(e.inverse, e.derivative), right },
  ]
}

/** The term of a function of two scalars. */
function scalar(f: (x: Wire, y: Wire) => Wire): Term {
  return diagram(objectOf([float64(), float64()]), (xy) => {
    const [x, y] = xy as [Wire, Wire]
    return [f(x, y)]
  })
}

/** `(x − y)²`; the inverse is `x − z/2`. */
export const squareError: ErrorFunction = errorFunction(
  'squareError',
  scalar((x, y) => multiply(subtract(x, y), subtract(x, y))),
  scalar((x, z) => subtract(x, multiply(0.5, z))),
)

/** `½(x − y)²`; the inverse is `x − z`, so that requests are `a − ∇ₐE`. */
export const halfSquareError: ErrorFunction = errorFunction(
  'halfSquareError',
  scalar((x, y) => multiply(0.5, multiply(subtract(x, y), subtract(x, y)))),
  scalar((x, z) => subtract(x, z)),
)

/** `−y log x − (1 − y) log(1 − x)` for predictions 0 < x < 1, NaN elsewhere; the inverse is `x − z x(1 − x)`. */
export const crossEntropyError: ErrorFunction = errorFunction(
  'crossEntropyError',
  scalar((x, y) => negate(add(multiply(y, log(x)), multiply(subtract(1, y), log(subtract(1, x)))))),
  scalar((x, z) => subtract(x, multiply(z, multiply(x, subtract(1, x))))),
)
