import type { ReverseDerivative } from '../../src/structure/index.js'
import { equation } from '../subject/equation.js'
import type { LawSet } from '../law/law.js'
import { chain, inLeft, inRight, pair, second, first } from '../subject/projection.js'
import type { Subject } from '../subject/subject.js'
import { forward } from './reverse-derivative.js'

const source = 'Cockett et al., Reverse derivative categories, 2020, Thms 41 and 42'

/** `f† = i₁ ; R[f] : B → A`, the dagger of f : A → B. */
export function dagger<Ob, Hom>(c: ReverseDerivative<Ob, Hom>, f: Hom): Hom {
  return c.compose(inRight(c, c.dom(f), c.cod(f)), c.reverse(f))
}

/** The laws of linear maps and their daggers; the subject's programs are linear. */
export function linear<Ob, Hom>(s: Subject<Ob, Hom, ReverseDerivative<Ob, Hom>>): LawSet {
  const c = s.category
  const dag = (f: Hom): Hom => dagger(c, f)
  const laws = [
    equation(s, {
      name: 'additivity',
      equation: '(a + b) ; f = a ; f + b ; f',
      source: 'Blute, Cockett and Seely, Cartesian differential categories, 2009, Def. 1.1.1',
      forall: { a: 'X → A', b: 'X → A', f: 'A → B' },
      holds: ({ a, b, f }) => [c.compose(c.add(a, b), f), c.add(c.compose(a, f), c.compose(b, f))],
    }),
    equation(s, {
      name: 'additivity at zero',
      equation: '0 ; f = 0',
      source: 'Blute, Cockett and Seely, Cartesian differential categories, 2009, Def. 1.1.1',
      forall: { f: 'A → B', X: 'object' },
      holds: ({ f, X }) => [c.compose(c.zero(X, c.dom(f)), f), c.zero(X, c.cod(f))],
    }),
    equation(s, {
      name: 'involution',
      equation: 'f†† = f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [dag(dag(f)), f],
    }),
    equation(s, {
      name: 'contravariance',
      equation: '(f ; g)† = g† ; f†',
      source,
      forall: { f: 'A → B', g: 'B → C' },
      holds: ({ f, g }) => [dag(c.compose(f, g)), c.compose(dag(g), dag(f))],
    }),
    equation(s, {
      name: 'tensor',
      equation: '(f ⊗ g)† = f† ⊗ g†',
      source,
      forall: { f: 'A → B', g: 'C → D' },
      holds: ({ f, g }) => [dag(c.tensor(f, g)), c.tensor(dag(f), dag(g))],
    }),
    equation(s, {
      name: 'identity',
      equation: '1† = 1',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [dag(c.identity(A)), c.identity(A)],
    }),
    equation(s, {
      name: 'projection',
      equation: 'π₀† = i₀',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [dag(first(c, A, B)), inLeft(c, A, B)],
    }),
    equation(s, {
      name: 'copy',
      equation: 'Δ† = +',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [dag(c.copy(A)), c.add(first(c, A, A), second(c, A, A))],
    }),
    equation(s, {
      name: 'discard',
      equation: '!† = 0',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [dag(c.discard(A)), c.zero(c.unit, A)],
    }),
    equation(s, {
      name: 'reverse derivative',
      equation: 'R[f] = π₁ ; f†',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.reverse(f), c.compose(second(c, c.dom(f), c.cod(f)), dag(f))],
    }),
    equation(s, {
      name: 'derivative',
      equation: 'D[f] = π₁ ; f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [forward(c, f), chain(c, second(c, c.dom(f), c.dom(f)), f)],
    }),
    equation(s, {
      name: 'pairing',
      equation: '⟨f, g⟩† = π₀ ; f† + π₁ ; g†',
      source,
      forall: { f: 'A → B', g: 'A → C' },
      holds: ({ f, g }) => {
        const [b, d] = [c.cod(f), c.cod(g)]
        const sum = c.add(c.compose(first(c, b, d), dag(f)), c.compose(second(c, b, d), dag(g)))
        return [dag(pair(c, f, g)), sum]
      },
    }),
  ]
  return { name: 'linear maps', subject: s.name, parents: [], laws }
}
