import type { ReverseDerivative } from '../../src/structure/index.js'
import { cartesian } from './cartesian.js'
import type { Program } from '../subject/context.js'
import { atGenerators, equation, type Equation } from '../subject/equation.js'
import type { Law, LawSet } from '../law/law.js'
import { leftAdditive } from './left-additive.js'
import { chain, first, inLeft, inRight, pair, second } from '../subject/projection.js'
import type { Subject } from '../subject/subject.js'

type Reversible<Ob, Hom> = Subject<Ob, Hom, ReverseDerivative<Ob, Hom>>

const source = 'Cockett et al., Reverse derivative categories, 2020, Def. 13'

/**
 * The laws of R that say how it is put together: RD.1, RD.3, RD.4 and RD.5. Where no cotangent is absent they hold as
 * equality of normal forms.
 */
export function reverseStructure<Ob, Hom>(s: Reversible<Ob, Hom>): LawSet {
  return {
    name: 'reverse structure',
    subject: s.name,
    parents: [cartesian(s)],
    laws: [...sums(s), ...projections(s), ...composites(s)],
  }
}

/** The laws of a reverse derivative category. */
export function reverseDerivative<Ob, Hom>(s: Reversible<Ob, Hom>): LawSet {
  return {
    name: 'reverse derivative',
    subject: s.name,
    parents: [leftAdditive(s), reverseStructure(s)],
    laws: [...linearity(s), ...secondOrder(s)],
  }
}

function sums<Ob, Hom>(s: Reversible<Ob, Hom>): readonly Law[] {
  const c = s.category
  return [
    equation(s, {
      name: 'RD.1',
      equation: 'R[f + g] = R[f] + R[g]',
      source,
      forall: { f: 'A → B', g: 'A → B' },
      holds: ({ f, g }) => [c.reverse(c.add(f, g)), c.add(c.reverse(f), c.reverse(g))],
    }),
    equation(s, {
      name: 'RD.1 at zero',
      equation: 'R[0] = 0',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [c.reverse(c.zero(A, B)), c.zero(c.product(A, B), A)],
    }),
  ]
}

function projections<Ob, Hom>(s: Reversible<Ob, Hom>): readonly Law[] {
  const c = s.category
  return [
    equation(s, {
      name: 'RD.3 at 1',
      equation: 'R[1] = π₁',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [c.reverse(c.identity(A)), second(c, A, A)],
    }),
    equation(s, {
      name: 'RD.3 at π₀',
      equation: 'R[π₀] = π₁ ; i₀',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [c.reverse(first(c, A, B)), c.compose(second(c, c.product(A, B), A), inLeft(c, A, B))],
    }),
    equation(s, {
      name: 'RD.3 at π₁',
      equation: 'R[π₁] = π₁ ; i₁',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [c.reverse(second(c, A, B)), c.compose(second(c, c.product(A, B), B), inRight(c, A, B))],
    }),
  ]
}

function composites<Ob, Hom>(s: Reversible<Ob, Hom>): readonly Law[] {
  const c = s.category
  const chainRule = {
    name: 'RD.5',
    equation: 'R[f ; g] = ⟨π₀, ⟨π₀ ; f, π₁⟩ ; R[g]⟩ ; R[f]',
    source,
    holds: ({ f, g }: { readonly f: Hom; readonly g: Hom }): readonly [Hom, Hom] => {
      const [a, d] = [c.dom(f), c.cod(g)]
      const at = first(c, a, d)
      const inner = chain(c, pair(c, c.compose(at, f), second(c, a, d)), c.reverse(g))
      return [c.reverse(c.compose(f, g)), c.compose(pair(c, at, inner), c.reverse(f))]
    },
  }
  return [
    equation(s, {
      name: 'RD.4',
      equation: 'R[⟨f, g⟩] = (1 ⊗ π₀) ; R[f] + (1 ⊗ π₁) ; R[g]',
      source,
      forall: { f: 'A → B', g: 'A → C' },
      holds: ({ f, g }) => {
        const [a, b, d] = [c.dom(f), c.cod(f), c.cod(g)]
        const left = c.compose(c.tensor(c.identity(a), first(c, b, d)), c.reverse(f))
        const right = c.compose(c.tensor(c.identity(a), second(c, b, d)), c.reverse(g))
        return [c.reverse(pair(c, f, g)), c.add(left, right)]
      },
    }),
    equation(s, {
      name: 'RD.4 at !',
      equation: 'R[!] = 0',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [c.reverse(c.discard(A)), c.zero(A, A)],
    }),
    // At equal objects a derivative at x instead of f(x) is well typed, at distinct ones a misplaced wire is not.
    equation(s, { ...chainRule, forall: { f: 'A → B', g: 'B → C' } }),
    equation(s, { ...chainRule, name: 'RD.5 at equal objects', forall: { f: 'A → A', g: 'A → C' } }),
  ]
}

