import * as fc from 'fast-check'
import { dtypes, object, showType, size, types, type Dtype, type Obj, type Type } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import {
  abs,
  argmax,
  clip,
  equal,
  less,
  maximum,
  reduceMax,
  relu,
  select,
  sign,
  step,
} from '../../src/primitive/index.js'
import type { Blueprint, Entries, Wire } from '../../src/structure/index.js'
import { diagram, element, show, type Term } from '../../src/term/index.js'
import { context, generators, type Given, type Program } from '../subject/context.js'
import type { ValueSubject } from '../subject/term-subject.js'
import { law, type Law, type Sides } from '../law/law.js'
import { shown } from '../subject/shown.js'
import { sameText } from '../value/compare.js'
import { given, type Rounded } from '../value/rounding.js'
import type { Evaluator } from './interpreter-evaluator.js'
import { evaluated, tensor, within } from './interpreter-value.js'
import { sameFound, type Bounds, type Values } from '../value/bounds.js'

const source = 'the reference backend is the meaning of every primitive; its bounds: Higham 2002, 3.3 and 4.2'
type At = Given<Obj, Term, Program>

/** `I(f)(x) = reference(f)(x)` for a derived program and two points: what is kept of one may be given for the other. */
function agrees(evaluator: Evaluator, s: ValueSubject, bounds: Bounds, derived: (f: Term) => Term) {
  return ({ values: { f }, point }: At): Sides => {
    const program = derived(f)
    const at = (naturals: Blueprint): Sides => {
      const x = s.point(program.dom, naturals)
      return sameFound(evaluated(evaluator, bounds, program, x), bounds(program, x))
    }
    const first = at(point)
    return first.equal ? at([...point.slice(5), ...point.slice(0, 5)].map((n) => (n + 17) % 64)) : first
  }
}

/** Agreement with the reference on programs and their first two derivatives, at generators and at random. */
export function agreementLaws(evaluator: Evaluator, s: ValueSubject, bounds: Bounds): readonly Law[] {
  const each = [
    { name: 'agreement', of: 'f', derived: (f: Term) => f, steps: 6 },
    { name: 'agreement of R[f]', of: 'R[f]', derived: reverseDerivative, steps: 4 },
    {
      name: 'agreement of R[R[f]]',
      of: 'R[R[f]]',
      derived: (f: Term) => reverseDerivative(reverseDerivative(f)),
      steps: 2,
    },
  ]
  return each.flatMap(({ name, of, derived, steps }) => {
    const equation = `I(${of})(x) = reference(${of})(x)`
    const holds = agrees(evaluator, s, bounds, derived)
    return [
      law({ name: `${name} at generators`, equation, source, forall: shown(s, generators(s)), holds }),
      law({ name, equation, source, forall: shown(s, context(s, { f: 'A → B' }, steps)), holds }),
    ]
  })
}

const specials = [NaN, Infinity, -Infinity, 0, -0, 1.5, -0.5]

/** NaN is NaN, infinite is infinite, at generators and their derivatives: backends agree in kind on what is no number. */
export function kindLaw(evaluator: Evaluator, s: ValueSubject, bounds: Bounds): Law {
  const special = (a: Obj, naturals: Blueprint): Values =>
    s.point(a, naturals).map((x) => {
      const entry = (y: Rounded, k: number): Rounded => {
        const n = naturals[(k + x.data.length) % naturals.length] ?? 0
        return dtypes[x.dtype].analytic ? given(specials[n % specials.length] ?? 0) : y
      }
      return { ...x, data: Array.from(x.data, entry) }
    })
  return law({
    name: 'kinds at generators',
    equation: 'I(f)(x) is NaN or infinite exactly where reference(f)(x) is',
    source: 'src/backend/backend.ts',
    forall: generators(s),
    holds({ values: { f }, point }) {
      const x = special(f.dom, point)
      const { values } = bounds(f, x)
      return sameText(kinds(within(evaluator.run(f, x.map(tensor)), values)), kinds(values))
    },
  })
}

const kinds = (values: Values): string =>
  values.map((x) => Array.from(x.data, ({ value }) => kind(Number(value))).join(' ')).join('\n')
const kind = (x: number): string => (Number.isFinite(x) ? 'finite' : String(x))

/** A program with a kink, and its name. */
interface Kink {
  readonly name: string
  readonly term: Term
}

type Body = (x: Wire, y: Wire) => Wire
const kinks: { readonly [name: string]: Body } = {
  relu: (x) => relu(x),
  step: (x) => step(x),
  sign: (x) => sign(x),
  abs: (x) => abs(x),
  maximum: (x, y) => maximum(x, y),
  clip: (x) => clip(x, -1, 1),
  less: (x, y) => select(less(x, y), x, y),
  equal: (x, y) => select(equal(x, y), x, y),
  reduceMax: (x) => reduceMax(x, 0),
  argmax: (x) => argmax(x, 1),
}

function kinksAt(dtype: Dtype): readonly Kink[] {
  return (
    [
      [2, 3],
      [3, 2],
    ] as const
  ).flatMap((shape) => {
    const type: Type = { dtype, shape }
    return Object.entries(kinks).flatMap(([name, body]): Kink[] => {
      const term = diagram(object([type, type]), ([x, y]) => [body(x as Wire, y as Wire)])
      const both = name === 'argmax' ? [term] : [term, reverseDerivative(term)]
      return both.map((f, i) => ({ name: `${i === 0 ? name : `R[${name}]`} at ${showType(type)}`, term: f }))
    })
  })
}

/** Agreement where operands are equal, at kinks and their derivatives: which operand wins, and gets the cotangent. */
export function tieLaw(evaluator: Evaluator, dtype: Dtype, bounds: Bounds): Law {
  const all = kinksAt(dtype)
  const point = ({ at, naturals }: { readonly at: number; readonly naturals: readonly number[] }): Values => {
    return types((all[at] as Kink).term.dom).map((t, i): Entries<Rounded> => {
      const entry = (_: unknown, k: number): Rounded => exactly(t.dtype, (naturals[(7 * i + k) % 19] ?? 0) % 3)
      return { dtype: t.dtype, shape: t.shape, data: Array.from({ length: size(t.shape) }, entry) }
    })
  }
  return law({
    name: 'ties',
    equation: 'I(f)(x) = reference(f)(x) for f with kinks, and R[f], x of −1, 0 and 1',
    source: 'src/primitive/order.ts: at a tie the first operand is taken',
    forall: {
      text: 'f with a kink, or its derivative',
      arbitrary: fc.record(
        { at: fc.nat(all.length - 1), naturals: fc.array(fc.nat(2), { minLength: 19, maxLength: 19 }) },
        { noNullPrototype: true },
      ),
      show: (v) => ({
        f: `${(all[v.at] as Kink).name}: ${show((all[v.at] as Kink).term)}`,
        x: point(v)
          .map((x) => `[${Array.from(x.data, (a) => String(a.value)).join(', ')}]`)
          .join(' ⊗ '),
      }),
    },
    holds(v) {
      const { term } = all[v.at] as Kink
      return sameFound(evaluated(evaluator, bounds, term, point(v)), bounds(term, point(v)))
    },
  })
}

/** 0, 1 or −1 in a rig. */
function exactly(dtype: Dtype, n: number): Rounded {
  const x = element(dtype, n)
  return given(dtype === 'integer' ? BigInt(x) : x)
}
