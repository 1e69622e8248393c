import type { Dtype, Type } from '../../src/object/index.js'
import type { Attributes } from '../../src/structure/index.js'

/** How the entries of an operand are drawn: all are exact in float32, so that sums and products of them are. */
export type Draw = 'sixteenths' | 'positive' | 'moderate' | 'small' | 'wide' | 'row' | 'repeating' | 'special'

/** A primitive at a domain. */
export interface Case {
  readonly attributes: Attributes
  readonly dom: readonly Type[]
  /** By operand; sixteenths for floats, small integers for int32 where left out. */
  readonly draw?: readonly Draw[]
}

export const real = (...shape: number[]): Type => ({ dtype: 'float32', shape })
export const int = (...shape: number[]): Type => ({ dtype: 'int32', shape })
export const bit = (...shape: number[]): Type => ({ dtype: 'bit', shape })

export const shapes: readonly (readonly number[])[] = [
  [],
  [5],
  [2, 3],
  [4, 1, 3],
  [2, 3, 2, 4],
  [0],
  [2, 0, 3],
  [33, 17],
]

/** One case a shape. */
export function over(dtypes: readonly Dtype[], arity: number, attributes: Attributes = {}, ...draw: Draw[]): Case[] {
  return dtypes.flatMap((dtype) =>
    shapes.map((shape): Case => ({
      attributes,
      dom: Array.from({ length: arity }, () => ({ dtype, shape })),
      ...(draw.length > 0 ? { draw } : {}),
    })),
  )
}
export const one = (attributes: Attributes, ...dom: Type[]): Case => ({ attributes, dom })
export const drawn = (attributes: Attributes, draw: readonly Draw[], ...dom: Type[]): Case => ({
  attributes,
  dom,
  draw,
})
export const constant = (value: number, dtype: Dtype, shape: readonly number[]): Case => one({ value, dtype, shape })
/** One case a dtype. */
export const each = (attributes: Attributes, ...shape: number[]): Case[] => [
  one(attributes, real(...shape)),
  one(attributes, int(...shape)),
  one(attributes, bit(...shape)),
]
/** Entries that are NaN, infinite or a zero of either sign: few of them and many, as kernels change with the size. */
export const special = (arity: number, attributes: Attributes = {}): Case[] =>
  [[9], [33, 17]].map((shape) =>
    drawn(
      attributes,
      Array.from({ length: arity }, () => 'special' as const),
      ...Array.from({ length: arity }, () => real(...shape)),
    ),
  )
/** Lines of such entries, along either axis: of 1, 2 and 3, so that some hold none of one kind, and of many. */
export const lines: readonly Case[] = [1, 2, 3, 40].flatMap((n) => [
  drawn({ axis: 0 }, ['special'], real(n, 150)),
  drawn({ axis: 1 }, ['special'], real(150, n)),
])
export const words = (left: string, right: string, out: string): Attributes => ({ left, right, out })
export const cut = (axis: number, size: number, stride: number, dilation: number): Attributes => ({
  axis,
  size,
  stride,
  dilation,
})
export const laid = (axis: number, length: number, stride: number, dilation: number): Attributes => ({
  axis,
  length,
  stride,
  dilation,
})
