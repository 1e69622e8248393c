import type { TermLearner } from '../../src/learn/functor/index.js'
import { product, type Obj } from '../../src/object/index.js'
import type { Optic, Pair } from '../../src/optic/index.js'
import type { LawSet } from '../law/law.js'
import { equationChoosing } from '../subject/chosen.js'
import { equation } from '../subject/equation.js'
import type { OpticSubject } from '../subject/optic-subject.js'
import { paraOver, type Parametric } from '../subject/para-subject.js'
import type { ParametricSubject } from '../subject/parametric-subject.js'
import { functor } from './functor.js'

/** How learners are lenses `(P ⊗ A, P ⊗ A) → (B, B)`, and lenses learners. */
export interface LearnersAsLenses {
  lens(f: TermLearner): Optic
  learner(params: Obj, dom: Obj, lens: Optic): TermLearner
}

/** Learn ≅ Para(Lens): learners are lenses with parameters, composites and tensors too, both ways round. */
export function learnersAsLenses(
  s: ParametricSubject<TermLearner>,
  optics: OpticSubject,
  { lens, learner }: LearnersAsLenses,
): LawSet {
  const source = "Spivak, Learners' languages, 2021"
  const to = paraOver(optics)
  const square = (a: Obj): Pair => ({ forward: a, back: a })
  const lensOf = (f: TermLearner): Parametric<Pair, Optic> => ({
    params: square(f.params),
    dom: square(f.dom),
    cod: square(f.cod),
    morphism: lens(f),
  })
  const laws = [
    equation(s, {
      name: 'learner to lens and back',
      equation: 'learner(lens(f)) = f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [learner(f.params, f.dom, lens(f)), f],
    }),
    equationChoosing(s, to, {
      name: 'lens to learner and back',
      equation: 'lens(learner(l)) = l',
      source,
      forall: { P: 'object', A: 'object', B: 'object' },
      chosen: 'an optic l : (P ⊗ A, P ⊗ A) → (B, B)',
      choose: ({ P, A, B }, n) =>
        optics.decode.between(square(product(P, A)), square(B), [n.slice(0, 3), n.slice(3, 6), n.slice(6, 9)]),
      showChosen: (l) => ({ l: optics.show(l) }),
      holds: ({ P, A, B }, l) => [
        lensOf(learner(P, A, l)),
        { params: square(P), dom: square(A), cod: square(B), morphism: l },
      ],
    }),
  ]
  const parents = [functor({ name: 'Learn to Para(Lens)', from: s, to, object: square, morphism: lensOf })]
  return { name: 'Learn and Para(Lens)', subject: s.name, parents, laws }
}
