import * as fc from 'fast-check'
import type { ErrorFunction } from '../../src/learn/functor/index.js'
import type { Entries } from '../../src/structure/index.js'
import { compose, terms, type Term } from '../../src/term/index.js'
import { law, type Law, type LawSet, type Variables } from '../law/law.js'
import { first, pair, second } from '../subject/projection.js'
import { sameValues } from '../value/compare.js'
import type { Interpreter } from '../value/interpreter.js'
import { given, rounding, type Rounded } from '../value/rounding.js'

/** Which predictions and labels an error takes: all, or those between 0 and 1. */
export type ErrorDomain = 'all' | 'unit interval'

/**
 * The laws of an error function e: its inverse is that of `∂e/∂x(x, –)` on both sides, without which the functor `L_{ε,e}` is
 * none (Backprop as Functor, Theorem III.2).
 */
export function errorFunction(interpreter: Interpreter, e: ErrorFunction, domain: ErrorDomain = 'all'): LawSet {
  const scalars = rounding(interpreter)
  const scalar = (x: number): Entries<Rounded> => ({ dtype: 'float64', shape: [], data: [given(x)] })
  const number = (k: number): number => (domain === 'all' ? (k % 2 === 0 ? k : -(k + 1)) / 32 : (1 + (k % 63)) / 64)
  const one = fc.nat(128)
  const forall: Variables<readonly [number, number]> = {
    text: domain === 'all' ? 'x, y : R' : 'x, y in (0, 1)',
    arbitrary: fc.tuple(one, one).map(([x, y]): readonly [number, number] => [number(x), number(y)]),
    show: ([x, y]) => ({ x: String(x), y: String(y) }),
  }
  const [x, y] = [first(terms, e.error.cod, e.error.cod), second(terms, e.error.cod, e.error.cod)]
  const stated = (name: string, equation: string, f: Term, g: Term): Law =>
    law({
      name,
      equation,
      source: 'Fong, Spivak and Tuyéras, Backprop as Functor, 2017, Thm. III.2',
      forall,
      holds: (at) => {
        const run = (term: Term): readonly Entries<Rounded>[] => interpreter.interpret(term, at.map(scalar), scalars)
        return sameValues(run(compose(pair(terms, x, f), g)), run(y))
      },
    })
  const laws = [
    stated('left inverse', 'inverse(x, ∂e/∂x(x, y)) = y', e.derivative, e.inverse),
    stated('right inverse', '∂e/∂x(x, inverse(x, z)) = z', e.inverse, e.derivative),
  ]
  return { name: 'error function', subject: e.name, parents: [], laws }
}
