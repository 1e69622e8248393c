import * as fc from 'fast-check'
import type { Dtype } from '../../src/object/index.js'
import { rewrite, type Rule } from '../../src/compile/index.js'
import { flatten, normalForm, type Term } from '../../src/term/index.js'
import { law, type Law } from '../law/law.js'
import { sameText } from '../value/compare.js'
import { programsFor, type At } from './pass-program.js'

/** Rounds in which rewriting has to be over. */
const enough = 24

/** Rules in any order: they end, and come to the same values. */
export function orderLaws(rules: readonly Rule[], dtypes: readonly Dtype[]): readonly Law[] {
  const none = (term: Term): Term => term
  const { random, equal } = programsFor({ name: 'rules', run: none, dtypes, examples: () => [], everywhere: false })
  const programs = random(12)
  const ordered = (order: readonly number[]): readonly Rule[] =>
    rules
      .map((rule, i) => ({ rule, key: order[i] ?? 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ rule }) => rule)
  const keys = fc.array(fc.nat(255), { minLength: rules.length, maxLength: rules.length })
  const forall = {
    text: `${programs.text}, π an order of the rules`,
    arbitrary: fc.record({ at: programs.arbitrary, order: keys }, { noNullPrototype: true }),
    show: ({ at, order }: { readonly at: At; readonly order: readonly number[] }) => ({
      ...programs.show(at),
      π: ordered(order)
        .map((r) => r.name)
        .join(', '),
    }),
  }
  return [
    law({
      name: 'any order',
      equation: 'I(rewrite f by π)(x) = I(f)(x)',
      source: 'each rule is an equation, so their order is free',
      forall,
      holds: ({ at, order }) => equal(at.values.f, rewrite(flatten(at.values.f), ordered(order), enough), at),
    }),
    law({
      name: 'termination',
      equation: `rewriting by π is over after ${enough} rounds`,
      source: 'Baader and Nipkow, Term Rewriting and All That, 1998, 5.1',
      forall,
      holds({ at, order }) {
        const over = rewrite(flatten(at.values.f), ordered(order), enough)
        return sameText(normalForm(rewrite(over, ordered(order), 1)), normalForm(over))
      },
    }),
  ]
}
