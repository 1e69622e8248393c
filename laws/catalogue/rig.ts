import type { Dtype } from '../../src/object/index.js'
import type { Arithmetic } from '../../src/structure/index.js'
import type { Interpreter, Plain } from '../value/interpreter.js'
import { reference } from '../value/reference.js'
import { showValues } from '../value/compare.js'
import { given } from '../value/rounding.js'
import type { LawSet } from '../law/law.js'
import { redexGrammar } from '../part/pass-grammar.js'
import { changeOfRig, ringDerivative } from '../structure/rig.js'
import { rig } from '../structure/scalars.js'
import { boundsAt, sameFound } from '../value/bounds.js'
import { termsByValue, type ValueSubject } from '../subject/term-subject.js'

/** Every dtype. */
export const everyDtype: readonly Dtype[] = ['float64', 'float32', 'integer', 'int32', 'bit']

/** The pairs of dtypes between whose rigs there is a homomorphism: out of Z, Z/2³² → Z/2, and roundings of the reals. */
export const homomorphisms: readonly (readonly [Dtype, Dtype])[] = [
  ['integer', 'float64'],
  ['integer', 'float32'],
  ['integer', 'int32'],
  ['integer', 'bit'],
  ['int32', 'bit'],
  ['float64', 'float32'],
  ['float32', 'float64'],
]

/** Terms over a dtype of which every operation is in every ring; of int32 at points that wrap, too. */
export function ringTerms(interpreter: Interpreter, dtype: Dtype): ValueSubject {
  const s = termsByValue(interpreter, { dtype, grammar: redexGrammar(dtype) })
  const wide = (n: Plain): Plain => (Number(n) % 2 === 0 ? n : Math.imul(Number(n), 0x2e3779b1))
  return dtype === 'int32' ? at(s, wide) : s
}

/** A subject whose points have other entries. */
function at(s: ValueSubject, entry: (n: Plain) => Plain): ValueSubject {
  const bounds = boundsAt(s.interpreter)
  const point: ValueSubject['point'] = (a, blueprint) =>
    s.point(a, blueprint).map((x) => ({ ...x, data: Array.from(x.data, ({ value }) => given(entry(value))) }))
  return {
    ...s,
    point,
    showPoint: (a, blueprint) => showValues(point(a, blueprint)),
    compare(f, g, blueprint) {
      const x = point(f.dom, blueprint)
      return sameFound(bounds(f, x), bounds(g, x))
    },
  }
}

/** The laws of the rigs, of change of rig, and of R over them. */
export function rigLaws(interpreter: Interpreter): readonly LawSet[] {
  return [
    ...everyDtype.map((dtype) => rig(interpreter, dtype)),
    ...homomorphisms.map(([from, to]) =>
      from === 'integer'
        ? changeOfRig(termsByValue(interpreter, { dtype: from }), to)
        : changeOfRig(ringTerms(interpreter, from), to, redexGrammar(from)),
    ),
    ...everyDtype.map((dtype) => ringDerivative(termsByValue(interpreter, { dtype }))),
  ]
}

const limit = 127n
const clamp = (a: Plain): Plain => {
  const n = BigInt(a)
  return n > limit ? limit : n < -limit ? -limit : n
}

/** The integers that stop at ±127: signed saturating arithmetic, which is no ring. */
export const saturating: Arithmetic<Plain> = (dtype) => {
  const s = reference.plain(dtype)
  if (dtype !== 'integer') return s
  return {
    ...s,
    add: (a, b) => clamp(s.add(a, b)),
    multiply: (a, b) => clamp(s.multiply(a, b)),
    of: (n) => clamp(s.of(n)),
  }
}

/** Terms over saturating integers, at points of up to ±96: the laws that tell it from a ring fail. */
export function saturatingTerms(): ValueSubject {
  const interpreter: Interpreter = { ...reference, plain: saturating }
  const s = termsByValue(interpreter, { dtype: 'integer', grammar: redexGrammar('integer') })
  return { ...at(s, (n) => BigInt(n) * 32n), name: 'saturating integers' }
}
