import { object, sameObject, types, unit } from '../../../src/object/index.js'
import { compose, identity, routing, swap, tensor, type Term } from '../../../src/term/index.js'
import { zeroTerm } from '../../../src/optic/index.js'
import { category, monoidal, symmetric } from '../../../laws/laws.js'
import { doubled, isEndo, mapped, mutantsOf, own, scalar, type Mistake } from './dictionary.js'
import type { Mutant } from './mutant.js'
import { multiply } from '../../../src/primitive/index.js'

const twice = (f: Term): Term => (isEndo(f) ? compose(f, f) : f)

const composition: readonly Mistake[] = [
  ['an identity that doubles', 'category/left identity', { identity: (a) => doubled(identity(a)) }],
  [
    'a composite that runs its first twice where it can',
    'category/right identity',
    { compose: (f, g) => compose(twice(f), g) },
  ],
  [
    'a composite that doubles where its second is one',
    'category/associativity',
    { compose: (f, g) => (g.kind === 'compose' ? doubled(compose(f, g)) : compose(f, g)) },
  ],
  [
    'a composite that is zero where objects do not fit',
    'category/typing',
    { compose: (f, g) => (sameObject(f.cod, g.dom) ? compose(f, g) : zeroTerm(f.dom, g.cod)) },
  ],
  ['objects that are the same if they are as long', 'category/typing', { sameObject: (a, b) => a.length === b.length }],
  [
    'a composite that refuses to pass through I',
    'category/typing',
    {
      compose(f, g) {
        if (f.cod.length === 0) throw new TypeError('compose: nothing flows')
        return compose(f, g)
      },
    },
  ],
]

/** The wires of f ⊗ g, f's outputs in the opposite order where all are of one type. */
const turned = (f: Term): Term => {
  const all = types(f.cod)
  const one = all.every((t) => sameObject(object([t]), object([all[0] ?? t])))
  return one
    ? compose(
        f,
        routing(
          f.cod,
          all.map((_, i) => all.length - 1 - i),
        ),
      )
    : f
}

const tensors: readonly Mistake[] = [
  ['a tensor that doubles its second', 'monoidal/identities', { tensor: (f, g) => tensor(f, doubled(g)) }],
  [
    'a tensor that runs its first twice where it can',
    'monoidal/interchange',
    { tensor: (f, g) => tensor(twice(f), g) },
  ],
  [
    'a tensor that doubles where its second is one',
    'monoidal/associativity',
    { tensor: (f, g) => (g.kind === 'tensor' ? doubled(tensor(f, g)) : tensor(f, g)) },
  ],
  [
    'a tensor that loses the first where it reads nothing',
    'monoidal/left unit',
    { tensor: (f, g) => (f.dom.length === 0 ? doubled(tensor(f, g)) : tensor(f, g)) },
  ],
  ['a scalar for the unit', 'monoidal/right unit', { unit: scalar }],
  [
    'a tensor that swaps the outputs of equal objects',
    'monoidal/identities',
    { tensor: (f, g) => (sameObject(f.cod, g.cod) ? compose(tensor(f, g), swap(f.cod, g.cod)) : tensor(f, g)) },
  ],
  [
    'a tensor that turns the outputs of its first around',
    'monoidal/right unit',
    { tensor: (f, g) => tensor(turned(f), g) },
  ],
]

const symmetries: readonly Mistake[] = [
  [
    'a symmetry that is the identity at equal objects',
    'symmetric/hexagon',
    { swap: (a, b) => (sameObject(a, b) ? identity({ length: a.length + b.length, left: a, right: b }) : swap(a, b)) },
  ],
  [
    'a symmetry that doubles what comes first',
    'symmetric/naturality',
    { swap: (a, b) => mapped(swap(a, b), (x, i) => (i < b.length ? x : multiply(2, x))) },
  ],
  [
    'a symmetry that doubles what comes first',
    'symmetric/involution',
    { swap: (a, b) => mapped(swap(a, b), (x, i) => (i < b.length ? x : multiply(2, x))) },
  ],
  [
    'a symmetry that doubles at products',
    'symmetric/hexagon',
    { swap: (a, b) => (b.length > 1 ? doubled(swap(a, b)) : swap(a, b)) },
  ],
  [
    'a symmetry that doubles at I',
    'symmetric/unit',
    { swap: (a, b) => (sameObject(b, unit) ? doubled(swap(a, b)) : swap(a, b)) },
  ],
]

/** Categories, monoidal categories and symmetries with a mistake. */
export const categoryMutants: readonly Mutant[] = [
  ...mutantsOf(composition, (s) => [category(s)]),
  ...mutantsOf(tensors, (s) => [own(monoidal(s)), own(symmetric(s))]),
  ...mutantsOf(symmetries, (s) => [own(symmetric(s))]),
]
