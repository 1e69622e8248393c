import * as t from 'io-ts'
import { dtypes, type Dtype } from '../object/index.js'
import type { PrimitiveName } from '../primitive/index.js'
import type { Attributes } from '../structure/index.js'
import { exact, list, natural } from './exact.js'

/** Most axes of a tensor that is read. */
export const mostAxes = 64

const isDtype = (u: unknown): u is Dtype => typeof u === 'string' && Object.hasOwn(dtypes, u)
/** The codec of the names of dtypes. */
export const dtype: t.Type<Dtype> = new t.Type<Dtype>(
  `one of ${Object.keys(dtypes).join(', ')}`,
  isDtype,
  (u, context) => (isDtype(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
)
/** The codec of lists of sizes, or of axes. */
export const shape: t.Type<readonly number[]> = list(natural, mostAxes)

/** JSON text has no −0: it stands as `{ "number": "-0" }`. */
const isMinusZero = (u: unknown): boolean => t.UnknownRecord.is(u) && u.number === '-0' && Object.keys(u).length === 1
const number = new t.Type<number, number | { readonly number: string }>(
  'a finite number',
  (u): u is number => typeof u === 'number' && Number.isFinite(u),
  (u, context) =>
    typeof u === 'number' && Number.isFinite(u) ? t.success(u) : isMinusZero(u) ? t.success(-0) : t.failure(u, context),
  (n) => (Object.is(n, -0) ? { number: '-0' } : n),
)
const isWord = (u: unknown): u is string => typeof u === 'string' && u.length <= mostAxes
const word = new t.Type<string>(
  `a text of at most ${mostAxes} letters`,
  isWord,
  (u, context) => (isWord(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
)

/** A codec of attributes with these fields. */
function fields(of: { readonly [name: string]: t.Mixed }): t.Type<Attributes, unknown> {
  const codec = exact(of)
  return new t.Type<Attributes, unknown>(
    codec.name,
    (u): u is Attributes => codec.is(u),
    (u, context) => codec.validate(u, context),
    (given) => codec.encode(given),
  )
}
const none = fields({})
const axis = fields({ axis: natural })

/** The codecs of the attributes of every primitive: a new primitive stops this table from compiling until it has one. */
export const attributes: { readonly [P in PrimitiveName]: t.Type<Attributes, unknown> } = {
  add: none,
  multiply: none,
  negate: none,
  constant: fields({ value: number, dtype, shape }),
  reciprocal: none,
  exp: none,
  log: none,
  sqrt: none,
  sin: none,
  cos: none,
  tanh: none,
  sigmoid: none,
  erf: none,
  relu: none,
  step: none,
  sign: none,
  abs: none,
  maximum: none,
  clip: fields({ low: number, high: number }),
  less: none,
  equal: none,
  select: none,
  broadcast: fields({ axes: shape, shape }),
  sum: fields({ axes: shape }),
  reshape: fields({ shape }),
  transpose: fields({ axes: shape }),
  slice: fields({ start: shape, size: shape }),
  pad: fields({ before: shape, after: shape }),
  concat: axis,
  contract: fields({ left: word, right: word, out: word }),
  windows: fields({ axis: natural, size: natural, stride: natural, dilation: natural }),
  fold: fields({ axis: natural, length: natural, stride: natural, dilation: natural }),
  argmax: axis,
  reduceMax: axis,
  logSumExp: axis,
  gather: none,
  scatterAdd: fields({ rows: natural }),
  iota: fields({ shape, axis: natural }),
  randomBits: fields({ shape }),
  cast: fields({ dtype }),
}
