import type { Parametrised } from '../../src/learn/functor/index.js'
import { product, showObject, type Obj } from '../../src/object/index.js'
import { getOf, putOf, reverseDerivative, type Optic } from '../../src/optic/index.js'
import { add } from '../../src/primitive/index.js'
import type { Blueprint, Entries } from '../../src/structure/index.js'
import { apply, diagram, show, type Term } from '../../src/term/index.js'
import { law, type LawSet } from '../law/law.js'
import { equationChoosing } from '../subject/chosen.js'
import { context } from '../subject/context.js'
import type { ParametricSubject } from '../subject/parametric-subject.js'
import type { ValueSubject } from '../subject/term-subject.js'
import { sameValues } from '../value/compare.js'
import type { Rounded } from '../value/rounding.js'

const source = 'Cruttwell et al., Categorical Foundations of Gradient-Based Learning, 2022, section 3'

/** A cap `α : L → L′` at each object of losses. */
export type CapFamily = (loss: Obj) => Term

/** What a learner is made of: a model `P ⊗ A → B`, a loss `Y ⊗ B → L`, a rule and a cap. */
export interface Parts<R> {
  readonly model: Parametrised
  readonly loss: Term
  readonly rule: R
  readonly cap: CapFamily
}

/** Learning by gradients: the rules there are, what they are as optics, and closed steps. */
export interface GradientLearning<R> {
  readonly name: string
  readonly rules: { readonly [name: string]: R }
  readonly caps: { readonly [name: string]: CapFamily }
  /** `p ↦ p + p′`, the rule without a state. */
  readonly plain: R
  /** The optic `(S ⊗ P ⊗ Q, S ⊗ P) → (P, P′)` of a rule. */
  update(rule: R, params: Obj): Optic
  /** `S ⊗ P ⊗ Q ⊗ A ⊗ Y → S ⊗ P ⊗ L`; where the input is open, `S ⊗ P ⊗ Q ⊗ A ⊗ Y → S ⊗ A ⊗ L` with the S and Q of A. */
  step(parts: Parts<R>, open: 'params' | 'x'): Term
}

/**
 * The closed system by its formula: `p̄ = get U(s, p, q)`, `b = f(p̄, a)`, `ℓ = e(y, b)`, `(y′, b′) = R[e](y, b, α ℓ)`,
 * `(p′, a′) = R[f](p̄, a, b′)`, and then `(put U((s, p, q), p′), ℓ)`.
 */
function unpacked(update: Optic, { model: f, loss: e, cap }: Parts<unknown>, label: Obj): Term {
  const [look, turn, slope, blame] = [getOf(update), putOf(update), reverseDerivative(f.term), reverseDerivative(e)]
  const [u, a] = [update.dom.length, f.dom.length]
  return diagram(product(product(update.dom, f.dom), label), (x, algebra) => {
    const [state, input, y] = [x.slice(0, u), x.slice(u, u + a), x.slice(u + a)]
    const looked = apply(look, state, algebra)
    const b = apply(f.term, [...looked, ...input], algebra)
    const loss = apply(e, [...y, ...b], algebra)
    const back = apply(blame, [...y, ...b, ...apply(cap(e.cod), loss, algebra)], algebra).slice(label.length)
    const p = apply(slope, [...looked, ...input, ...back], algebra).slice(0, f.params.length)
    return [...apply(turn, [...state, ...p], algebra), ...loss]
  })
}

interface Chosen {
  readonly label: Obj
  readonly loss: Term
  readonly rule: string
  readonly cap: string
}

const named = <T>(all: { readonly [name: string]: T }, n = 0): string =>
  Object.keys(all)[n % Object.keys(all).length] ?? ''

/** What laws of steps quantify over: a model and, decoded from the naturals, a loss for it, a rule and a cap. */
function setting<R>(s: ParametricSubject<Parametrised>, g: GradientLearning<R>) {
  return {
    source,
    forall: { f: 'A → B' },
    steps: 2,
    chosen: 'a loss e : Y ⊗ B → L, a rule and a cap',
    choose({ f }: { readonly f: Parametrised }, n: Blueprint): Chosen {
      const label = s.terms.decode.object(n.slice(0, 1 + ((n[1] ?? 0) % 2)))
      const loss = s.terms.decode.between(product(label, f.cod), s.terms.decode.object(n.slice(2, 3)), [n.slice(3, 6)])
      return { label, loss, rule: named(g.rules, n[6]), cap: named(g.caps, n[7]) }
    },
    showChosen: ({ label, loss, rule, cap }: Chosen) => ({ Y: showObject(label), e: show(loss), rule, cap }),
  } as const
}

const partsOf = <R>(g: GradientLearning<R>, model: Parametrised, { loss, rule, cap }: Chosen): Parts<R> => ({
  model,
  loss,
  rule: g.rules[rule] as R,
  cap: g.caps[cap] as CapFamily,
})

