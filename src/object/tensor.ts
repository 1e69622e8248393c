import type { Dtype } from './dtype.js'
import { size, showShape, type Shape } from './shape.js'
import { normal, showType, type Batch, type Ob, type TensorType, type Type } from './tensor-type.js'

/** The arrays that hold entries, by dtype, row-major. */
export interface Arrays {
  float64: Float64Array
  float32: Float32Array
  integer: readonly bigint[]
  int32: Int32Array
  bit: Uint8Array
}
/** An array of entries of any dtype. */
export type Data = Arrays[Dtype]

/** The dtype of a tensor type. */
export type DtypeOf<T extends TensorType> = T extends Shape
  ? 'float32'
  : T extends { readonly dtype: infer D extends Dtype }
    ? D
    : never
/** The shape of a tensor type. */
export type ShapeOf<T extends TensorType> = T extends Shape
  ? T
  : T extends { readonly shape: infer S extends Shape }
    ? S
    : never

/** A point of a tensor type: dtype, shape and entries, outside any backend. */
export interface Tensor<T extends TensorType = TensorType> {
  readonly dtype: DtypeOf<T>
  readonly shape: ShapeOf<T>
  readonly data: Arrays[DtypeOf<T>]
}

/** A batch of points of an object: one tensor, or a tuple of tensors, each with one axis more in front. */
export type Batched<A extends Ob> = A extends [infer T extends TensorType]
  ? Tensor<Batch<T>>
  : { readonly [K in keyof A]: Tensor<Batch<A[K]> & TensorType> }

/** A fresh array of n entries, all zero. */
export function zeros<D extends Dtype>(dtype: D, n: number): Arrays[D] {
  const make: { readonly [K in Dtype]: () => Arrays[K] } = {
    float64: () => new Float64Array(n),
    float32: () => new Float32Array(n),
    integer: () => new Array<bigint>(n).fill(0n),
    int32: () => new Int32Array(n),
    bit: () => new Uint8Array(n),
  }
  return make[dtype]()
}

/**
 * The array of a list of numbers, rounded where the dtype's rig is. Throws a RangeError where one is not an element of the
 * rig, after the words for where it was found: `array: int32 entry 1 is 2.7, needs an integer in −2³¹ … 2³¹ − 1`.
 */
export function arrayOf<D extends Dtype>(dtype: D, numbers: ArrayLike<number>, where = `array: ${dtype}`): Arrays[D] {
  checkEntries(dtype, numbers, where)
  const make: { readonly [K in Dtype]: () => Arrays[K] } = {
    float64: () => Float64Array.from(numbers),
    float32: () => Float32Array.from(numbers),
    integer: () => Array.from(numbers, (x) => BigInt(x)),
    int32: () => Int32Array.from(numbers),
    bit: () => Uint8Array.from(numbers),
  }
  return make[dtype]()
}

const element: { readonly [D in Dtype]?: { readonly is: (x: number) => boolean; readonly named: string } } = {
  integer: { is: Number.isInteger, named: 'an integer' },
  int32: { is: (x) => x === (x | 0), named: 'an integer in −2³¹ … 2³¹ − 1' },
  bit: { is: (x) => x === 0 || x === 1, named: '0 or 1' },
}

function checkEntries(dtype: Dtype, numbers: ArrayLike<number>, where: string): void {
  const wanted = element[dtype]
  if (wanted === undefined || (numbers instanceof Int32Array && dtype !== 'bit')) return
  for (let i = 0; i < numbers.length; i++) {
    const x = Number(numbers[i])
    if (!wanted.is(x)) throw new RangeError(`${where} entry ${i} is ${x}, needs ${wanted.named}`)
  }
}

/** The entries of a tensor as numbers. */
export function numbersOf(tensor: { readonly data: Data }): number[] {
  return Array.from(tensor.data as ArrayLike<number | bigint>, Number)
}

/**
 * The tensor of a type with the given entries, row-major, copied. Throws where their number is not that of the type:
 * `tensor: [2, 3] has 6 entries, given 5`, or one is not an element of its rig: `tensor: bit[3] entry 2 is 2, needs 0 or 1`.
 */
export function tensorOf<const T extends TensorType>(type: T, numbers: ArrayLike<number>): Tensor<T> {
  const t = normal(type)
  const n = size(t.shape)
  if (numbers.length !== n) throw new RangeError(`tensor: ${showType(t)} has ${n} entries, given ${numbers.length}`)
  const data = arrayOf(t.dtype, numbers, `tensor: ${showType(t)}`)
  return { dtype: t.dtype, shape: [...t.shape], data } as unknown as Tensor<T>
}

/** The normal form of a tensor's type. */
export function typeOf(tensor: Tensor): Type {
  return { dtype: tensor.dtype, shape: tensor.shape }
}

/** `float32[2, 3] [1, 2, 3, …]`, at most eight entries. */
export function showTensor(tensor: Tensor): string {
  const all = numbersOf({ data: tensor.data.slice(0, 8) })
  return `${tensor.dtype}${showShape(tensor.shape)} [${all.join(', ')}${tensor.data.length > 8 ? ', …' : ''}]`
}
