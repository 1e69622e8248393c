import * as fc from 'fast-check'
import { dtypes, size, types, type Type } from '../../src/object/index.js'
import type { Entries } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import { law, type Law, type Variables } from '../law/law.js'
import { showValues } from '../value/compare.js'
import { given, type Rounded } from '../value/rounding.js'
import type { Evaluator } from './interpreter-evaluator.js'
import { evaluated } from './interpreter-value.js'
import { sameFound, type Bounds, type Values } from '../value/bounds.js'

/** A program by name, with how the entries of its i-th input are read from naturals below 64, where that is not said by the dtype. */
export interface Example {
  readonly name: string
  readonly term: Term
  entry?(i: number, n: number): number | undefined
}

/** One of some programs by name, and the naturals of a point. */
export interface ExampleAt {
  readonly at: number
  readonly naturals: readonly number[]
}
/** Programs by name as variables of laws, and the program and the point of each. */
export interface Examples {
  readonly forall: Variables<ExampleAt> & { readonly arbitrary: fc.Arbitrary<ExampleAt> }
  at(v: ExampleAt): { readonly term: Term; readonly x: Values }
}

/** Points of programs by name. */
export function examplesOf(all: readonly Example[]): Examples {
  const of = ({ at }: ExampleAt): Example => all[at % all.length] as Example
  const point = (v: ExampleAt): Values => {
    const { term, entry } = of(v)
    let k = 0
    return types(term.dom).map((t, i): Entries<Rounded> => {
      const next = (): Rounded => {
        const n = v.naturals[(k++ * 7) % v.naturals.length] ?? 0
        return given(entry?.(i, n) ?? usual(t, n))
      }
      return { dtype: t.dtype, shape: t.shape, data: Array.from({ length: size(t.shape) }, next) }
    })
  }
  return {
    forall: {
      text: `f of ${all.length} programs, x : A`,
      arbitrary: fc.record(
        { at: fc.nat(all.length - 1), naturals: fc.array(fc.nat(63), { minLength: 61, maxLength: 61 }) },
        { noNullPrototype: true },
      ),
      show: (v) => ({ f: of(v).name, x: showValues(point(v)) }),
    },
    at: (v) => ({ term: of(v).term, x: point(v) }),
  }
}

/** Agreement with the reference on programs by name. */
export function exampleLaw(evaluator: Evaluator, bounds: Bounds, name: string, all: readonly Example[]): Law {
  const { forall, at } = examplesOf(all)
  return law({
    name,
    equation: 'I(f)(x) = reference(f)(x)',
    source: 'the reference backend is the meaning of every primitive',
    forall,
    holds(v) {
      const { term, x } = at(v)
      return sameFound(evaluated(evaluator, bounds, term, x), bounds(term, x))
    },
  })
}

/** Odd sixteenths between −2 and 2, off kinks at integers; 0 to 2 of integers. */
function usual({ dtype }: Type, n: number): number {
  return dtypes[dtype].analytic ? (2 * (n % 32) - 31) / 16 : dtype === 'bit' ? n % 2 : n % 3
}
