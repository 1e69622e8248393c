import * as fc from 'fast-check'
import { inverseLaw, type ErrorFunction } from '../../src/learn/functor/index.js'
import type { Entries } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import { law, type Law, type LawSet, type Variables } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import { reference } from '../value/reference.js'
import { given, rounding, type Rounded } from '../value/rounding.js'

interface Sided {
  readonly left: Term
  readonly right: Term
}

/** Which numbers an error takes: all, or those between 0 and 1. */
export type ErrorDomain = 'all' | 'unit interval'

/**
 * The laws of an error function: its inverse is the inverse of its derivative in the label, on both sides, which the functor
 * `L_{ε,e}` needs ("Backprop as Functor", Theorem III.2).
 */
export function errorFunctionLaws(e: ErrorFunction, domain: ErrorDomain = 'all'): LawSet {
  const scalars = rounding(reference)
  const scalar = (x: number): Entries<Rounded> => ({ dtype: 'float64', shape: [], data: [given(x)] })
  const run = (f: Term, [x, y]: readonly [number, number]): readonly Entries<Rounded>[] =>
    reference.interpret(f, [scalar(x), scalar(y)], scalars)
  const number = domain === 'all' ? (k: number): number => (k - 64) / 16 : (k: number): number => (1 + (k % 63)) / 64
  const variables: Variables<readonly [number, number]> = {
    text: domain === 'all' ? 'x, y : R' : 'x, y in (0, 1)',
    arbitrary: fc.tuple(fc.nat(128), fc.nat(128)).map(([x, y]): readonly [number, number] => [number(x), number(y)]),
    show: ([x, y]) => ({ x: String(x), y: String(y) }),
  }
  const [before, after] = inverseLaw(e) as readonly [Sided, Sided]
  const one = (name: string, equation: string, sides: Sided): Law =>
    law({
      name,
      equation,
      source: 'Fong, Spivak and Tuyéras, Backprop as Functor, 2017, Theorem III.2',
      forall: variables,
      holds: (at) => sameValues(run(sides.left, at), run(sides.right, at)),
    })
  return {
    name: 'error function',
    subject: e.name,
    parents: [],
    laws: [
      one('left inverse', 'inverse(x, ∂e/∂x(x, y)) = y', before),
      one('right inverse', '∂e/∂x(x, inverse(x, z)) = z', after),
    ],
  }
}
