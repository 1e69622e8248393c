import type { Blueprint } from '../../src/structure/index.js'
import { law, type Law } from '../law/law.js'
import { context, type Context, type Values } from './context.js'
import { typesOf, type Equation } from './equation.js'
import type { Subject } from './subject.js'

/** An equation about more than morphisms: what it speaks of besides is decoded from the naturals of the point. */
export interface ChosenEquation<Ob, Hom, C extends Context, X, Side> extends Omit<
  Equation<Ob, Hom, C, Side>,
  'holds' | 'runs'
> {
  /** What is chosen, as text: `α : Q → P_f`. */
  readonly chosen: string
  choose(values: Values<Ob, Hom, C>, naturals: Blueprint): X
  showChosen(x: X): Readonly<Record<string, string>>
  /** Left and right side. */
  holds(values: Values<Ob, Hom, C>, x: X): readonly [Side, Side]
}

/** The law of an equation for all values of a context in one category and all that can be chosen, between sides in another. */
export function equationChoosing<Ob, Hom, Ob2, Hom2, const C extends Context, X>(
  from: Subject<Ob, Hom>,
  to: Subject<Ob2, Hom2>,
  e: ChosenEquation<Ob, Hom, C, X, Hom2>,
): Law {
  const pointOf = (
    { holds }: typeof e,
    given: { readonly values: Values<Ob, Hom, C>; readonly chosen: X; readonly point: Blueprint },
  ): Readonly<Record<string, string>> => {
    try {
      return { point: to.showPoint(to.category.dom(holds(given.values, given.chosen)[0]), given.point) }
    } catch {
      return {}
    }
  }
  const variables = context<Ob, Hom, C>(from, e.forall, e.steps ?? 3)
  return law({
    name: e.name,
    equation: e.equation,
    source: e.source,
    forall: {
      text: `${variables.text}, ${e.chosen}`,
      arbitrary: variables.arbitrary.map((given) => ({ ...given, chosen: e.choose(given.values, given.point) })),
      show: (given) => ({ ...variables.show(given), ...e.showChosen(given.chosen), ...pointOf(e, given) }),
    },
    holds: ({ values, chosen, point }) => {
      const [lhs, rhs] = e.holds(values, chosen)
      return typesOf(to, lhs, rhs) ?? to.compare(lhs, rhs, point)
    },
  })
}

/** `0 … n − 1` in the order that naturals say; in order for zeros. */
export function permutation(n: number, naturals: Blueprint): readonly number[] {
  const left = Array.from({ length: n }, (_, i) => i)
  return Array.from({ length: n }, (_, i) => left.splice((naturals[i] ?? 0) % left.length, 1)[0] as number)
}
