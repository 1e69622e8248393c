import type { Monoidal } from '../../src/structure/index.js'
import { category } from './category.js'
import { equation } from '../subject/equation.js'
import type { LawSet } from '../law/law.js'
import type { Subject } from '../subject/subject.js'

const source = 'Mac Lane, Categories for the Working Mathematician, VII.1'

/** The laws of a strict monoidal category. */
export function monoidal<Ob, Hom>(s: Subject<Ob, Hom, Monoidal<Ob, Hom>>): LawSet {
  const c = s.category
  const one = c.identity(c.unit)
  const laws = [
    equation(s, {
      name: 'identities',
      equation: '1_A ⊗ 1_B = 1_{A ⊗ B}',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [c.tensor(c.identity(A), c.identity(B)), c.identity(c.product(A, B))],
    }),
    equation(s, {
      name: 'interchange',
      equation: '(f ; g) ⊗ (h ; k) = (f ⊗ h) ; (g ⊗ k)',
      source,
      forall: { f: 'A → B', g: 'B → C', h: 'D → E', k: 'E → F' },
      steps: 3,
      holds: ({ f, g, h, k }) => [
        c.tensor(c.compose(f, g), c.compose(h, k)),
        c.compose(c.tensor(f, h), c.tensor(g, k)),
      ],
    }),
    equation(s, {
      name: 'associativity',
      equation: '(f ⊗ g) ⊗ h = f ⊗ (g ⊗ h)',
      source,
      forall: { f: 'A → B', g: 'C → D', h: 'E → F' },
      steps: 3,
      holds: ({ f, g, h }) => [c.tensor(c.tensor(f, g), h), c.tensor(f, c.tensor(g, h))],
    }),
    equation(s, {
      name: 'left unit',
      equation: '1_I ⊗ f = f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.tensor(one, f), f],
    }),
    equation(s, {
      name: 'right unit',
      equation: 'f ⊗ 1_I = f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.tensor(f, one), f],
    }),
  ]
  return { name: 'monoidal', subject: s.name, parents: [category(s)], laws }
}
