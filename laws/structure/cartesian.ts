import type { Cartesian } from '../../src/structure/index.js'
import { equation } from '../subject/equation.js'
import type { LawSet } from '../law/law.js'
import { chain, first, pair, second } from '../subject/projection.js'
import type { Subject } from '../subject/subject.js'
import { symmetric } from './symmetric.js'

const fox = 'Fox, Coalgebras and cartesian categories, 1976'
const product = 'Mac Lane, Categories for the Working Mathematician, III.4'

/** The laws of a cartesian category: every object is a commutative comonoid, and every morphism respects it. */
export function cartesian<Ob, Hom>(s: Subject<Ob, Hom, Cartesian<Ob, Hom>>): LawSet {
  const c = s.category
  const laws = [
    equation(s, {
      name: 'naturality of copy',
      equation: 'f ; Δ = Δ ; (f ⊗ f)',
      source: fox,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.compose(f, c.copy(c.cod(f))), pair(c, f, f)],
    }),
    equation(s, {
      name: 'naturality of discard',
      equation: 'f ; ! = !',
      source: fox,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.compose(f, c.discard(c.cod(f))), c.discard(c.dom(f))],
    }),
    equation(s, {
      name: 'coassociativity',
      equation: 'Δ ; (Δ ⊗ 1) = Δ ; (1 ⊗ Δ)',
      source: fox,
      forall: { A: 'object' },
      holds: ({ A }) => [pair(c, c.copy(A), c.identity(A)), pair(c, c.identity(A), c.copy(A))],
    }),
    equation(s, {
      name: 'counit',
      equation: 'Δ ; (1 ⊗ !) = 1',
      source: fox,
      forall: { A: 'object' },
      holds: ({ A }) => [pair(c, c.identity(A), c.discard(A)), c.identity(A)],
    }),
    equation(s, {
      name: 'cocommutativity',
      equation: 'Δ ; σ = Δ',
      source: fox,
      forall: { A: 'object' },
      holds: ({ A }) => [c.compose(c.copy(A), c.swap(A, A)), c.copy(A)],
    }),
    equation(s, {
      name: 'copying a product',
      equation: 'Δ_{A⊗B} = (Δ ⊗ Δ) ; (1 ⊗ σ ⊗ 1)',
      source: fox,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [
        c.copy(c.product(A, B)),
        c.compose(c.tensor(c.copy(A), c.copy(B)), c.tensor(c.tensor(c.identity(A), c.swap(A, B)), c.identity(B))),
      ],
    }),
    equation(s, {
      name: 'projections',
      equation: '⟨f, g⟩ ; π₀ = f',
      source: product,
      forall: { f: 'A → B', g: 'A → C' },
      holds: ({ f, g }) => [c.compose(pair(c, f, g), first(c, c.cod(f), c.cod(g))), f],
    }),
    equation(s, {
      name: 'uniqueness',
      equation: '⟨π₀, π₁⟩ = 1',
      source: product,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [pair(c, first(c, A, B), second(c, A, B)), c.identity(c.product(A, B))],
    }),
    equation(s, {
      name: 'pairing after',
      equation: 'h ; ⟨f, g⟩ = ⟨h ; f, h ; g⟩',
      source: product,
      forall: { h: 'A → B', f: 'B → C', g: 'B → D' },
      steps: 3,
      holds: ({ h, f, g }) => [chain(c, h, pair(c, f, g)), pair(c, c.compose(h, f), c.compose(h, g))],
    }),
  ]
  return { name: 'cartesian', subject: s.name, parents: [symmetric(s)], laws }
}
