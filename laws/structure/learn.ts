import type { TermLearner } from '../../src/learn/functor/index.js'
import { product, showObject, type Obj } from '../../src/object/index.js'
import { apply, compose, diagram, discard, identity, routing, tensor, type Term } from '../../src/term/index.js'
import type { LawSet } from '../law/law.js'
import { equationChoosing, permutation } from '../subject/chosen.js'
import type { ParametricSubject } from '../subject/parametric-subject.js'
import { functor, type Functor } from './functor.js'
import { parametric } from './parametric.js'

const backprop = 'Fong, Spivak and Tuyéras, Backprop as Functor, 2017'
const languages = "Spivak, Learners' languages, 2021"

/** `h ⊗ 1`, on the parameters of a learner. */
const before = (h: Term, f: Term): Term => compose(tensor(h, identity(restOf(f, h.cod.length))), f)
const restOf = (f: Term, params: number): Obj => routing(f.dom, range(params, f.dom.length)).cod
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** f with parameters Q beside that nothing reads and no example changes. */
function withDead(f: TermLearner, q: Obj): TermLearner {
  const params = product(f.params, q)
  const [p, both] = [f.params.length, params.length]
  const deaf = (term: Term): Term => before(tensor(identity(f.params), discard(q)), term)
  const update = diagram(product(params, restOf(f.update, p)), (x, algebra) => [
    ...apply(f.update, [...x.slice(0, p), ...x.slice(both)], algebra),
    ...x.slice(p, both),
  ])
  return { ...f, params, implement: deaf(f.implement), update, request: deaf(f.request) }
}

/**
 * The laws of learners: parameters that nothing reads make no difference to a composite, and those of {@link parametric}, by
 * which permutations of parameters pass through composites and tensors.
 */
export function learn(s: ParametricSubject<TermLearner>): LawSet {
  const laws = [
    equationChoosing(s, s, {
      name: 'dead parameters',
      equation: '(f with Q that nothing reads) ; g = (f ; g) with Q that nothing reads, up to the order of parameters',
      source: languages,
      forall: { f: 'A → B', g: 'B → C' },
      chosen: 'Q',
      choose: (_, n) => s.terms.decode.object(n.slice(0, 1)),
      showChosen: (q) => ({ Q: showObject(q) }),
      holds: ({ f, g }, q) => {
        const c = s.category
        const [p, r, n] = [f.params.length, g.params.length, q.length]
        const order = [...range(0, p), ...range(p + n, p + n + r), ...range(p, p + n)]
        return [s.permute(c.compose(withDead(f, q), g), order), withDead(c.compose(f, g), q)]
      },
    }),
  ]
  return { name: 'Learn', subject: s.name, parents: [parametric(s)], laws }
}

/** A functor between categories of morphisms with parameters. */
export type ParametricFunctor<Hom extends { readonly params: Obj }, Hom2 extends { readonly params: Obj }> = Omit<
  Functor<Obj, Hom, Obj, Hom2>,
  'from' | 'to'
> & { readonly from: ParametricSubject<Hom>; readonly to: ParametricSubject<Hom2> }

/** The laws of a functor into Learn: a functor that respects permutations of parameters, though not their other bijections. */
export function learnerFunctor<Hom extends { readonly params: Obj }, Hom2 extends { readonly params: Obj }>(
  F: ParametricFunctor<Hom, Hom2>,
): LawSet {
  const laws = [
    equationChoosing(F.from, F.to, {
      name: 'permutations',
      equation: 'L(f^π) = L(f)^π',
      source: `${backprop}, Thm. III.2`,
      forall: { f: 'A → B' },
      chosen: 'a permutation π of P',
      choose: ({ f }, n) => permutation(f.params.length, n),
      showChosen: (pi) => ({ π: pi.join(' ') }),
      holds: ({ f }, pi) => [F.morphism(F.from.permute(f, pi)), F.to.permute(F.morphism(f), pi)],
    }),
  ]
  return { name: 'functor to Learn', subject: F.name, parents: [functor(F)], laws }
}
