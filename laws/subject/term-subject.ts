import { showObject, showTensor, type Dtype, type Obj, type Tensor } from '../../src/object/index.js'
import { differentialTerms } from '../../src/optic/index.js'
import type { Arithmetic, Blueprint, Decoders, Entries, ReverseDerivative } from '../../src/structure/index.js'
import { decoders, normalForm, show, type Grammar, type Term } from '../../src/term/index.js'
import { sameText, sameValues } from '../value/compare.js'
import { grammar } from './grammar.js'
import type { Interpreter, Plain } from '../value/interpreter.js'
import { given, rounding, type Rounded } from '../value/rounding.js'
import type { Subject } from './subject.js'

/** Terms with their derivative, as the subject of laws. */
export interface TermSubject extends Subject<Obj, Term, ReverseDerivative<Obj, Term>> {
  readonly dtype: Dtype
  readonly decode: Decoders<Obj, Term, readonly Tensor[]>
}

/** Terms whose equality is that of values, by an interpreter. */
export interface ValueSubject extends TermSubject {
  readonly interpreter: Interpreter
  /** The values of a term at a point, with their rounding errors. */
  values(f: Term, point: readonly Entries<Rounded>[]): readonly Entries<Rounded>[]
  /** The entries of a decoded point. */
  point(a: Obj, blueprint: Blueprint): readonly Entries<Rounded>[]
}

/** What may be put in place: another category to test (a mutant, say), or another grammar. */
export interface TermOptions {
  readonly dtype?: Dtype
  readonly category?: ReverseDerivative<Obj, Term>
  readonly grammar?: Grammar
}

function base(name: string, options: TermOptions, discards: boolean): Omit<TermSubject, 'compare'> {
  const dtype = options.dtype ?? 'float64'
  const decode = decoders(options.grammar ?? grammar(dtype, discards))
  return {
    name: `${name}, ${dtype}`,
    dtype,
    category: options.category ?? differentialTerms,
    decode,
    showObject,
    show,
    showPoint: (a, blueprint) => decode.point(a, blueprint).map(showTensor).join(' ⊗ ') || 'I',
  }
}

/** Terms up to normal form, over every primitive; programs read every wire, so that no cotangent is absent. */
export function termsByNormalForm(options: TermOptions = {}): TermSubject {
  return {
    ...base('terms by normal form', options, false),
    compare: (f, g) => sameText(normalForm(f), normalForm(g)),
  }
}

/** Terms up to value: over the reals every primitive, over other rigs the polynomial ones, where equality is exact. */
export function termsByValue(interpreter: Interpreter, options: TermOptions = {}): ValueSubject {
  const common = base('terms by value', options, true)
  const scalars: Arithmetic<Rounded> = rounding(interpreter)
  const values: ValueSubject['values'] = (f, x) => interpreter.interpret(f, x, scalars)
  const point: ValueSubject['point'] = (a, blueprint) =>
    common.decode.point(a, blueprint).map((x) => ({
      dtype: x.dtype,
      shape: x.shape,
      data: Array.from(x.data as ArrayLike<Plain>, given),
    }))
  return {
    ...common,
    interpreter,
    values,
    point,
    compare: (f, g, blueprint) => {
      const x = point(f.dom, blueprint)
      return sameValues(values(f, x), values(g, x))
    },
  }
}
