import {
  add,
  broadcast,
  cast,
  contract,
  gather,
  less,
  letterSizes,
  maximum,
  multiply,
  otherAxes,
  scatterAdd,
  select,
  step,
  subtract,
  sum,
  transpose,
  type ClipAttributes,
  type ContractAttributes,
  type ScatterAttributes,
  type SumAttributes,
} from '../../primitive/index.js'
import type { Attributes, Wire } from '../../structure/index.js'
import type { Lowering } from '../table.js'

/** True of a clip whose bounds are one number. */
export function degenerate(attributes: Attributes): boolean {
  const { low, high } = attributes as ClipAttributes
  return Math.fround(low) >= Math.fround(high)
}

/** A clip by comparisons, its definition. */
export const clipByLess: Lowering = (attributes, inputs) => {
  const { low, high } = attributes as ClipAttributes
  const [x] = inputs as [Wire]
  const below = select(less(x, low), low, x)
  return [select(less(high, below), high, below)]
}

/** `step(x) − step(−x)`, which keeps NaN. */
export const signReal: Lowering = (_, inputs) => {
  const [x] = inputs as [Wire]
  return [subtract(step(x), step(multiply(x, -1)))]
}

/** `−x = −1 · x`. */
export const negateInteger: Lowering = (_, inputs) => {
  const [x] = inputs as [Wire]
  return [multiply(x, -1)]
}
/** `max(x, 0)`. */
export const reluInteger: Lowering = (_, inputs) => {
  const [x] = inputs as [Wire]
  return [maximum(x, 0)]
}
/** `0 < x` as a number. */
export const stepInteger: Lowering = (_, inputs) => {
  const [x] = inputs as [Wire]
  return [cast(less(0, x), 'int32')]
}
/** `(0 < x) − (x < 0)`. */
export const signInteger: Lowering = (_, inputs) => {
  const [x] = inputs as [Wire]
  return [subtract(cast(less(0, x), 'int32'), cast(less(x, 0), 'int32'))]
}
/** `max(x, −x)`. */
export const absByMaximum: Lowering = (_, inputs) => {
  const [x] = inputs as [Wire]
  return [maximum(x, multiply(x, -1))]
}

/** Products entry by entry, summed: tfjs multiplies matrices of floats only. */
export const contractIntegers: Lowering = (attributes, inputs) => {
  const words = attributes as ContractAttributes
  const [x, y] = inputs as [Wire, Wire]
  const sizes = letterSizes(words, x.type, y.type)
  const inner = [...words.left].filter((c) => !words.out.includes(c))
  const letters = [...words.out, ...inner]
  const shape = letters.map((c) => sizes.get(c) ?? 0)
  const spread = (w: Wire, word: string): Wire => {
    const own = letters.filter((c) => word.includes(c))
    const absent = otherAxes(
      letters.length,
      own.map((c) => letters.indexOf(c)),
    )
    return broadcast(
      transpose(
        w,
        own.map((c) => word.indexOf(c)),
      ),
      absent,
      shape,
    )
  }
  return [
    sum(
      multiply(spread(x, words.left), spread(y, words.right)),
      inner.map((_, i) => words.out.length + i),
    ),
  ]
}

/** The parity of a count. */
export const sumBits: Lowering = (attributes, inputs) => {
  const { axes } = attributes as SumAttributes
  const [x] = inputs as [Wire]
  return [cast(sum(cast(x, 'int32'), axes), 'bit')]
}
/** The parity of a contraction. */
export const contractBits: Lowering = (attributes, inputs) => {
  const [x, y] = inputs as [Wire, Wire]
  return [cast(contract(cast(x, 'int32'), cast(y, 'int32'), attributes as ContractAttributes), 'bit')]
}
/** `y + c (x + y)`: tfjs's wasm chooses between words of four bytes, and bits have one. */
export const selectBits: Lowering = (_, inputs) => {
  const [c, x, y] = inputs as [Wire, Wire, Wire]
  return [add(y, multiply(c, add(x, y)))]
}
/** A gather of numbers. */
export const gatherBits: Lowering = (_, inputs) => {
  const [table, indices] = inputs as [Wire, Wire]
  return [cast(gather(cast(table, 'int32'), indices), 'bit')]
}
/** The parity of a scatter-add of numbers. */
export const scatterAddBits: Lowering = (attributes, inputs) => {
  const { rows } = attributes as ScatterAttributes
  const [indices, values] = inputs as [Wire, Wire]
  return [cast(scatterAdd(indices, cast(values, 'int32'), rows), 'bit')]
}
