import type { Parametrised } from '../../src/learn/functor/index.js'
import type { Obj } from '../../src/object/index.js'
import type { Blueprint } from '../../src/structure/index.js'
import { compose, identity, show, tensor, terms, type Term } from '../../src/term/index.js'
import type { Law, LawSet } from '../law/law.js'
import { equationChoosing } from '../subject/chosen.js'
import { equation, equationBetween } from '../subject/equation.js'
import { paraOf, paraOver, reparametrised, type Parametric } from '../subject/para-subject.js'
import { along, type ParametricSubject } from '../subject/parametric-subject.js'
import { functor, type Functor } from './functor.js'
import { parametric } from './parametric.js'

const foundations = 'Cruttwell et al., Categorical Foundations of Gradient-Based Learning, 2022, Def. 2.1 and Rem. 2.1'

/** 2-cells into the parameters of f and g, and from further out into those. */
interface Cells {
  readonly α: Term
  readonly β: Term
  readonly γ: Term
  readonly δ: Term
}

/** A term into an object, decoded from five naturals on. */
const cell = (s: ParametricSubject<Parametrised>, to: Obj, n: Blueprint, from: number): Term =>
  s.terms.decode.between(s.terms.decode.object(n.slice(from, from + 2)), to, [n.slice(from + 2, from + 5)])

const plain = ({ term, ...rest }: Parametrised): Parametric<Obj, Term> => ({ ...rest, morphism: term })

/**
 * The laws of Para over terms: composites and tensors are those of the formulas, and 2-cells `α : Q → P` act on morphisms:
 * in order, along composites and side by side, so that they compose both ways and the ways interchange.
 */
export function para(s: ParametricSubject<Parametrised>, reparametrise: typeof along = along): LawSet {
  const c = s.category
  const formulas = paraOf(terms)
  const shown = paraOver(s.terms)
  const rule = (
    name: string,
    text: string,
    uses: readonly (keyof Cells)[],
    holds: (f: Parametrised, g: Parametrised, cells: Cells) => readonly [Parametrised, Parametrised],
  ): Law =>
    equationChoosing(s, s, {
      name,
      equation: text,
      source: foundations,
      forall: { f: 'A → B', g: 'B → C' },
      chosen: `2-cells ${uses.map((k) => `${k} ${kinds[k]}`).join(', ') || 'none'}`,
      choose({ f, g }, n): Cells {
        const [α, β] = [cell(s, f.params, n, 0), cell(s, g.params, n, 7)]
        return { α, β, γ: cell(s, α.dom, n, 14), δ: cell(s, β.dom, n, 21) }
      },
      showChosen: (cells) => Object.fromEntries(uses.map((k) => [k, show(cells[k])])),
      holds: ({ f, g }, cells) => holds(f, g, cells),
    })
  const laws = [
    equationBetween(s, shown, {
      name: 'composite',
      equation: 'f ; g = (σ_{P,Q} ⊗ 1) ; (1_Q ⊗ f) ; g',
      source: foundations,
      forall: { f: 'A → B', g: 'B → C' },
      holds: ({ f, g }) => [plain(c.compose(f, g)), formulas.compose(plain(f), plain(g))],
    }),
    equationBetween(s, shown, {
      name: 'side by side',
      equation: 'f ⊗ g = (1_P ⊗ σ_{Q,A} ⊗ 1) ; (f ⊗ g)',
      source: foundations,
      forall: { f: 'A → B', g: 'C → D' },
      holds: ({ f, g }) => [plain(c.tensor(f, g)), formulas.tensor(plain(f), plain(g))],
    }),
    equation(s, {
      name: 'along the identity',
      equation: 'f^1 = f',
      source: foundations,
      forall: { f: 'A → B' },
      holds: ({ f }) => [reparametrise(f, identity(f.params)), f],
    }),
    rule('along a composite', '(f^α)^γ = f^(γ ; α)', ['α', 'γ'], (f, _, { α, γ }) => [
      reparametrise(reparametrise(f, α), γ),
      reparametrise(f, compose(γ, α)),
    ]),
    rule('of a composite', 'f^α ; g^β = (f ; g)^(α ⊗ β)', ['α', 'β'], (f, g, { α, β }) => [
      c.compose(reparametrise(f, α), reparametrise(g, β)),
      reparametrise(c.compose(f, g), tensor(α, β)),
    ]),
    rule('of a tensor', 'f^α ⊗ g^β = (f ⊗ g)^(α ⊗ β)', ['α', 'β'], (f, g, { α, β }) => [
      c.tensor(reparametrise(f, α), reparametrise(g, β)),
      reparametrise(c.tensor(f, g), tensor(α, β)),
    ]),
    rule(
      'interchange of 2-cells',
      'f^(γ ; α) ; g^(δ ; β) = ((f ; g)^(α ⊗ β))^(γ ⊗ δ)',
      ['α', 'β', 'γ', 'δ'],
      (f, g, { α, β, γ, δ }) => [
        c.compose(reparametrise(f, compose(γ, α)), reparametrise(g, compose(δ, β))),
        reparametrise(reparametrise(c.compose(f, g), tensor(α, β)), tensor(γ, δ)),
      ],
    ),
  ]
  return { name: 'Para', subject: s.name, parents: [parametric(s)], laws }
}

const kinds: { readonly [K in keyof Cells]: string } = { α: ': Q → P_f', β: ': R → P_g', γ: ': S → Q', δ: ': T → R' }

/**
 * The laws of base change: a symmetric monoidal functor F on terms makes one from Para over terms to Para over where it ends,
 * `F(P, f) = (F P, F f)`, which takes reparametrisations to reparametrisations.
 */
export function baseChange<Ob, Hom>(
  s: ParametricSubject<Parametrised>,
  F: Pick<Functor<Obj, Term, Ob, Hom>, 'name' | 'to' | 'object' | 'morphism'>,
): LawSet {
  const to = paraOver(F.to)
  const lifted = (f: Parametrised): Parametric<Ob, Hom> => ({
    params: F.object(f.params),
    dom: F.object(f.dom),
    cod: F.object(f.cod),
    morphism: F.morphism(f.term),
  })
  const name = `Para of ${F.name}`
  const laws = [
    equationChoosing(s, to, {
      name: 'reparametrisation',
      equation: 'F(f^α) = F(f)^(F α)',
      source: foundations,
      forall: { f: 'A → B' },
      chosen: 'α : Q → P_f',
      choose: ({ f }, n) => cell(s, f.params, n, 0),
      showChosen: (α) => ({ α: show(α) }),
      holds: ({ f }, α) => [lifted(along(f, α)), reparametrised(F.to.category, lifted(f), F.morphism(α))],
    }),
  ]
  const parents = [functor({ name, from: s, to, object: (a) => F.object(a), morphism: lifted })]
  return { name: 'base change', subject: name, parents, laws }
}
