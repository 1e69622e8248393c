import {
  add,
  broadcast,
  cast,
  contract,
  equal,
  iota,
  less,
  otherAxes,
  select,
  subtract,
  sum,
} from '../primitive/index.js'
import type { Algebra, Wire } from '../structure/index.js'
import type { Distance } from './loss.js'

/** The axes of a wire but the first. */
const inner = (x: Wire): number[] => otherAxes(x.type.shape.length, [0])

/** `i < j` as int32[n, n]. */
function strictlyUpper(algebra: Algebra, n: number): Wire {
  return cast(less(iota(algebra, [n, n], 0), iota(algebra, [n, n], 1)), 'int32')
}

/** Whether no row above was wrong, for every entry: bit[n, …]. Made of comparisons, so it has no derivative. */
function first(label: Wire, prediction: Wire): Wire {
  const wrong = sum(cast(add(equal(prediction, label), 1), 'int32'), inner(label))
  const above = contract(wrong, strictlyUpper(label.algebra, label.type.shape[0] ?? 0), {
    left: 'i',
    right: 'ij',
    out: 'j',
  })
  return broadcast(equal(above, 0), inner(label), label.type.shape)
}

/**
 * `prediction − label` up to the first row that is wrong, and 0 below it: for sequences that are answered row by row, where
 * what follows a mistake is wrong because of it and says nothing of its own. Of one row, or of a scalar, it is `difference`.
 */
export const earliest: Distance = {
  distance: 'earliest',
  body: (label, prediction) =>
    prediction.map((y, i) => {
      const wanted = label[i] as Wire
      const d = subtract(y, wanted)
      return y.type.shape.length === 0 ? d : select(first(wanted, y), d, 0)
    }),
}
