import type { Obj } from '../../src/object/index.js'
import type { LawSet } from '../law/law.js'
import { equationChoosing, permutation } from '../subject/chosen.js'
import { equation } from '../subject/equation.js'
import type { ParametricSubject } from '../subject/parametric-subject.js'
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
    equationChoosing(s, s, {
      ...orders,
      name: 'permutations in a composite',
      equation: 'f^π ; g^ρ = (f ; g)^(π ⊗ ρ)',
      forall: { f: 'A → B', g: 'B → C' },
      choose: ({ f, g }, n) => permutations(f, g, n),
      holds: ({ f, g }, { pi, rho, both }) => [
        c.compose(s.permute(f, pi), s.permute(g, rho)),
        s.permute(c.compose(f, g), both),
      ],
    }),
    equationChoosing(s, s, {
      ...orders,
      name: 'permutations side by side',
      equation: 'f^π ⊗ g^ρ = (f ⊗ g)^(π ⊗ ρ)',
      forall: { f: 'A → B', g: 'C → D' },
      choose: ({ f, g }, n) => permutations(f, g, n),
      holds: ({ f, g }, { pi, rho, both }) => [
        c.tensor(s.permute(f, pi), s.permute(g, rho)),
        s.permute(c.tensor(f, g), both),
      ],
    }),
  ]
  return { name: 'parametric', subject: s.name, parents: [category(s)], laws }
}

const range = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i)

/** `P ⊗ Q ⊗ R ⊗ S` as `P ⊗ R ⊗ Q ⊗ S`. */
function middleFour(p: Obj, q: Obj, r: Obj, s: Obj): readonly number[] {
  const [a, b, c] = [p.length, q.length, r.length]
  return [...range(0, a), ...range(a + b, c), ...range(a, b), ...range(a + b + c, s.length)]
}
/** `P ⊗ Q` as `Q ⊗ P`. */
const swapped = (p: Obj, q: Obj): readonly number[] => [...range(p.length, q.length), ...range(0, p.length)]

interface Orders {
  readonly pi: readonly number[]
  readonly rho: readonly number[]
  readonly both: readonly number[]
}
interface Parameters {
  readonly params: Obj
}
const permutations = (f: Parameters, g: Parameters, n: readonly number[]): Orders => {
  const [pi, rho] = [permutation(f.params.length, n), permutation(g.params.length, n.slice(f.params.length))]
  return { pi, rho, both: [...pi, ...rho.map((i) => f.params.length + i)] }
}
/** What laws of permuted parameters share: morphisms are equal up to these (Backprop as Functor, Prop. II.4). */
const orders = {
  source: 'Fong, Spivak and Tuyéras, Backprop as Functor, 2017, Prop. II.4',
  chosen: 'permutations π of P_f, ρ of P_g',
  showChosen: ({ pi, rho }: Orders) => ({ π: pi.join(' '), ρ: rho.join(' ') }),
}
