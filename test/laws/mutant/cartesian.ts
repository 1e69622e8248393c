import { sameType, types, type Obj } from '../../../src/object/index.js'
import { addTerm, zeroTerm } from '../../../src/optic/index.js'
import { add, multiply } from '../../../src/primitive/index.js'
import type { Wire } from '../../../src/structure/index.js'
import { apply, compose, copy, diagram, discard, routing, type Term } from '../../../src/term/index.js'
import { cartesian, leftAdditive } from '../../../laws/laws.js'
import { doubled, increased, isEndo, mapped, mutantsOf, own, type Mistake } from './dictionary.js'
import type { Mutant } from './mutant.js'

const scaled = (a: Obj, left: number, right: number): Term =>
  mapped(copy(a), (x, i) => multiply(i < a.length ? left : right, x))
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const uniform = (a: Obj): boolean => types(a).every((t, _, [first]) => first !== undefined && sameType(first, t))

const comonoids: readonly Mistake[] = [
  ['copy forgets its second copy', 'cartesian/cocommutativity', { copy: (a) => scaled(a, 1, 0) }],
  ['copy forgets its first copy', 'cartesian/counit', { copy: (a) => scaled(a, 0, 1) }],
  ['copy doubles its second copy', 'cartesian/coassociativity', { copy: (a) => scaled(a, 1, 2) }],
  ['copy doubles both', 'cartesian/projections', { copy: (a) => scaled(a, 2, 2) }],
  ['a copy that adds one', 'cartesian/naturality of copy', { copy: (a) => increased(copy(a)) }],
  ['a copy that doubles its first copy', 'cartesian/pairing after', { copy: (a) => scaled(a, 2, 1) }],
  [
    'a copy of a product that keeps both copies of a part side by side',
    'cartesian/copying a product',
    {
      copy: (a) =>
        uniform(a)
          ? routing(
              a,
              range(a.length).flatMap((i) => [i, i]),
            )
          : copy(a),
    },
  ],
  [
    'a discard that keeps all but the first',
    'cartesian/naturality of discard',
    { discard: (a) => (a.length > 1 ? routing(a, range(a.length).slice(1)) : discard(a)) },
  ],
  [
    'a discard that keeps scalars',
    'cartesian/uniqueness',
    {
      discard: (a) =>
        routing(
          a,
          range(a.length).filter((i) => types(a)[i]?.shape.length === 0),
        ),
    },
  ],
]

/** `⟨f₁ ∘ g₁, …⟩`, output by output. */
const merged = (f: Term, g: Term, merge: (x: Wire, y: Wire, i: number) => Wire): Term =>
  diagram(addTerm(f, g).dom, (x, algebra) => {
    const right = apply(g, x, algebra)
    return apply(f, x, algebra).map((a, i) => merge(a, right[i] as Wire, i))
  })
const last = (f: Term): number => f.cod.length - 1

const sums: readonly Mistake[] = [
  ['a sum that drops its second', 'left additive/sums are commutative', { add: (f) => f }],
  ['a sum that doubles its second', 'left additive/sums are associative', { add: (f, g) => addTerm(f, doubled(g)) }],
  ['a sum with one more', 'left additive/zero', { add: (f, g) => increased(addTerm(f, g)) }],
  ['products for sums', 'left additive/zero', { add: (f, g) => merged(f, g, multiply) }],
  [
    'a sum of endomorphisms that is their composite',
    'left additive/sums after',
    { add: (f, g) => (isEndo(f) ? compose(f, g) : addTerm(f, g)) },
  ],
  [
    'a sum of the last tensors only',
    'left additive/pairs add',
    { add: (f, g) => merged(f, g, (x, y, i) => (i === last(f) ? add(x, y) : x)) },
  ],
  [
    'a sum of the first tensors, and its left side else',
    'left additive/pairs add',
    { add: (f, g) => merged(f, g, (x, y, i) => (i === 0 ? add(x, y) : x)) },
  ],
  [
    'a sum of all but the last tensor',
    'left additive/projections are additive',
    { add: (f, g) => merged(f, g, (x, y, i) => (i < last(f) ? add(x, y) : x)) },
  ],
  ['a zero that is one', 'left additive/zero', { zero: (a, b) => increased(zeroTerm(a, b)) }],
  [
    'a zero that lets the first input of its type through',
    'left additive/zero after',
    {
      zero: (a, b) =>
        diagram(a, (x, algebra) => {
          const zeros = apply(zeroTerm(a, b), x, algebra)
          return zeros.map((z) => x.find((w) => sameType(w.type, z.type)) ?? z)
        }),
    },
  ],
]

/** Cartesian and left additive categories with a mistake. */
export const cartesianMutants: readonly Mutant[] = [
  ...mutantsOf(comonoids, (s) => [own(cartesian(s))]),
  ...mutantsOf(sums, (s) => [own(leftAdditive(s))]),
]
