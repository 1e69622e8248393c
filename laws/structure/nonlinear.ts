import type { Blueprint, ReverseDerivative } from '../../src/structure/index.js'
import { law, type Law, type LawSet, type Variables } from '../law/law.js'
import { generators } from '../subject/context.js'
import { first, second } from '../subject/projection.js'
import type { Subject } from '../subject/subject.js'
import { dagger } from './linear.js'

/**
 * What generated programs must not all be: some generator, with `0 ; f = 0`, is not additive and not its double dagger. Laws of
 * derivatives that were tried at linear programs alone would miss most mistakes.
 */
export function nonlinear<Ob, Hom>(s: Subject<Ob, Hom, ReverseDerivative<Ob, Hom>>): LawSet {
  const c = s.category
  const all = generators(s)
  const some = (name: string, equation: string, sides: (f: Hom) => readonly [Hom, Hom]): Law =>
    law({
      name,
      equation,
      source: 'Blute, Cockett and Seely, Cartesian differential categories, 2009, Def. 1.1.1',
      forall: { text: 'all generators at once', show: () => ({}), all: () => [all.all()] } satisfies Variables<
        ReturnType<typeof all.all>
      >,
      holds: (given) => {
        const witness = given.find(({ values: { f }, point }) => {
          const fixed = s.compare(c.compose(c.zero(c.dom(f), c.dom(f)), f), c.zero(c.dom(f), c.cod(f)), point)
          const [lhs, rhs] = sides(f)
          return fixed.equal && points(point).some((at) => !s.compare(lhs, rhs, at).equal)
        })
        return {
          equal: witness !== undefined,
          by: 'value',
          explain: () => ({
            lhs: `${given.length} generators`,
            rhs: 'none of which is not linear',
            difference: 'needs one that is not',
          }),
        }
      },
    })
  const laws = [
    some('not additive', '(x + y) ; f ≠ x ; f + y ; f for some f with 0 ; f = 0', (f) => {
      const a = c.dom(f)
      const [x, y] = [first(c, a, a), second(c, a, a)]
      return [c.compose(c.add(x, y), f), c.add(c.compose(x, f), c.compose(y, f))]
    }),
    some('not the double dagger', 'f†† ≠ f for some f with 0 ; f = 0', (f) => [dagger(c, dagger(c, f)), f]),
  ]
  return { name: 'nonlinear', subject: s.name, parents: [], laws }
}

/** A point and some near it, of both parities at every place. */
const points = (point: Blueprint): readonly Blueprint[] =>
  [0, 1, 2, 3, 4].map((k) => point.map((n, i) => n + ((i >> k) & 1)))
