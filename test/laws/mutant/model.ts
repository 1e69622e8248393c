import { models, type Models } from '../../../laws/structure/model.js'
import { parametrisedOver } from '../../../laws/subject/parametric-subject.js'
import { termsByNormalForm } from '../../../laws/index.js'
import { parametrisedMorphisms } from '../../../src/learn/functor/index.js'
import { compose, named, parameterObject, reparametrise, tensor, type Untyped } from '../../../src/optic/index.js'
import { sameObject } from '../../../src/object/index.js'
import { negate } from '../../../src/primitive/index.js'
import { apply, diagram } from '../../../src/term/index.js'
import { mapped } from './dictionary.js'
import type { Mutant } from './mutant.js'

const library: Models = { compose, tensor, named, reparametrise }
const negated = (f: Untyped): Untyped => ({ ...f, term: mapped(f.term, negate) })

const mistakes: readonly (readonly [mistake: string, law: string, change: Partial<Models>])[] = [
  [
    'a composite of models whose second reads the parameters of its first where these are the same',
    'composite',
    {
      compose(f, g) {
        const whole = compose(f, g)
        const n = f.parameters.length
        if (!sameObject(parameterObject(f), parameterObject(g))) return whole
        const term = diagram(whole.term.dom, (x, algebra) =>
          apply(whole.term, [...x.slice(0, n), ...x.slice(0, n), ...x.slice(2 * n)], algebra),
        )
        return { ...whole, term }
      },
    },
  ],
  ['a tensor of models that negates', 'side by side', { tensor: (f, g) => negated(tensor(f, g)) }],
  ['a name that negates', 'named', { named: (name, f) => negated(named(name, f)) }],
  [
    'a reparametrisation of models that negates',
    'reparametrised',
    { reparametrise: (f, q, parameters, along) => negated(reparametrise(f, q, parameters, along)) },
  ],
  ['a name that is forgotten', 'names', { named: (_, f) => f }],
]

/** Combinators of models with a mistake. */
export const modelMutants: readonly Mutant[] = mistakes.map(([mistake, law, change]) => ({
  mistake,
  killedBy: `models/${law}`,
  sets: () => [models(parametrisedOver(termsByNormalForm(), parametrisedMorphisms), { ...library, ...change })],
}))
