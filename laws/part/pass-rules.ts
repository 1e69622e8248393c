import * as fc from 'fast-check'
import type { Dtype } from '../../src/object/index.js'
import { rewrite, type Rule } from '../../src/compile/index.js'
import { flatten, normalForm } from '../../src/term/index.js'
import { context } from '../subject/context.js'
import { termsByValue } from '../subject/term-subject.js'
import { law, type Law } from '../law/law.js'
import { sameText } from '../value/compare.js'
import { reference } from '../value/reference.js'
import { shown } from './interpreter-agreement.js'
import { boundsAt, sameFound } from './interpreter-value.js'
import { redexGrammar } from './pass-grammar.js'

/** Rounds in which rewriting has to be over. */
const enough = 24

/** Rules in any order: they end, and come to the same values. */
export function orderLaws(rules: readonly Rule[], dtype: Dtype): readonly Law[] {
  const s = termsByValue(reference, { dtype, grammar: redexGrammar(dtype) })
  const bounds = boundsAt({})
  const programs = shown(s, context(s, { f: 'A → B' }, 12))
  const keys = fc.array(fc.nat(255), { minLength: rules.length, maxLength: rules.length })
  const ordered = (order: readonly number[]): readonly Rule[] =>
    rules
      .map((rule, i) => ({ rule, key: order[i] ?? 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ rule }) => rule)
  const forall = {
    text: 'f : A → B, π an order of the rules',
    arbitrary: fc.record({ at: programs.arbitrary, order: keys }, { noNullPrototype: true }),
    show: ({ at, order }: { readonly at: Parameters<typeof programs.show>[0]; readonly order: readonly number[] }) => ({
      ...programs.show(at),
      π: ordered(order)
        .map((r) => r.name)
        .join(', '),
    }),
  }
  return [
    law({
      name: 'confluence',
      equation: 'I(rewrite f by π)(x) = I(f)(x)',
      source: 'Baader and Nipkow, Term Rewriting and All That, 1998, 2.1: up to value',
      forall,
      holds({ at: { values, point }, order }) {
        const x = s.point(values.f.dom, point)
        return sameFound(bounds(rewrite(flatten(values.f), ordered(order), enough), x), bounds(values.f, x))
      },
    }),
    law({
      name: 'termination',
      equation: `rewriting by π is over after ${enough} rounds`,
      source: 'Baader and Nipkow, Term Rewriting and All That, 1998, 5.1',
      forall,
      holds({ at: { values }, order }) {
        const over = rewrite(flatten(values.f), ordered(order), enough)
        return sameText(normalForm(rewrite(over, ordered(order), 1)), normalForm(over))
      },
    }),
  ]
}
