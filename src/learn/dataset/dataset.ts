import * as E from 'fp-ts/lib/Either.js'
import {
  showShape,
  showType,
  size,
  typeOf,
  type Batch,
  type Bit,
  type Float64,
  type Int,
  type Integer,
  type Shape,
  type Tensor,
  type TensorType,
} from '../../object/index.js'
import type { DatasetError } from './dataset-error.js'

/**
 * Examples of a function A → B: `input` and `label` have one axis more in front, of `count` ≥ 1 rows. Labels are class
 * indices (int32, with the names of the classes) or numbers (a real dtype, no classes).
 */
export interface Dataset<A extends TensorType = TensorType, B extends TensorType = TensorType> {
  readonly input: Tensor<Batch<A>>
  readonly label: Tensor<Batch<B>>
  readonly count: number
  readonly classes: readonly string[]
}

/** A shape without its first axis. */
type Rest<S extends Shape> = S extends [number, ...infer R extends number[]] ? R : Shape
/** The type of one row of a tensor: `[100, 4]` has rows `[4]`. */
export type Row<T extends TensorType> = T extends Shape
  ? Rest<T>
  : T extends Float64<infer S>
    ? Float64<Rest<S>>
    : T extends Integer<infer S>
      ? Integer<Rest<S>>
      : T extends Int<infer S>
        ? Int<Rest<S>>
        : T extends Bit<infer S>
          ? Bit<Rest<S>>
          : never

/**
 * The data set of inputs and labels, one a row. Left where the numbers of rows differ or are 0, where entries do not fill
 * the shape, and on NaN and infinities: `dataset: input at row 3 is NaN: needs finite numbers`.
 */
export function datasetOf<X extends TensorType, Y extends TensorType>(
  x: Tensor<X>,
  y: Tensor<Y>,
): E.Either<DatasetError, Dataset<Row<X>, Row<Y>>> {
  const input = x as unknown as Tensor
  const label = y as unknown as Tensor
  const reason = flaw('input', input) ?? flaw('label', label)
  if (reason !== null) return fail(reason)
  const [count = 0] = input.shape
  const [labels = 0] = label.shape
  if (count !== labels)
    return fail(`${count} inputs ${showType(typeOf(input))} do not match ${labels} labels ${showType(typeOf(label))}`)
  if (count === 0) return fail(`${showType(typeOf(input))} has no rows: needs at least one`)
  return E.right({ input, label, count, classes: [] } as unknown as Dataset<Row<X>, Row<Y>>)
}

/** What is wrong with a tensor by itself. */
function flaw(what: string, tensor: Tensor): string | null {
  const { dtype, data } = tensor
  const shape: readonly number[] = tensor.shape
  const [n] = shape
  if (n === undefined) return `${what} ${showType(typeOf(tensor))} has no axis of rows: needs one in front`
  if (!shape.every((k) => Number.isSafeInteger(k) && k >= 0))
    return `${what} ${showShape(shape)} is not a shape: sizes are integers ≥ 0`
  if (data.length !== size(shape)) return `${what} ${showShape(shape)} has ${size(shape)} entries, given ${data.length}`
  if (dtype !== 'float64' && dtype !== 'float32') return null
  const at = (data as Float64Array | Float32Array).findIndex((v) => !Number.isFinite(v))
  return at < 0 ? null : `${what} at row ${Math.floor(at / (data.length / n))} is ${data[at]}: needs finite numbers`
}

function fail(reason: string): E.Either<DatasetError, never> {
  return E.left({ kind: 'dataset', message: `dataset: ${reason}` })
}
