import {
  differentialTerms,
  identityOptic,
  lensOptic,
  putOf,
  reverse,
  reverseDerivative,
  type Optic,
} from '../../../src/optic/index.js'
import { multiply } from '../../../src/primitive/index.js'
import { compose, flatten, type Term } from '../../../src/term/index.js'
import { reference, second, termsByValue } from '../../../laws/index.js'
import { functor, reverseFunctor } from '../../../laws/laws.js'
import { doubled, isEndo, mapped } from './dictionary.js'
import type { Mutant } from './mutant.js'

/** The lens of f with the put of another derivative. */
const withPut = (f: Term, put: (f: Term) => Term): Optic => lensOptic(f, put(f), f.cod)

/** The wires of f where they only change places, as they are instead of as they were. */
const unturned = (f: Term): Term =>
  flatten(f).boxes.length === 0 && isEndo(f) && f.dom.length > 0
    ? compose(second(differentialTerms, f.dom, f.cod), f)
    : reverseDerivative(f)

const mistakes: readonly (readonly [mistake: string, law: string, morphism: (f: Term) => Optic])[] = [
  ['R with cotangents doubled', 'identities', (f) => withPut(f, (g) => doubled(reverseDerivative(g)))],
  [
    'R that forgets an endomorphism and takes the identity',
    'composition',
    (f) => (isEndo(f) ? identityOptic(f.dom) : reverse(f)),
  ],
  [
    'R that doubles the cotangent of the first input',
    'tensor',
    (f) => withPut(f, (g) => mapped(reverseDerivative(g), (x, i) => (i === 0 ? multiply(2, x) : x))),
  ],
  ['R that does not turn back what changed places', 'symmetry', (f) => withPut(f, unturned)],
  [
    'R whose get is the identity where it can be',
    'composition',
    (f) => (isEndo(f) ? lensOptic(differentialTerms.identity(f.dom), putOf(reverse(f)), f.cod) : reverse(f)),
  ],
]

/** Functors with a mistake: R, into optics. */
export const functorMutants: readonly Mutant[] = mistakes.map(([mistake, law, morphism]) => ({
  mistake,
  killedBy: `symmetric monoidal functor/${law}`,
  sets: () => [functor({ ...reverseFunctor(termsByValue(reference, { dtype: 'integer' })), morphism })],
}))
