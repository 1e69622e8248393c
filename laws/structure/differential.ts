import type { ReverseDerivative } from '../../src/structure/index.js'
import type { LawSet } from '../law/law.js'
import type { Program } from '../subject/context.js'
import { atGenerators, equation, type Equation } from '../subject/equation.js'
import { chain, first, pair, second } from '../subject/projection.js'
import type { Subject } from '../subject/subject.js'
import { forward } from './reverse-derivative.js'

const source = 'Blute, Cockett and Seely, Cartesian differential categories, 2009, Def. 2.1.1, linear argument second'

/**
 * The laws of a cartesian differential category, CD.1 to CD.7, for a forward derivative `D[f] : A ⊗ A → B`: the one made
 * from R unless another is given.
 */
export function differential<Ob, Hom>(
  s: Subject<Ob, Hom, ReverseDerivative<Ob, Hom>>,
  derivative: (c: ReverseDerivative<Ob, Hom>, f: Hom) => Hom = forward,
): LawSet {
  const c = s.category
  const D = (f: Hom): Hom => derivative(c, f)
  const chainRule = {
    name: 'CD.5',
    equation: 'D[f ; g] = ⟨π₀ ; f, D[f]⟩ ; D[g]',
    source,
    holds: ({ f, g }: { readonly f: Hom; readonly g: Hom }): readonly [Hom, Hom] => {
      const at = first(c, c.dom(f), c.dom(f))
      return [D(c.compose(f, g)), c.compose(pair(c, c.compose(at, f), D(f)), D(g))]
    },
  }
  const second6: Equation<Ob, Hom, Program> = {
    name: 'CD.6',
    equation: '⟨⟨a, b⟩, ⟨0, c⟩⟩ ; D[D[f]] = ⟨a, c⟩ ; D[f]',
    source,
    forall: { f: 'A → B' },
    steps: 2,
    holds: ({ f }) => {
      const a = c.dom(f)
      const [three, drop] = [c.product(c.product(a, a), a), c.discard(a)]
      const ab = c.tensor(c.identity(c.product(a, a)), drop)
      const third = c.tensor(c.tensor(drop, drop), c.identity(a))
      const at = pair(c, ab, pair(c, c.zero(three, a), third))
      const ac = c.tensor(c.tensor(c.identity(a), drop), c.identity(a))
      return [c.compose(at, D(D(f))), c.compose(ac, D(f))]
    },
  }
  const second7: Equation<Ob, Hom, Program> = {
    name: 'CD.7',
    equation: '⟨⟨a, b⟩, ⟨c, d⟩⟩ ; D[D[f]] = ⟨⟨a, c⟩, ⟨b, d⟩⟩ ; D[D[f]]',
    source,
    forall: { f: 'A → B' },
    steps: 2,
    holds: ({ f }) => {
      const a = c.dom(f)
      const exchange = c.tensor(c.tensor(c.identity(a), c.swap(a, a)), c.identity(a))
      return [D(D(f)), c.compose(exchange, D(D(f)))]
    },
  }
  const laws = [
    equation(s, {
      name: 'CD.1',
      equation: 'D[f + g] = D[f] + D[g]',
      source,
      forall: { f: 'A → B', g: 'A → B' },
      holds: ({ f, g }) => [D(c.add(f, g)), c.add(D(f), D(g))],
    }),
    equation(s, {
      name: 'CD.1 at zero',
      equation: 'D[0] = 0',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [D(c.zero(A, B)), c.zero(c.product(A, A), B)],
    }),
    equation(s, {
      name: 'CD.2',
      equation: '⟨a, b + c⟩ ; D[f] = ⟨a, b⟩ ; D[f] + ⟨a, c⟩ ; D[f]',
      source,
      forall: { f: 'A → B', a: 'X → A', b: 'X → A', c: 'X → A' },
      holds: ({ f, a, b, c: d }) => {
        const at = (h: Hom): Hom => c.compose(pair(c, a, h), D(f))
        return [at(c.add(b, d)), c.add(at(b), at(d))]
      },
    }),
    equation(s, {
      name: 'CD.2 at zero',
      equation: '⟨a, 0⟩ ; D[f] = 0',
      source,
      forall: { f: 'A → B', a: 'X → A' },
      holds: ({ f, a }) => [c.compose(pair(c, a, c.zero(c.dom(a), c.dom(f))), D(f)), c.zero(c.dom(a), c.cod(f))],
    }),
    equation(s, {
      name: 'CD.3 at 1',
      equation: 'D[1] = π₁',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [D(c.identity(A)), second(c, A, A)],
    }),
    equation(s, {
      name: 'CD.3 at π₀',
      equation: 'D[π₀] = π₁ ; π₀',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => {
        const ab = c.product(A, B)
        return [D(first(c, A, B)), chain(c, second(c, ab, ab), first(c, A, B))]
      },
    }),
    equation(s, {
      name: 'CD.3 at π₁',
      equation: 'D[π₁] = π₁ ; π₁',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => {
        const ab = c.product(A, B)
        return [D(second(c, A, B)), chain(c, second(c, ab, ab), second(c, A, B))]
      },
    }),
    equation(s, {
      name: 'CD.4',
      equation: 'D[⟨f, g⟩] = ⟨D[f], D[g]⟩',
      source,
      forall: { f: 'A → B', g: 'A → C' },
      holds: ({ f, g }) => [D(pair(c, f, g)), pair(c, D(f), D(g))],
    }),
    equation(s, { ...chainRule, forall: { f: 'A → B', g: 'B → C' } }),
    equation(s, { ...chainRule, name: 'CD.5 at equal objects', forall: { f: 'A → A', g: 'A → C' } }),
    ...[second6, second7].flatMap((e) => [equation(s, e), atGenerators(s, e)]),
  ]
  return { name: 'differential', subject: s.name, parents: [], laws }
}
