import * as fc from 'fast-check'
import { showObject, type Dtype, type Obj } from '../../src/object/index.js'
import { costOf } from '../../src/compile/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import { apply, diagram, flatten, normalForm, wired, type Diagram, type Term } from '../../src/term/index.js'
import { context, generators, type Given, type Program } from '../subject/context.js'
import { termsByValue, type ValueSubject } from '../subject/term-subject.js'
import { law, type Law, type Sides, type Variables } from '../law/law.js'
import { sameText, sameValues } from '../value/compare.js'
import { reference } from '../value/reference.js'
import { shown } from './interpreter-agreement.js'
import { boundsAt, sameFound, type Values } from './interpreter-value.js'
import { redexGrammar } from './pass-grammar.js'

/** What a pass is to the laws: a map of terms that keeps their type and their meaning. */
export interface Pass {
  readonly name: string
  run(term: Term): Term
  /** Programs that it is known to change, at a dtype. */
  examples?(dtype: Dtype): readonly Term[]
}

/** A claim that a pass may make. */
export type PassClaim = 'beforeReverse' | 'exact' | 'idempotent' | 'cheaper'

type At = Given<Obj, Term, Program>
const source = 'an equation between functions, used from left to right'

type Equal = (before: Term, after: Term, point: At['point'], exact?: boolean) => Sides
const unbounded = (values: Values): Values =>
  values.map((x) => ({ ...x, data: Array.from(x.data, (a) => ({ ...a, error: 0 })) }))

/** Programs at a dtype, random ones and every generator, and where laws are tried. */
interface Programs {
  readonly subject: ValueSubject
  readonly random: (steps: number) => Variables<At>
  readonly known: Variables<At>
  readonly examples: readonly At[]
}

function programsAt(pass: Pass, dtype: Dtype): Programs {
  const subject = termsByValue(reference, { dtype, grammar: redexGrammar(dtype) })
  const whole = termsByValue(reference, { dtype })
  const all = generators(whole)
  const point = Array.from({ length: 31 }, (_, i) => (i * i * 23 + i * 5 + 9) % 64)
  const examples = (pass.examples?.(dtype) ?? []).map((f): At => ({ values: { f }, point }))
  return {
    subject,
    examples,
    random: (steps) => shown(subject, context(subject, { f: 'A → B' }, steps)),
    known: shown(whole, {
      ...all,
      text: 'f : A → B, every generator and known example',
      all: () => [...examples, ...all.all()],
    }),
  }
}

/** The laws of a pass at a dtype, and the claims it may make. */
export function passLaws(
  pass: Pass,
  dtype: Dtype,
): { readonly core: readonly Law[]; readonly claims: { readonly [C in PassClaim]: Law } } {
  const { subject, random, known, examples } = programsAt(pass, dtype)
  const bounds = boundsAt({})
  const equal: Equal = (before, after, point, exact = false) => {
    const x = subject.point(before.dom, point)
    const [lhs, rhs] = [bounds(after, x), bounds(before, x)]
    return exact ? sameValues(unbounded(lhs.values), unbounded(rhs.values)) : sameFound(lhs, rhs)
  }
  const meaning = {
    equation: 'I(opt f)(x) = I(f)(x)',
    source,
    holds: ({ values: { f }, point }: At): Sides => equal(f, pass.run(f), point),
  }
  const core = [
    law({
      name: 'types',
      equation: 'opt f : A → B for f : A → B',
      source: 'a pass answers a program, wired as its types have it',
      forall: random(8),
      holds: ({ values: { f } }) => {
        const after = pass.run(f)
        const { dom, boxes, outs } = after.kind === 'diagram' ? after : asDiagram(after)
        return sameText([arrow(after), arrow(wired(dom, boxes, outs))].join('\n'), [arrow(f), arrow(f)].join('\n'))
      },
    }),
    law({ name: 'meaning', forall: random(10), ...meaning }),
    law({ name: 'meaning at generators', forall: known, ...meaning }),
    law({
      name: 'meaning of derivatives',
      equation: 'I(opt R[f])(x) = I(R[f])(x)',
      source: 'passes are run after R',
      forall: random(4),
      holds({ values: { f }, point }) {
        const r = reverseDerivative(f)
        return equal(r, pass.run(r), point)
      },
    }),
  ]
  return { core, claims: claimsOf(pass, (steps) => mixed(random(steps), examples), equal) }
}

/** A term as a box of a diagram. */
function asDiagram(term: Term): Diagram {
  return diagram(term.dom, (wires, algebra) => apply(term, wires, algebra))
}
const arrow = ({ dom, cod }: Pick<Term, 'dom' | 'cod'>): string => `${showObject(dom)} → ${showObject(cod)}`

/** Random programs, every third time one that the pass is known to change. */
function mixed(random: Variables<At>, examples: readonly At[]): Variables<At> {
  if (examples.length === 0 || !('arbitrary' in random)) return random
  const known = fc.nat(examples.length - 1).map((i) => examples[i] as At)
  return { ...random, arbitrary: fc.oneof({ weight: 2, arbitrary: random.arbitrary }, { weight: 1, arbitrary: known }) }
}

function claimsOf(
  pass: Pass,
  random: Programs['random'],
  equal: Equal,
): { readonly [C in PassClaim]: Law } {
  return {
    beforeReverse: law({
      name: 'beforeReverse',
      equation: 'I(R[opt f])(x) = I(R[f])(x)',
      source: 'R is defined on terms: x ∧ x = x is an equation of functions, not of polynomials',
      forall: random(4),
      holds: ({ values: { f }, point }) => equal(reverseDerivative(f), reverseDerivative(pass.run(f)), point),
    }),
    exact: law({
      name: 'exact',
      equation: 'I(opt f)(x) = I(f)(x), whatever is rounded',
      source: 'an equation of floating-point numbers',
      forall: random(8),
      holds: ({ values: { f }, point }) => equal(f, pass.run(f), point, true),
    }),
    idempotent: law({
      name: 'idempotent',
      equation: 'opt(opt f) = opt f',
      source: 'a pass ends where nothing is left to do',
      forall: random(12),
      holds({ values: { f } }) {
        const once = pass.run(f)
        return sameText(normalForm(pass.run(once)), normalForm(once))
      },
    }),
    cheaper: law({
      name: 'cheaper',
      equation: 'cost(opt f) ≤ cost(f), in primitives and in operations',
      source: 'src/compile/cost.ts',
      forall: random(8),
      holds({ values: { f } }) {
        const [before, after] = [costOf(flatten(f)), costOf(pass.run(f))]
        const more = { primitives: Math.max(0, after.primitives - before.primitives), flops: Math.max(0, after.flops - before.flops) }
        return sameText(JSON.stringify(more), JSON.stringify({ primitives: 0, flops: 0 }))
      },
    }),
  }
}
