import * as fc from 'fast-check'
import { dtypes, type Dtype, type Obj } from '../../src/object/index.js'
import type { Term } from '../../src/term/index.js'
import { anyPoint, context, generators, type Given, type Program } from '../subject/context.js'
import { termsByValue, type ValueSubject } from '../subject/term-subject.js'
import type { Sides, Variables } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import { reference } from '../value/reference.js'
import { boundsAt, sameFound, type Values } from '../value/bounds.js'
import { given } from '../value/rounding.js'
import { redexGrammar } from './pass-grammar.js'

/** What a pass is to the laws: a map of terms that keeps their type and their meaning. */
export interface Pass {
  readonly name: string
  run(term: Term): Term
  /** The dtypes it is for. */
  readonly dtypes: readonly Dtype[]
  /** Programs that it is known to change, at a dtype. */
  examples(dtype: Dtype): readonly Term[]
  /** Whether it is tried at every generator as well. */
  readonly everywhere: boolean
}

/** A program over a dtype, and the naturals of a point. */
export interface At extends Given<Obj, Term, Program> {
  readonly dtype: Dtype
}

/** Equality of the values of two programs at a point; of all their bits where asked. */
export type Equal = (before: Term, after: Term, at: At, exact?: boolean) => Sides

/** The programs at which a pass is tried. */
export interface Programs {
  /** Random programs over some of its dtypes. */
  readonly random: (steps: number) => Variables<At> & { readonly arbitrary: fc.Arbitrary<At> }
  /** Random programs, every third time one that it is known to change. */
  readonly mixed: (steps: number) => Variables<At>
  /** All that it is known to change, and every generator, or a random program where there is neither. */
  readonly known: Variables<At>
  readonly equal: Equal
}

/** Programs over the dtypes of a pass. */
export function programsFor(pass: Pass): Programs {
  const subjects = new Map(
    pass.dtypes.map((dtype) => [dtype, termsByValue(reference, { dtype, grammar: redexGrammar(dtype) })]),
  )
  const subjectOf = (dtype: Dtype): ValueSubject => subjects.get(dtype) as ValueSubject
  const described = {
    text: `f : A → B over ${pass.dtypes.join(', ')}`,
    show: ({ dtype, values: { f }, point: naturals }: At) => ({
      f: subjectOf(dtype).show(f),
      point: subjectOf(dtype).showPoint(f.dom, naturals),
    }),
  }
  const random: Programs['random'] = (steps) => ({
    ...described,
    arbitrary: fc.oneof(
      ...pass.dtypes.map((dtype) =>
        context(subjectOf(dtype), { f: 'A → B' }, steps).arbitrary.map((at): At => ({ ...at, dtype })),
      ),
    ),
  })
  const examples = pass.dtypes.flatMap((dtype) =>
    pass.examples(dtype).map((f): At => ({ dtype, values: { f }, point: anyPoint })),
  )
  const at = (dtype: Dtype): readonly At[] =>
    generators(termsByValue(reference, { dtype }))
      .all()
      .map((given) => ({ ...given, dtype }))
  const known = {
    ...described,
    text: `f that the pass changes${pass.everywhere ? ', and every generator' : ''}`,
    all: () => [...examples, ...(pass.everywhere ? pass.dtypes.flatMap(at) : [])],
  }
  const mixed: Programs['mixed'] = (steps) => {
    if (examples.length === 0) return random(steps)
    const { arbitrary } = random(steps)
    const naturals = fc.array(fc.nat(63), { minLength: 31, maxLength: 31 })
    const changed = fc
      .tuple(fc.nat(examples.length - 1), naturals)
      .map(([i, somewhere]) => ({ ...(examples[i] as At), point: somewhere }))
    return { ...described, arbitrary: fc.oneof({ weight: 2, arbitrary }, { weight: 1, arbitrary: changed }) }
  }
  const bounds = boundsAt(reference)
  const equal: Equal = (before, after, { dtype, point: naturals }, exact = false) => {
    const point = subjectOf(dtype).point(before.dom, naturals)
    const x = exact ? point.map(rounding) : point
    const [lhs, rhs] = [bounds(after, x), bounds(before, x)]
    return exact ? sameValues(unbounded(lhs.values), unbounded(rhs.values)) : sameFound(lhs, rhs)
  }
  return { random, mixed, known: examples.length === 0 && !pass.everywhere ? random(2) : known, equal }
}

/** Thirds of very different sizes in place of small integers and sixteenths: every sum of two is rounded. */
export function rounding(t: Values[number], i: number): Values[number] {
  if (!dtypes[t.dtype].analytic) return t
  const near = t.dtype === 'float32' ? Math.fround : Number
  const size = (k: number): number => 2 ** ([0, 17, -9, 4, -1][(3 * i + k) % 5] ?? 0) / 3
  return { ...t, data: Array.from(t.data, (a, k) => given(near(Number(a.value) * size(k)))) }
}

const unbounded = (values: Values): Values =>
  values.map((x) => ({ ...x, data: Array.from(x.data, (a) => ({ ...a, error: 0 })) }))
