import { toTensor } from '../../src/backend/reference/index.js'
import { showType, size, type Dtype, type Tensor } from '../../src/object/index.js'
import type { Arithmetic, Entries, Scalars } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import type { Sides } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import type { Interpreter, Plain } from '../value/interpreter.js'
import { reference } from '../value/reference.js'
import { rounding, type Accuracy, type Rounded } from '../value/rounding.js'
import type { Evaluator } from './interpreter-evaluator.js'

/** Tensors whose entries carry bounds on their rounding errors. */
export type Values = readonly Entries<Rounded>[]

/** Values, and whether a comparison of rounded numbers could have come out otherwise on the way to them. */
export interface Found {
  readonly values: Values
  readonly undecided: boolean
}

/** What the reference has a term be, with bounds on what rounding may do to it elsewhere. */
export type Bounds = (term: Term, x: Values) => Found

/** The bounds that the reference, or another interpreter, derives at an accuracy. */
export function boundsAt(accuracy: Accuracy, interpreter: Interpreter = reference): Bounds {
  let undecided = false
  const watched = watching(rounding(interpreter, accuracy), () => {
    undecided = true
  })
  return (term, x) => {
    undecided = false
    const values = interpreter.interpret(term, x, watched)
    return { values, undecided }
  }
}

/** The arithmetic, telling where a comparison is of numbers closer than their bounds. */
function watching(base: Arithmetic<Rounded>, tell: () => void): Arithmetic<Rounded> {
  const table = new Map<Dtype, Scalars<Rounded>>()
  const near = (a: Rounded, b: Rounded): void => {
    const error = a.error + b.error
    if (a !== b && error > 0 && Math.abs(Number(a.value) - Number(b.value)) <= 2 * error) tell()
  }
  return (dtype) => {
    const known = table.get(dtype)
    if (known !== undefined) return known
    const s = base(dtype)
    const made: Scalars<Rounded> = {
      ...s,
      less: (a, b) => (near(a, b), s.less(a, b)),
      equal: (a, b) => (near(a, b), s.equal(a, b)),
    }
    table.set(dtype, made)
    return made
  }
}

/** What an evaluator answers, with the bounds of the reference. Throws where it answers other types. */
export function evaluated(evaluator: Evaluator, bounds: Bounds, term: Term, x: Values): Found {
  const { values, undecided } = bounds(term, x)
  return { values: within(evaluator.run(term, x.map(tensor)), values), undecided }
}

/** An entry list as a tensor. */
export function tensor(x: Entries<Rounded>): Tensor {
  return toTensor({ dtype: x.dtype, shape: x.shape, data: Array.from(x.data, (a) => a.value) })
}

/** Tensors with the bounds of others. Throws where they are not of one type. */
export function within(given: readonly Tensor[], bounds: Values): Values {
  if (given.length !== bounds.length) throw new TypeError(`${given.length} tensors answered, not ${bounds.length}`)
  return given.map((t, i) => {
    const bound = bounds[i] as Entries<Rounded>
    const [has, wants] = [showType({ dtype: t.dtype, shape: t.shape }), showType(bound)]
    if (has !== wants || t.data.length !== size(bound.shape))
      throw new TypeError(`output ${i} is ${has} with ${t.data.length} entries, not ${wants}`)
    const entry = (value: Plain, k: number): Rounded => ({ ...(bound.data[k] as Rounded), value })
    return { ...bound, data: Array.from(t.data as ArrayLike<Plain>, entry) }
  })
}

/** Equality within the bounds; where a comparison on the way is undecided nothing is determined, and all is equal. */
export function sameFound(lhs: Found, rhs: Found): Sides {
  const sides = sameValues(lhs.values, rhs.values)
  return sides.equal || !(lhs.undecided || rhs.undecided) ? sides : { ...sides, equal: true, by: 'bound' }
}
