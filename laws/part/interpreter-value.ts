import { toTensor } from '../../src/backend/reference/index.js'
import { showType, size, type Tensor } from '../../src/object/index.js'
import type { Entries } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import { boundsAt, type Bounds, type Found, type Values } from '../value/bounds.js'
import type { Plain } from '../value/interpreter.js'
import { reference } from '../value/reference.js'
import type { Rounded } from '../value/rounding.js'
import type { Evaluator } from './interpreter-evaluator.js'

/** The bounds of an evaluator; scalars of float64 that it lacks are computed beside it, as the reference does. */
export function boundsOf(evaluator: Evaluator): Bounds {
  const { accuracy = {} } = evaluator
  return evaluator.has('float64') ? boundsAt(reference, accuracy) : boundsAt(reference, accuracy, ['float32'])
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