/** The laws of the closed steps of learners and dreamers, at programs of at most two steps. */
export function gradientLearning<R>(s: ParametricSubject<Parametrised>, g: GradientLearning<R>): LawSet {
  const given = setting(s, g)
  const laws = [
    equationChoosing(s, s.terms, {
      ...given,
      name: 'closed step',
      equation: 'close((U ⊗ 1) ; R[f ; e], α) = the formula of get U, f, e, α, R[e], R[f], put U',
      holds: ({ f }, chosen) => {
        const parts = partsOf(g, f, chosen)
        return [g.step(parts, 'params'), unpacked(g.update(parts.rule, f.params), parts, chosen.label)]
      },
    }),
    equationChoosing(s, s.terms, {
      ...given,
      name: 'two ports of one put',
      equation: '(p, a) moves by put(p, a, y): by its p′ in a learner, by its a′ in a dreamer',
      holds: ({ f }, chosen) => {
        const parts = { ...partsOf(g, f, chosen), rule: g.plain }
        const [p, a] = [f.params.length, f.dom.length]
        const [learns, dreams] = [g.step(parts, 'params'), g.step(parts, 'x')]
        const slope = reverseDerivative(f.term)
        const blame = reverseDerivative(parts.loss)
        const dom = product(product(f.params, f.dom), chosen.label)
        const stepped = diagram(dom, (x, algebra) => [
          ...apply(learns, x, algebra).slice(0, p),
          ...apply(dreams, x, algebra).slice(0, a),
        ])
        const moved = diagram(dom, (x, algebra) => {
          const [point, y] = [x.slice(0, p + a), x.slice(p + a)]
          const b = apply(f.term, point, algebra)
          const alpha = apply(parts.cap(parts.loss.cod), apply(parts.loss, [...y, ...b], algebra), algebra)
          const back = apply(blame, [...y, ...b, ...alpha], algebra).slice(y.length)
          return apply(slope, [...point, ...back], algebra).map((w, i) => add(point[i] ?? w, w))
        })
        return [stepped, moved]
      },
    }),
  ]
  return { name: 'gradient learning', subject: `${g.name} over ${s.terms.name}`, parents: [], laws }
}

/**
 * The laws of steps by value: gradient descent with rate ε is the plain rule with the cap −ε, and n steps are the n-fold
 * composite in Para of the step as an endomorphism of S ⊗ P whose parameters are the examples.
 */
export function descent<R>(
  s: ParametricSubject<Parametrised> & { readonly terms: ValueSubject },
  g: GradientLearning<R>,
  rules: { descent(rate: number): R; constant(value: number): CapFamily },
): LawSet {
  const given = setting(s, g)
  const variables = context(s, given.forall, given.steps)
  const laws = [
    equationChoosing(s, s.terms, {
      ...given,
      name: 'sliding the rate',
      equation: 'the step of descent(ε) with the cap 1 = the step of plain with the cap −ε, ε = 1/8',
      holds: ({ f }, chosen) => {
        const parts = partsOf(g, f, chosen)
        const step = (rule: R, cap: CapFamily): Term => g.step({ ...parts, rule, cap }, 'params')
        return [step(rules.descent(1 / 8), rules.constant(1)), step(g.plain, rules.constant(-1 / 8))]
      },
    }),
    law({
      name: 'iteration',
      equation: 'three steps, each given its example = the composite step ; step ; step in Para, given all three',
      source,
      forall: {
        text: `${variables.text}, ${given.chosen}, three examples and a state`,
        show: (v) => ({ ...variables.show(v), ...given.showChosen(given.choose(v.values, v.point)) }),
        arbitrary: variables.arbitrary,
      },
      holds({ values: { f }, point }) {
        const chosen = given.choose({ f }, point)
        const parts = partsOf(g, f, chosen)
        const update = g.update(parts.rule, f.params)
        const step = asEndomorphism(g.step(parts, 'params'), update, product(f.dom, chosen.label))
        const thrice = s.category.compose(s.category.compose(step, step), step)
        const x = s.terms.point(thrice.term.dom, point)
        const k = step.params.length
        let state: readonly Entries<Rounded>[] = x.slice(3 * k)
        for (const i of [0, 1, 2]) state = s.terms.values(step.term, [...x.slice(i * k, (i + 1) * k), ...state])
        return sameValues(s.terms.values(thrice.term, x), state)
      },
    }),
  ]
  return { name: 'descent', subject: `${g.name} over ${s.terms.name}`, parents: [], laws }
}

/** A step as a morphism `S ⊗ P → S ⊗ P` with parameters Q ⊗ A ⊗ Y. */
function asEndomorphism(step: Term, update: Optic, example: Obj): Parametrised {
  const [kept, ports] = [update.domBack.length, update.dom.length - update.domBack.length]
  const q = diagram(update.dom, (x) => x.slice(kept)).cod
  const params = product(q, example)
  const term = diagram(product(params, update.domBack), (x, algebra) => {
    const [data, state] = [x.slice(0, ports + example.length), x.slice(ports + example.length)]
    return apply(step, [...state, ...data], algebra).slice(0, kept)
  })
  return { params, dom: update.domBack, cod: update.domBack, term }
}
