import { derivativeLens, learning } from '../../../laws/catalogue/structure.js'
import { lawfulLens } from '../../../laws/part/lawful-lens.js'
import { parametric } from '../../../laws/structure/parametric.js'
import { learnersOver, parametrisedOver } from '../../../laws/subject/parametric-subject.js'
import { reference, termsByNormalForm, type LawSet } from '../../../laws/index.js'
import { functor } from '../../../laws/laws.js'
import {
  errorFunction,
  halfSquareError,
  parametrised,
  parametrisedMorphisms,
  squareError,
  termLearners,
  type Parametrised,
  type TermLearner,
} from '../../../src/learn/functor/index.js'
import { product, sameObject, types, type Obj } from '../../../src/object/index.js'
import { negate } from '../../../src/primitive/index.js'
import type { Symmetric, Wire } from '../../../src/structure/index.js'
import { apply, compose, diagram, routing, type Term } from '../../../src/term/index.js'
import type { Mutant } from './mutant.js'
import { paperOrder } from './para.js'

type Category = Symmetric<Obj, Parametrised>
const free = termsByNormalForm()
const sets =
  (change: (c: Category) => Partial<Category>): (() => readonly LawSet[]) =>
  () => [parametric(parametrisedOver(free, { ...parametrisedMorphisms, ...change(parametrisedMorphisms) }))]
const negated = (f: Parametrised): Parametrised => ({
  ...f,
  term: compose(
    f.term,
    diagram(f.cod, (x) => x.map(negate)),
  ),
})
const range = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i)

/** `f ; g` that teaches f with g's label where that is well typed. */
const teachesLabel = (f: TermLearner, g: TermLearner): TermLearner => {
  const whole = termLearners.compose(f, g)
  if (!sameObject(g.dom, g.cod)) return whole
  const [p, q, a] = [f.params.length, g.params.length, f.dom.length]
  const told = (answer: Term): Term =>
    diagram(whole.request.dom, (x, algebra) => {
      const own = [...x.slice(0, p), ...x.slice(p + q, p + q + a), ...x.slice(p + q + a)]
      return apply(answer, own, algebra)
    })
  return { ...whole, request: told(f.request) }
}
const learns = (change: Partial<Symmetric<Obj, TermLearner>>): (() => readonly LawSet[]) => {
  const category = { ...termLearners, ...change }
  return () => [{ ...parametric(learnersOver(free, category)) }]
}
const wrongInverse = errorFunction('wrong', squareError.error, halfSquareError.inverse)
/** `f ⊗ g` with g's parameters first. */
const turnedTensor = (f: Parametrised, g: Parametrised): Parametrised => {
  const whole = parametrisedMorphisms.tensor(f, g)
  const params = product(g.params, f.params)
  const [p, q, n] = [f.params.length, g.params.length, whole.dom.length]
  const order = [...range(q, p), ...range(0, q), ...range(p + q, n)]
  return { ...whole, params, term: compose(routing(product(params, whole.dom), order), whole.term) }
}

/** Para and Learn with a mistake, functors between them, errors and lenses. */
export const parametricMutants: readonly Mutant[] = [
  {
    mistake: "composites with the second's parameters first",
    sets: sets(() => ({ compose: paperOrder })),
    killedBy: 'parametric/interchange',
  },
  {
    mistake: 'identities of products that have a parameter of their own',
    sets: sets((c) => ({
      identity: (a) =>
        a.length < 2 ? c.identity(a) : parametrised(a, routing(product(a, a), range(a.length, a.length))),
    })),
    killedBy: 'parametric/tensor of identities',
  },
  {
    mistake: 'a tensor that negates beside two wires',
    sets: sets((c) => ({ tensor: (f, g) => c.tensor(f, f.dom.length === 2 ? negated(g) : g) })),
    killedBy: 'parametric/tensor is associative',
  },
  {
    mistake: 'a tensor that negates beside nothing',
    sets: sets((c) => ({ tensor: (f, g) => c.tensor(f, f.dom.length === 0 ? negated(g) : g) })),
    killedBy: 'parametric/unit of the tensor',
  },
  {
    mistake: 'a symmetry that does nothing at equal objects',
    sets: sets((c) => ({ swap: (a, b) => (sameObject(a, b) ? c.identity(product(a, b)) : c.swap(a, b)) })),
    killedBy: 'parametric/naturality of the symmetry',
  },
  {
    mistake: 'a symmetry that negates',
    sets: sets((c) => ({ swap: (a, b) => negatedFirst(c.swap(a, b)) })),
    killedBy: 'parametric/involution',
  },
  {
    mistake: 'a symmetry that negates three wires',
    sets: sets((c) => ({ swap: (a, b) => (a.length + b.length === 3 ? negated(c.swap(a, b)) : c.swap(a, b)) })),
    killedBy: 'parametric/hexagon',
  },
  {
    mistake: 'a learner that teaches its first part with the label of its second',
    sets: learns({ compose: teachesLabel }),
    killedBy: 'category/left identity',
  },
  {
    mistake: "composites with the second's parameters first, permuted",
    sets: sets(() => ({ compose: paperOrder })),
    killedBy: 'parametric/permutations in a composite',
  },
  {
    mistake: "tensors with the second's parameters first",
    sets: sets(() => ({ tensor: turnedTensor })),
    killedBy: 'parametric/permutations side by side',
  },
  {
    mistake: 'an error with the inverse of another',
    sets: () => [functor(learning(reference, wrongInverse))],
    killedBy: 'symmetric monoidal functor/composition',
  },
  ...(['getPut', 'putGet', 'putPut'] as const).map((claim) => ({
    mistake: `a map with its reverse derivative, said to satisfy ${claim}`,
    sets: () => [lawfulLens('mistaken', derivativeLens, { claims: [claim] })],
    killedBy: `lawful lens/${claim}`,
  })),
]

function negatedFirst(f: Parametrised): Parametrised {
  const n = types(f.cod).length
  return {
    ...f,
    term: compose(
      f.term,
      diagram(f.cod, (x: readonly Wire[]) => x.map((w, i) => (i === n - 1 ? negate(w) : w))),
    ),
  }
}
