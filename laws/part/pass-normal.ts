import type { LawSet } from '../law/law.js'
import { law, type Sides } from '../law/law.js'
import type { Dtype } from '../../src/object/index.js'
import type { Term } from '../../src/term/index.js'
import { context } from '../subject/context.js'
import { termsByValue } from '../subject/term-subject.js'
import { reference } from '../value/reference.js'
import { redexGrammar } from './pass-grammar.js'
import { boundsAt, sameFound } from '../value/bounds.js'

const over: readonly Dtype[] = ['float64', 'integer', 'bit']

/** The law of a normal form: programs that have the same are equal. */
export function normalForms(name: string, form: (f: Term) => string): LawSet {
  const parents = over.map((dtype): LawSet => {
    const s = termsByValue(reference, { dtype, grammar: redexGrammar(dtype) })
    const bounds = boundsAt(reference)
    const sound = (f: Term, g: Term, point: Parameters<typeof s.point>[1]): Sides => {
      const x = s.point(f.dom, point)
      return sameFound(bounds(f, x), bounds(form(f) === form(g) ? g : f, x))
    }
    return {
      name: 'normal form',
      subject: `${name}, ${dtype}`,
      parents: [],
      laws: [
        law({
          name: 'sound',
          equation: 'nf f = nf g implies I(f)(x) = I(g)(x)',
          source: 'nf is the normal form of the free category with copies and discards',
          forall: context(s, { f: 'A → B', g: 'A → B' }, 1),
          holds: ({ values: { f, g }, point }) => sound(f, g, point),
        }),
      ],
    }
  })
  return { name: 'normal form', subject: name, parents, laws: [] }
}
