import type { Obj } from '../../src/object/index.js'
import type { Blueprint } from '../../src/structure/index.js'
import type { Parametrised } from '../../src/learn/functor/index.js'
import { compose, identity, tensor, type Term } from '../../src/term/index.js'
import { law, type Law, type LawSet } from '../law/law.js'
import { context } from '../subject/context.js'
import { equation } from '../subject/equation.js'
import { along, type ParametricSubject } from '../subject/parametric-subject.js'
import { category } from './category.js'

const foundations = 'Cruttwell et al., Categorical Foundations of Gradient-Based Learning, 2022, Def. 2.1 and Rem. 2.1'

/**
 * The laws of a monoidal category whose morphisms have parameters: those of a category, and interchange and naturality of
 * the symmetry up to the order of the parameters, which is stated. They are not equalities, even over a strict base.
 */
export function parametric<Hom extends { readonly params: Obj }>(s: ParametricSubject<Hom>): LawSet {
  const c = s.category
  const one = c.identity(c.unit)
  const laws = [
    equation(s, {
      name: 'tensor of identities',
      equation: '1_A ⊗ 1_B = 1_{A ⊗ B}',
      source: foundations,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [c.tensor(c.identity(A), c.identity(B)), c.identity(c.product(A, B))],
    }),
    equation(s, {
      name: 'tensor is associative',
      equation: '(f ⊗ g) ⊗ h = f ⊗ (g ⊗ h)',
      source: foundations,
      forall: { f: 'A → B', g: 'C → D', h: 'E → F' },
      steps: 3,
      holds: ({ f, g, h }) => [c.tensor(c.tensor(f, g), h), c.tensor(f, c.tensor(g, h))],
    }),
    equation(s, {
      name: 'unit of the tensor',
      equation: '1_I ⊗ f = f',
      source: foundations,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.tensor(one, f), f],
    }),
    equation(s, {
      name: 'interchange',
      equation: '(f ; g) ⊗ (h ; k), its parameters P_f ⊗ P_g ⊗ P_h ⊗ P_k as P_f ⊗ P_h ⊗ P_g ⊗ P_k, = (f ⊗ h) ; (g ⊗ k)',
      source: foundations,
      forall: { f: 'A → B', g: 'B → C', h: 'D → E', k: 'E → F' },
      steps: 3,
      holds: ({ f, g, h, k }) => [
        s.permute(c.tensor(c.compose(f, g), c.compose(h, k)), middleFour(f.params, g.params, h.params, k.params)),
        c.compose(c.tensor(f, h), c.tensor(g, k)),
      ],
    }),
    equation(s, {
      name: 'naturality of the symmetry',
      equation: '(f ⊗ g) ; σ, its parameters as P_g ⊗ P_f, = σ ; (g ⊗ f)',
      source: foundations,
      forall: { f: 'A → B', g: 'C → D' },
      holds: ({ f, g }) => [
        s.permute(c.compose(c.tensor(f, g), c.swap(c.cod(f), c.cod(g))), swapped(f.params, g.params)),
        c.compose(c.swap(c.dom(f), c.dom(g)), c.tensor(g, f)),
      ],
    }),
    equation(s, {
      name: 'involution',
      equation: 'σ_{A,B} ; σ_{B,A} = 1',
      source: foundations,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [c.compose(c.swap(A, B), c.swap(B, A)), c.identity(c.product(A, B))],
    }),
    equation(s, {
      name: 'hexagon',
      equation: 'σ_{A,B⊗C} = (σ_{A,B} ⊗ 1) ; (1 ⊗ σ_{A,C})',
      source: foundations,
      forall: { A: 'object', B: 'object', C: 'object' },
      holds: ({ A, B, C }) => [
        c.swap(A, c.product(B, C)),
        c.compose(c.tensor(c.swap(A, B), c.identity(C)), c.tensor(c.identity(B), c.swap(A, C))),
      ],
    }),
  ]
  return { name: 'parametric', subject: s.name, parents: [category(s)], laws }
}

/** The laws of reparametrisation: 2-cells `α : Q → P` act on morphisms, in order, along composites and side by side. */
export function para(s: ParametricSubject<Parametrised>, reparametrise: typeof along = along): LawSet {
  const c = s.category
  const cell = (to: Obj, point: Blueprint, from: number): Term =>
    s.terms.decode.between(s.terms.decode.object(point.slice(from, from + 2)), to, [point.slice(from + 2, from + 5)])
  const rule = (
    name: string,
    text: string,
    holds: (f: Parametrised, g: Parametrised, n: Blueprint) => readonly [Parametrised, Parametrised],
  ): Law => {
    const variables = context(s, { f: 'A → B', g: 'B → C' }, 3)
    return law({
      name,
      equation: text,
      source: foundations,
      forall: { ...variables, text: `${variables.text}, α : Q → P_f, β` },
      holds: ({ values: { f, g }, point }) => {
        const [lhs, rhs] = holds(f, g, point)
        return s.compare(lhs, rhs, point)
      },
    })
  }
  const laws = [
    rule('along the identity', 'f^1 = f', (f) => [reparametrise(f, identity(f.params)), f]),
    rule('along a composite', '(f^α)^β = f^(β ; α)', (f, _, n) => {
      const alpha = cell(f.params, n, 0)
      const beta = cell(alpha.dom, n, 7)
      return [reparametrise(reparametrise(f, alpha), beta), reparametrise(f, compose(beta, alpha))]
    }),
    rule('of a composite', 'f^α ; g^β = (f ; g)^(α ⊗ β)', (f, g, n) => {
      const [alpha, beta] = [cell(f.params, n, 0), cell(g.params, n, 7)]
      return [
        c.compose(reparametrise(f, alpha), reparametrise(g, beta)),
        reparametrise(c.compose(f, g), tensor(alpha, beta)),
      ]
    }),
    rule('of a tensor', 'f^α ⊗ g^β = (f ⊗ g)^(α ⊗ β)', (f, g, n) => {
      const [alpha, beta] = [cell(f.params, n, 0), cell(g.params, n, 7)]
      return [
        c.tensor(reparametrise(f, alpha), reparametrise(g, beta)),
        reparametrise(c.tensor(f, g), tensor(alpha, beta)),
      ]
    }),
  ]
  return { name: 'Para', subject: s.name, parents: [parametric(s)], laws }
}

const range = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i)

/** `P ⊗ Q ⊗ R ⊗ S` as `P ⊗ R ⊗ Q ⊗ S`. */
function middleFour(p: Obj, q: Obj, r: Obj, s: Obj): readonly number[] {
  const [a, b, c] = [p.length, q.length, r.length]
  return [...range(0, a), ...range(a + b, c), ...range(a, b), ...range(a + b + c, s.length)]
}
/** `P ⊗ Q` as `Q ⊗ P`. */
const swapped = (p: Obj, q: Obj): readonly number[] => [...range(p.length, q.length), ...range(0, p.length)]
