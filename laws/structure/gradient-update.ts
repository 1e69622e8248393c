import type { Obj } from '../../src/object/index.js'
import { getOf, putOf, type Optic } from '../../src/optic/index.js'
import type { LeftAdditive } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import type { LawSet } from '../law/law.js'
import { equation } from '../subject/equation.js'
import { inLeft } from '../subject/projection.js'
import type { Subject } from '../subject/subject.js'

/** The laws of the gradient update `(P, P) → (P, P′)`: its put is not that of a lawful lens but an action of the monoid P′. */
export function gradientUpdate(
  s: Subject<Obj, Term, LeftAdditive<Obj, Term>>,
  name: string,
  update: (params: Obj) => Optic,
): LawSet {
  const c = s.category
  const source = 'Cruttwell et al., Categorical Foundations of Gradient-Based Learning, 2022, Def. 3.11'
  const laws = [
    equation(s, {
      name: 'get',
      equation: 'get(p) = p',
      source,
      forall: { P: 'object' },
      holds: ({ P }) => [getOf(update(P)), c.identity(P)],
    }),
    equation(s, {
      name: 'zero',
      equation: 'put(p, 0) = p',
      source,
      forall: { P: 'object' },
      holds: ({ P }) => [c.compose(inLeft(c, P, P), putOf(update(P))), c.identity(P)],
    }),
    equation(s, {
      name: 'sum',
      equation: 'put(put(p, u), v) = put(p, u + v)',
      source,
      forall: { P: 'object' },
      holds: ({ P }) => {
        const put = putOf(update(P))
        const sum = c.add(c.tensor(c.identity(P), c.discard(P)), c.tensor(c.discard(P), c.identity(P)))
        return [c.compose(c.tensor(put, c.identity(P)), put), c.compose(c.tensor(c.identity(P), sum), put)]
      },
    }),
  ]
  return { name: 'gradient update', subject: `${name} over ${s.name}`, parents: [], laws }
}
