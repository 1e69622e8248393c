import * as fc from 'fast-check'
import type { Dtype, Tensor } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import type { Entries } from '../../src/structure/index.js'
import type { Grammar, Term } from '../../src/term/index.js'
import { claiming } from '../law/claim.js'
import { law, type LawSet, type Variables } from '../law/law.js'
import { context } from '../subject/context.js'
import { termsByValue } from '../subject/term-subject.js'
import { reference } from '../value/reference.js'
import { sameFound, type Values } from '../value/bounds.js'
import { sameValues, showValues } from '../value/compare.js'
import { given, type Rounded } from '../value/rounding.js'
import type { Evaluator } from './interpreter-evaluator.js'
import { grammarOf } from './interpreter-grammar.js'
import { boundsOf, evaluated, tensor } from './interpreter-value.js'
import { examplesOf, type Example } from './interpreter-zoo.js'
import { redexGrammar } from './pass-grammar.js'
import { rounding } from './pass-program.js'

/** A claim of a choice of passes: `bytes` that it changes no bit of a result, zeros of either sign being one. */
export type ChoiceClaim = 'bytes'

/** One compiler with two choices of its passes. */
export interface Choice {
  /** With the passes that users have. */
  readonly usual: Evaluator
  readonly other: Evaluator
  /** Programs in which the passes find something. */
  readonly examples: readonly Example[]
  readonly claims?: readonly ChoiceClaim[]
}

/** A program at a point, with what shows them. */
interface Tried {
  readonly term: Term
  readonly x: Values
  show(): Readonly<Record<string, string>>
}

/**
 * The laws of a choice between passes of one compiler: on random programs, their derivatives, and programs in which passes find
 * something, both choices come to the same values up to rounding.
 */
export function passChoice(name: string, { usual, other, examples, claims = [] }: Choice): LawSet {
  const bounds = boundsOf(usual)
  const equation = 'I₋(f)(x) = I(f)(x)'
  const source = 'a pass is an equation of functions'
  const known = knownAt(examples)
  const near = ({ term, x }: Tried) => sameFound(evaluated(other, bounds, term, x), evaluated(usual, bounds, term, x))
  const laws = [
    law({ name: 'programs', equation, source, forall: stated('f, R[f]', randomAt(usual)), holds: near }),
    law({ name: 'known programs', equation, source, forall: stated(`f of ${examples.length}`, known), holds: near }),
  ]
  const bytes = law<Tried>({
    name: 'bytes',
    equation: `${equation}, whatever is rounded`,
    source: 'an equation of floating-point numbers',
    forall: stated('f, R[f], and known ones', fc.oneof({ arbitrary: known, weight: 1 }, randomAt(usual, true))),
    holds({ term, x }) {
      const [lhs, rhs] = [other, usual].map((e) => e.run(term, x.map(tensor)).map(exactly))
      return sameValues(lhs ?? [], rhs ?? [])
    },
  })
  return claiming<ChoiceClaim>('passChoice', { name: 'choice', subject: name, parents: [], laws }, { bytes }, claims)
}

const stated = (text: string, arbitrary: fc.Arbitrary<Tried>): Variables<Tried> => ({
  text,
  arbitrary,
  show: (v) => v.show(),
})

const knownAt = (examples: readonly Example[]): fc.Arbitrary<Tried> => {
  const { forall, at } = examplesOf(examples)
  return forall.arbitrary.map((v) => ({
    ...at(v),
    show: () => ({ f: examples[v.at]?.name ?? '', x: `from ${v.naturals.join(' ')}` }),
  }))
}

/** Programs over each dtype, of all primitives and full of what compilers rewrite, and their derivatives. */
function randomAt(evaluator: Evaluator, rounded = false): fc.Arbitrary<Tried> {
  const over = (['float32', 'int32', 'bit'] as const).filter((dtype) => evaluator.has(dtype))
  const programs = (dtype: Dtype, grammar: Grammar): fc.Arbitrary<Tried> => {
    const s = termsByValue(reference, { dtype, grammar })
    const { arbitrary } = context(s, { f: 'A → B' }, 8)
    return fc.tuple(arbitrary, fc.boolean()).map(([{ values, point }, derived]): Tried => {
      const term = derived ? reverseDerivative(values.f) : values.f
      const near = s.point(term.dom, point)
      const x = rounded ? near.map(rounding) : near
      return { term, x, show: () => ({ f: s.show(term), x: showValues(x) }) }
    })
  }
  return fc.oneof(...over.flatMap((d) => [programs(d, grammarOf(evaluator, d)), programs(d, redexGrammar(d))]))
}

const exactly = ({ dtype, shape, data }: Tensor): Entries<Rounded> => ({
  dtype,
  shape,
  data: Array.from(data as ArrayLike<number>, given),
})
