import type { Category } from '../../src/structure/index.js'
import { context, generators, type Context, type Given, type Program, type Values } from './context.js'
import { law, type Law, type Sides, type Variables } from '../law/law.js'
import type { Subject } from './subject.js'

/** An equation between morphisms, for all values of a context. */
export interface Equation<Ob, Hom, C extends Context, Side = Hom> {
  readonly name: string
  readonly equation: string
  readonly source: string
  readonly forall: C
  readonly runs?: number
  /** Steps of a generated program, at most. */
  readonly steps?: number
  /** Left and right side. */
  readonly holds: (values: Values<Ob, Hom, C>) => readonly [Side, Side]
}

/** The law of an equation in a category: equal domains, equal codomains, and equal values at a generated point. */
export function equation<Ob, Hom, const C extends Context>(subject: Subject<Ob, Hom>, e: Equation<Ob, Hom, C>): Law {
  return equationBetween<Ob, Hom, Ob, Hom, C>(subject, subject, e)
}

/** The law of an equation in one category about morphisms of another: what functors satisfy. */
export function equationBetween<Ob, Hom, Ob2, Hom2, const C extends Context>(
  from: Subject<Ob, Hom>,
  to: Subject<Ob2, Hom2>,
  e: Equation<Ob, Hom, C, Hom2>,
): Law {
  return stated(to, e, context<Ob, Hom, C>(from, e.forall, e.steps ?? 4))
}

/** The law of an equation about one program, at every generator instead of at random programs. */
export function atGenerators<Ob, Hom>(subject: Subject<Ob, Hom>, e: Equation<Ob, Hom, Program>): Law {
  return stated(subject, { ...e, name: `${e.name} at generators` }, generators(subject))
}

function stated<Ob, Hom, Ob2, Hom2, C extends Context>(
  to: Subject<Ob2, Hom2>,
  e: Equation<Ob, Hom, C, Hom2>,
  variables: Variables<Given<Ob, Hom, C>>,
): Law {
  const point = (given: Given<Ob, Hom, C>): Readonly<Record<string, string>> => {
    try {
      return { point: to.showPoint(to.category.dom(e.holds(given.values)[0]), given.point) }
    } catch {
      return {}
    }
  }
  return law({
    name: e.name,
    equation: e.equation,
    source: e.source,
    ...(e.runs === undefined ? {} : { runs: e.runs }),
    forall: { ...variables, show: (given) => ({ ...variables.show(given), ...point(given) }) },
    holds: ({ values, point: naturals }) => {
      const [lhs, rhs] = e.holds(values)
      return typesOf(to, lhs, rhs) ?? to.compare(lhs, rhs, naturals)
    },
  })
}

/** How parallel two sides are: undefined where their types are equal. */
export function typesOf<Ob, Hom>(subject: Subject<Ob, Hom>, lhs: Hom, rhs: Hom): Sides | undefined {
  const c: Category<Ob, Hom> = subject.category
  if (c.sameObject(c.dom(lhs), c.dom(rhs)) && c.sameObject(c.cod(lhs), c.cod(rhs))) return undefined
  const arrow = (f: Hom): string => `${subject.showObject(c.dom(f))} → ${subject.showObject(c.cod(f))}`
  return {
    equal: false,
    by: 'structure',
    explain: () => ({ lhs: arrow(lhs), rhs: arrow(rhs), difference: 'the types differ' }),
  }
}
