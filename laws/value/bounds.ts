import type { Dtype } from '../../src/object/index.js'
import type { Arithmetic, Entries, Scalars } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import type { Sides } from '../law/law.js'
import { sameValues } from './compare.js'
import type { Interpreter } from './interpreter.js'
import { rounding, type Accuracy, type Rounded } from './rounding.js'

/** Tensors whose entries carry bounds on their rounding errors. */
export type Values = readonly Entries<Rounded>[]

/** Values, and whether a comparison of rounded numbers could have come out otherwise on the way to them. */
export interface Found {
  readonly values: Values
  readonly undecided: boolean
}

/** What an interpreter has a term be, with bounds on what rounding may do to it elsewhere. */
export type Bounds = (term: Term, x: Values) => Found

/** The bounds that an interpreter derives at an accuracy, of some dtypes or of all. */
export function boundsAt(interpreter: Interpreter, accuracy: Accuracy = {}, at?: readonly Dtype[]): Bounds {
  let undecided = false
  const [near, exact] = [rounding(interpreter, accuracy), rounding(interpreter, { units: 1 })]
  const arithmetic: Arithmetic<Rounded> = (dtype) => (at?.includes(dtype) === false ? exact : near)(dtype)
  const watched = watching(arithmetic, () => {
    undecided = true
  })
  return (term, x) => {
    undecided = false
    const values = interpreter.interpret(term, x, watched)
    return { values, undecided }
  }
}

/** The arithmetic, telling where a comparison or a truncation could come out otherwise within the bounds. */
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
      convert(a, from) {
        const made = s.convert(a, from)
        const at = (value: number): unknown => s.convert({ ...a, value, error: 0 }, from).value
        const [low, high] = [Number(a.value) - 2 * a.error, Number(a.value) + 2 * a.error]
        if (a.error > 0 && made.error === 0 && !(at(low) === made.value && at(high) === made.value)) tell()
        return made
      },
    }
    table.set(dtype, made)
    return made
  }
}

const types = (values: Values): string => values.map((x) => `${x.dtype} ${x.shape.join()}`).join(';')

/** Equality within the bounds; unequal sides of one type with an undecided comparison on the way are counted apart, as undecided. */
export function sameFound(lhs: Found, rhs: Found): Sides {
  const sides = sameValues(lhs.values, rhs.values)
  const open = (lhs.undecided || rhs.undecided) && types(lhs.values) === types(rhs.values)
  return sides.equal || !open ? sides : { ...sides, equal: true, by: 'undecided' }
}
