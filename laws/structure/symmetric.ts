import type { Symmetric } from '../../src/structure/index.js'
import { equation } from '../subject/equation.js'
import type { LawSet } from '../law/law.js'
import { monoidal } from './monoidal.js'
import type { Subject } from '../subject/subject.js'

const source = 'Mac Lane, Categories for the Working Mathematician, XI.1'

/** The laws of a symmetric strict monoidal category; σ is the symmetry. */
export function symmetric<Ob, Hom>(s: Subject<Ob, Hom, Symmetric<Ob, Hom>>): LawSet {
  const c = s.category
  const laws = [
    equation(s, {
      name: 'naturality',
      equation: '(f ⊗ g) ; σ = σ ; (g ⊗ f)',
      source,
      forall: { f: 'A → B', g: 'C → D' },
      holds: ({ f, g }) => [
        c.compose(c.tensor(f, g), c.swap(c.cod(f), c.cod(g))),
        c.compose(c.swap(c.dom(f), c.dom(g)), c.tensor(g, f)),
      ],
    }),
    equation(s, {
      name: 'involution',
      equation: 'σ_{A,B} ; σ_{B,A} = 1',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [c.compose(c.swap(A, B), c.swap(B, A)), c.identity(c.product(A, B))],
    }),
    equation(s, {
      name: 'hexagon',
      equation: 'σ_{A,B⊗C} = (σ_{A,B} ⊗ 1) ; (1 ⊗ σ_{A,C})',
      source,
      forall: { A: 'object', B: 'object', C: 'object' },
      holds: ({ A, B, C }) => [
        c.swap(A, c.product(B, C)),
        c.compose(c.tensor(c.swap(A, B), c.identity(C)), c.tensor(c.identity(B), c.swap(A, C))),
      ],
    }),
    equation(s, {
      name: 'unit',
      equation: 'σ_{A,I} = 1',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [c.swap(A, c.unit), c.identity(A)],
    }),
  ]
  return { name: 'symmetric', subject: s.name, parents: [monoidal(s)], laws }
}
