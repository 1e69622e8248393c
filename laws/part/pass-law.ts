import { showObject } from '../../src/object/index.js'
import { costOf, type Cost } from '../../src/compile/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import { apply, diagram, flatten, normalForm, wired, type Diagram, type Term } from '../../src/term/index.js'
import { law, type Law, type Sides, type Variables } from '../law/law.js'
import { sameText } from '../value/compare.js'
import { programsFor, type At, type Pass, type Programs } from './pass-program.js'

/** A claim that a pass may make. */
export type PassClaim = 'beforeReverse' | 'exact' | 'idempotent' | 'cheaper' | 'shorter'

/** The laws of a pass, and the claims it may make. */
export function passLaws(pass: Pass): {
  readonly core: readonly Law[]
  readonly claims: { readonly [C in PassClaim]: Law }
} {
  const programs = programsFor(pass)
  const { random, known, equal } = programs
  const meaning = {
    equation: 'I(opt f)(x) = I(f)(x)',
    source: 'an equation between functions, used from left to right',
    holds: (at: At): Sides => equal(at.values.f, pass.run(at.values.f), at),
  }
  const core = [
    law({
      name: 'types',
      equation: 'opt f : A → B for f : A → B',
      source: 'a pass answers a program, wired as its types have it',
      forall: random(8),
      holds({ values: { f } }) {
        const after = pass.run(f)
        const { dom, boxes, outs } = asDiagram(after)
        return sameText([arrow(after), arrow(wired(dom, boxes, outs))].join('\n'), [arrow(f), arrow(f)].join('\n'))
      },
    }),
    law({ name: 'meaning', forall: random(10), ...meaning }),
    law({ name: 'meaning at known programs', forall: known, ...meaning }),
    law({
      name: 'meaning of derivatives',
      equation: 'I(opt R[f])(x) = I(R[f])(x)',
      source: 'passes are run after R',
      forall: random(4),
      holds(at) {
        const r = reverseDerivative(at.values.f)
        return equal(r, pass.run(r), at)
      },
    }),
  ]
  return { core, claims: claimsOf(pass, programs) }
}

/** A term as a diagram: itself, or one box. */
function asDiagram(term: Term): Diagram {
  return term.kind === 'diagram' ? term : diagram(term.dom, (wires, algebra) => apply(term, wires, algebra))
}
const arrow = ({ dom, cod }: Pick<Term, 'dom' | 'cod'>): string => `${showObject(dom)} → ${showObject(cod)}`

function claimsOf(pass: Pass, { mixed, equal }: Programs): { readonly [C in PassClaim]: Law } {
  return {
    beforeReverse: law({
      name: 'beforeReverse',
      equation: 'I(R[opt f])(x) = I(R[f])(x)',
      source: 'R is defined on terms: x ∧ x = x is an equation of functions, not of polynomials',
      forall: mixed(4),
      holds: (at) => equal(reverseDerivative(at.values.f), reverseDerivative(pass.run(at.values.f)), at),
    }),
    exact: law({
      name: 'exact',
      equation: 'I(opt f)(x) = I(f)(x), whatever is rounded',
      source: 'an equation of floating-point numbers',
      forall: mixed(8),
      holds: (at) => equal(at.values.f, pass.run(at.values.f), at, true),
    }),
    idempotent: law({
      name: 'idempotent',
      equation: 'opt(opt f) = opt f',
      source: 'a pass ends where nothing is left to do',
      forall: mixed(12),
      holds({ values: { f } }) {
        const once = pass.run(f)
        return sameText(normalForm(pass.run(once)), normalForm(once))
      },
    }),
    cheaper: costLaw('cheaper', 'flops', 'operations on entries', mixed(8), pass),
    shorter: costLaw('shorter', 'primitives', 'primitives, constants included', mixed(8), pass),
  }
}

/** A cost that does not grow. */
function costLaw(name: PassClaim, of: keyof Cost, what: string, forall: Variables<At>, pass: Pass): Law {
  return law({
    name,
    equation: `cost(opt f) ≤ cost(f), in ${what}`,
    source: 'src/compile/cost.ts',
    forall,
    holds({ values: { f } }) {
      const [before, after] = [costOf(flatten(f))[of], costOf(pass.run(f))[of]]
      return sameText(`at most ${Math.max(before, after)} ${of}`, `at most ${before} ${of}`)
    },
  })
}
