import { baseChange, para } from '../../../laws/structure/para.js'
import { along, parametrisedOver } from '../../../laws/subject/parametric-subject.js'
import { termsByNormalForm, type LawSet } from '../../../laws/index.js'
import { reverseFunctor } from '../../../laws/laws.js'
import { parametrised, parametrisedMorphisms, type Parametrised } from '../../../src/learn/functor/index.js'
import { product, sameObject, type Obj } from '../../../src/object/index.js'
import { reverse } from '../../../src/optic/index.js'
import { negate } from '../../../src/primitive/index.js'
import type { Symmetric, Wire } from '../../../src/structure/index.js'
import { apply, compose, diagram, routing, type Term } from '../../../src/term/index.js'
import { own } from './dictionary.js'
import type { Mutant } from './mutant.js'

type Category = Symmetric<Obj, Parametrised>
const free = termsByNormalForm()
const integers = termsByNormalForm({ dtype: 'integer' })
const sets =
  (change: (c: Category) => Partial<Category>): (() => readonly LawSet[]) =>
  () => [own(para(parametrisedOver(free, { ...parametrisedMorphisms, ...change(parametrisedMorphisms) })))]
const range = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i)

/** `f ; g` with g's parameters first, as the papers have it. */
export function paperOrder(f: Parametrised, g: Parametrised): Parametrised {
  const whole = parametrisedMorphisms.compose(f, g)
  const params = product(g.params, f.params)
  const [p, q, a] = [f.params.length, g.params.length, f.dom.length]
  const order = [...range(q, p), ...range(0, q), ...range(p + q, a)]
  return { ...whole, params, term: compose(routing(product(params, f.dom), order), whole.term) }
}

/** `f ⊗ g` whose second reads the parameters of the first where these are the same. */
const shared = (f: Parametrised, g: Parametrised): Parametrised => {
  const both = parametrisedMorphisms.tensor(f, g)
  if (!sameObject(f.params, g.params)) return both
  const p = f.params.length
  const term = diagram(both.term.dom, (x, algebra) =>
    apply(both.term, [...x.slice(0, p), ...x.slice(0, p), ...x.slice(2 * p)], algebra),
  )
  return { ...both, term }
}

const negatedFirst = (f: Parametrised, alpha: Term): Parametrised =>
  along(
    f,
    compose(
      diagram(alpha.dom, (x) => x.map((w, i) => (i === 0 ? negate(w) : w))),
      alpha,
    ),
  )

/** Para and its changes of base with a mistake. */
export const paraMutants: readonly Mutant[] = [
  {
    mistake: "a composite of Para with the second's parameters first",
    sets: sets(() => ({ compose: paperOrder })),
    killedBy: 'Para/composite',
  },
  {
    mistake: 'a tensor of Para whose second reads the parameters of its first',
    sets: sets(() => ({ tensor: shared })),
    killedBy: 'Para/side by side',
  },
  ...['along the identity', 'along a composite', 'of a composite', 'of a tensor', 'interchange of 2-cells'].map(
    (law) => ({
      mistake: `a reparametrisation that negates the first parameter (${law})`,
      sets: () => [own(para(parametrisedOver(free, parametrisedMorphisms), negatedFirst))],
      killedBy: `Para/${law}`,
    }),
  ),
  {
    mistake: 'a reparametrisation that does nothing where α is an endomorphism',
    sets: () => [
      own(para(parametrisedOver(free, parametrisedMorphisms), (f, α) => (sameObject(α.dom, α.cod) ? f : along(f, α)))),
    ],
    killedBy: 'Para/along a composite',
  },
  {
    mistake: 'a change of base that negates the first input of diagrams, not of composites',
    sets: () => [
      own(
        baseChange(parametrisedOver(integers, parametrisedMorphisms), {
          ...reverseFunctor(integers),
          morphism: (f) => reverse(f.kind === 'diagram' ? turnedFirst(f) : f),
        }),
      ),
    ],
    killedBy: 'base change/reparametrisation',
  },
  {
    mistake: 'a composite of Para that negates the first parameter where the second has none, seen by R',
    sets: () =>
      baseChange(parametrisedOver(free, { ...parametrisedMorphisms, compose: turning }), reverseFunctor(free)).parents,
    killedBy: 'symmetric monoidal functor/composition',
  },
]

const turnedFirst = (f: Term): Term =>
  compose(
    diagram(f.dom, (x: readonly Wire[]) => x.map((w, i) => (i === 0 ? negate(w) : w))),
    f,
  )

/** `f ; g` with f's first parameter negated where g has none. */
function turning(f: Parametrised, g: Parametrised): Parametrised {
  const whole = parametrisedMorphisms.compose(f, g)
  return f.params.length === 0 || g.params.length > 0 ? whole : parametrised(whole.params, turnedFirst(whole.term))
}