function linearity<Ob, Hom>(s: Reversible<Ob, Hom>): readonly Law[] {
  const c = s.category
  return [
    equation(s, {
      name: 'RD.2',
      equation: '⟨a, b + c⟩ ; R[f] = ⟨a, b⟩ ; R[f] + ⟨a, c⟩ ; R[f]',
      source,
      forall: { f: 'A → B', a: 'X → A', b: 'X → B', c: 'X → B' },
      holds: ({ f, a, b, c: d }) => {
        const at = (h: typeof f): typeof f => c.compose(pair(c, a, h), c.reverse(f))
        return [at(c.add(b, d)), c.add(at(b), at(d))]
      },
    }),
    equation(s, {
      name: 'RD.2 at zero',
      equation: '⟨a, 0⟩ ; R[f] = 0',
      source,
      forall: { f: 'A → B', a: 'X → A' },
      holds: ({ f, a }) => [
        c.compose(pair(c, a, c.zero(c.dom(a), c.cod(f))), c.reverse(f)),
        c.zero(c.dom(a), c.dom(f)),
      ],
    }),
    equation(s, {
      name: 'congruence',
      equation: 'R[f ; Δ] = R[Δ ; (f ⊗ f)]',
      source: 'R is defined on morphisms, not on their notation',
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.reverse(c.compose(f, c.copy(c.cod(f)))), c.reverse(pair(c, f, f))],
    }),
  ]
}

/** `D[f] = (i₀ ⊗ 1) ; R[R[f]] ; π₁ : A ⊗ A → B`, the forward derivative (Theorem 16). */
export function forward<Ob, Hom>(c: ReverseDerivative<Ob, Hom>, f: Hom): Hom {
  const [a, b] = [c.dom(f), c.cod(f)]
  return chain(c, c.tensor(inLeft(c, a, b), c.identity(a)), c.reverse(c.reverse(f)), second(c, a, b))
}

function secondOrder<Ob, Hom>(s: Reversible<Ob, Hom>): readonly Law[] {
  const c = s.category
  const linear: Equation<Ob, Hom, Program> = {
    name: 'RD.6',
    equation: '⟨1 ⊗ π₀, 0 ⊗ π₁⟩ ; (i₀ ⊗ 1) ; R[R[R[f]]] ; π₁ = (1 ⊗ π₁) ; R[f]',
    source,
    forall: { f: 'A → B' },
    steps: 2,
    holds: ({ f }) => {
      const [a, b] = [c.dom(f), c.cod(f)]
      const left = c.tensor(c.identity(a), first(c, b, b))
      const right = c.tensor(c.zero(a, a), second(c, b, b))
      return [
        c.compose(pair(c, left, right), forward(c, c.reverse(f))),
        c.compose(c.tensor(c.identity(a), second(c, b, b)), c.reverse(f)),
      ]
    },
  }
  const symmetric: Equation<Ob, Hom, Program> = {
    name: 'RD.7',
    equation: 'D[D[f]] = (1 ⊗ σ ⊗ 1) ; D[D[f]] where D[f] = (i₀ ⊗ 1) ; R[R[f]] ; π₁',
    source,
    forall: { f: 'A → B' },
    steps: 2,
    holds: ({ f }) => {
      const a = c.dom(f)
      const twice = forward(c, forward(c, f))
      const exchange = c.tensor(c.tensor(c.identity(a), c.swap(a, a)), c.identity(a))
      return [twice, c.compose(exchange, twice)]
    },
  }
  return [linear, symmetric].flatMap((e) => [equation(s, e), atGenerators(s, e)])
}
