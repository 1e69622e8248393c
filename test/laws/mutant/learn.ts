import { learnerOfLens, learning, lensOfLearner } from '../../../laws/catalogue/structure.js'
import { learn, learnerFunctor } from '../../../laws/structure/learn.js'
import { learnersAsLenses, type LearnersAsLenses } from '../../../laws/structure/learner-lens.js'
import { learnersOver, type ParametricSubject } from '../../../laws/subject/parametric-subject.js'
import { opticsOver, reference, termsByNormalForm, type LawSet } from '../../../laws/index.js'
import { gradientLearner, halfSquareError, termLearners, type TermLearner } from '../../../src/learn/functor/index.js'
import { sameObject, type Obj } from '../../../src/object/index.js'
import { lensOptic, putOf } from '../../../src/optic/index.js'
import { multiply, negate } from '../../../src/primitive/index.js'
import type { Symmetric } from '../../../src/structure/index.js'
import { apply, compose, diagram, routing, type Term } from '../../../src/term/index.js'
import { own } from './dictionary.js'
import type { Mutant } from './mutant.js'

const free = termsByNormalForm()
const over = (change: Partial<Symmetric<Obj, TermLearner>> = {}): ParametricSubject<TermLearner> =>
  learnersOver(free, { ...termLearners, ...change })

/** `f ; g` that teaches f with the label of g where that is well typed. */
const teachesLabel =
  (answer: 'update' | 'request') =>
  (f: TermLearner, g: TermLearner): TermLearner => {
    const whole = termLearners.compose(f, g)
    if (!sameObject(g.dom, g.cod)) return whole
    const [p, q] = [f.params.length, g.params.length]
    const told = diagram(whole[answer].dom, (x, algebra) => {
      const own = apply(f[answer], [...x.slice(0, p), ...x.slice(p + q)], algebra)
      return answer === 'request' ? own : [...own, ...apply(whole.update, x, algebra).slice(p)]
    })
    return { ...whole, [answer]: told }
  }
/** `f ⊗ g` whose parts update each other's parameters where these are the same. */
const swapsUpdates = (f: TermLearner, g: TermLearner): TermLearner => {
  const both = termLearners.tensor(f, g)
  if (!sameObject(f.params, g.params)) return both
  const n = f.params.length
  const turned = diagram(both.params, (x) => [...x.slice(n), ...x.slice(0, n)])
  return { ...both, update: compose(both.update, turned) }
}
const negated = (f: Term): Term =>
  compose(
    f,
    diagram(f.cod, (x) => x.map(negate)),
  )
const lenses = (change: Partial<LearnersAsLenses>): LawSet =>
  learnersAsLenses(over(), opticsOver(free), { lens: lensOfLearner, learner: learnerOfLens, ...change })

const halves = learning(reference, halfSquareError)

/** Learners, the functor to them, and learners as lenses, with a mistake. */
export const learnMutants: readonly Mutant[] = [
  ...(['update', 'request'] as const).map((answer) => ({
    mistake: `a composite of learners whose ${answer} hears the label instead of what the second requests`,
    sets: () => learnersWith({ compose: teachesLabel(answer) }),
    killedBy: 'symmetric monoidal functor/composition',
  })),
  {
    mistake: 'a tensor of learners that swaps their updates',
    sets: () => learnersWith({ tensor: swapsUpdates }),
    killedBy: 'symmetric monoidal functor/tensor',
  },
  {
    mistake: 'a composite of learners that negates beside three parameters or more',
    sets: () => {
      const compose = (f: TermLearner, g: TermLearner): TermLearner => {
        const whole = termLearners.compose(f, g)
        return whole.params.length > 2 ? { ...whole, request: negated(whole.request) } : whole
      }
      return [own(learn(over({ compose })))]
    },
    killedBy: 'Learn/dead parameters',
  },
  {
    mistake: 'gradient learners that double their first parameter',
    sets: () => [
      own(
        learnerFunctor({
          ...halves,
          morphism(f) {
            const right = gradientLearner(1 / 4, halfSquareError, f)
            const near = diagram(right.update.dom, (x, algebra) =>
              apply(right.update, x, algebra).map((w, i) => (i === 0 ? multiply(2, w) : w)),
            )
            return { ...right, update: near }
          },
        }),
      ),
    ],
    killedBy: 'functor to Learn/permutations',
  },
  {
    mistake: 'the learner of a lens that negates its request',
    sets: () => [
      own(
        lenses({
          learner: (params, dom, lens) => {
            const right = learnerOfLens(params, dom, lens)
            return { ...right, request: negated(right.request) }
          },
        }),
      ),
    ],
    killedBy: 'Learn and Para(Lens)/learner to lens and back',
  },
  {
    mistake: 'the lens of a learner whose put answers what it was given',
    sets: () => [
      own(
        lenses({
          lens: (f) => {
            const right = lensOfLearner(f)
            const kept = routing(
              putOf(right).dom,
              Array.from({ length: right.dom.length }, (_, i) => i),
            )
            return lensOptic(f.implement, kept, f.cod)
          },
        }),
      ),
    ],
    killedBy: 'Learn and Para(Lens)/lens to learner and back',
  },
]

function learnersWith(change: Partial<Symmetric<Obj, TermLearner>>): readonly LawSet[] {
  return learnersAsLenses(over(change), opticsOver(free), { lens: lensOfLearner, learner: learnerOfLens }).parents
}
