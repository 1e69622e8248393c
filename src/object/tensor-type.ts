import type { Dtype } from './dtype.js'
import { checkShape, sameShape, showShape, type Shape } from './shape.js'

/** Tensors of 64-bit floats. */
export interface Float64<S extends Shape> {
  readonly dtype: 'float64'
  readonly shape: S
}
/** Tensors of exact integers. */
export interface Integer<S extends Shape> {
  readonly dtype: 'integer'
  readonly shape: S
}
/** Tensors of 32-bit integers, which wrap. */
export interface Int<S extends Shape> {
  readonly dtype: 'int32'
  readonly shape: S
}
/** Tensors of bits, which add by exclusive or. */
export interface Bit<S extends Shape> {
  readonly dtype: 'bit'
  readonly shape: S
}

/** A tensor type as users write it: a bare shape is float32, other dtypes are named. */
export type TensorType = Shape | Float64<Shape> | Integer<Shape> | Int<Shape> | Bit<Shape>

/** Objects as users write them: lists of tensor types. */
export type Ob = TensorType[]

/** A tensor type in normal form, as terms carry it. */
export interface Type {
  readonly dtype: Dtype
  readonly shape: readonly number[]
}

/** `float64(2, 3)` is the type of 2 × 3 matrices of 64-bit floats. */
export function float64<const S extends Shape>(...shape: S): Float64<S> {
  return { dtype: 'float64', shape }
}
/** `integer(2, 3)` is the type of 2 × 3 matrices of exact integers. */
export function integer<const S extends Shape>(...shape: S): Integer<S> {
  return { dtype: 'integer', shape }
}
/** `int(2, 3)` is the type of 2 × 3 matrices of 32-bit integers. */
export function int<const S extends Shape>(...shape: S): Int<S> {
  return { dtype: 'int32', shape }
}
/** `bit(2, 3)` is the type of 2 × 3 matrices of bits. */
export function bit<const S extends Shape>(...shape: S): Bit<S> {
  return { dtype: 'bit', shape }
}

/** The normal form of a user's tensor type. */
export function normal(type: TensorType): Type {
  const t: Type = Array.isArray(type) ? { dtype: 'float32', shape: type } : { dtype: type.dtype, shape: type.shape }
  checkShape('tensor type', t.shape)
  return t
}

/** The user's notation of a type: the inverse of {@link normal}. */
export function surface(type: Type): TensorType {
  const shape = [...type.shape]
  return type.dtype === 'float32' ? shape : { dtype: type.dtype, shape }
}

/** Equality of types. */
export function sameType(a: Type, b: Type): boolean {
  return a === b || (a.dtype === b.dtype && sameShape(a.shape, b.shape))
}

/** `[784]` for float32, else `bit[784]`. */
export function showType(type: Type): string {
  return type.dtype === 'float32' ? showShape(type.shape) : `${type.dtype}${showShape(type.shape)}`
}

/** `[n] ⊗ t`: one axis more, in front. */
export type Batch<T, N extends number = number> = T extends Shape
  ? [N, ...T]
  : T extends Float64<infer S>
    ? Float64<[N, ...S]>
    : T extends Integer<infer S>
      ? Integer<[N, ...S]>
      : T extends Int<infer S>
        ? Int<[N, ...S]>
        : T extends Bit<infer S>
          ? Bit<[N, ...S]>
          : never
