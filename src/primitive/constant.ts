import { checkShape, dtypes, showShape, size, type Dtype } from '../object/index.js'
import type { Algebra, Wire } from '../structure/index.js'
import { define, only, withOperation, zeroDerivative, type Primitive } from './define.js'

/** One number at every entry of a shape. */
export type ConstantAttributes = { readonly value: number; readonly dtype: Dtype; readonly shape: readonly number[] }

const rounded = (value: number, dtype: Dtype): number => (dtype === 'float32' ? Math.fround(value) : value)
const isElement = (value: number, dtype: Dtype): boolean =>
  Number.isFinite(rounded(value, dtype)) && (dtypes[dtype].rational || Number.isInteger(value))

/** `constant : I → [s…]`, never materialised by an executor. The value is finite, in float32 too; in a rig without fractions it is an integer; −0 is 0. */
export const constant: Primitive<
  (algebra: Algebra, value: number, dtype: Dtype, shape: readonly number[]) => Wire,
  ConstantAttributes
> = withOperation(
  define<ConstantAttributes>({
    name: 'constant',
    codomain({ value, dtype, shape }, dom) {
      if (dom.length !== 0) throw new TypeError(`constant: needs no operands, given ${dom.length}`)
      checkShape('constant', shape)
      if (!Number.isFinite(rounded(value, dtype)))
        throw new TypeError(`constant: ${value} is not a finite number${Number.isFinite(value) ? ` in ${dtype}` : ''}`)
      if (!isElement(value, dtype))
        throw new TypeError(
          `constant: ${value} is not an element of ${dtypes[dtype].rig} (${dtype}${showShape(shape)})`,
        )
      return [{ dtype, shape }]
    },
    optic: zeroDerivative,
    batch: () => {
      throw new TypeError('constant: has no operands to batch')
    },
    meaning: ({ value, dtype, shape }, _, __, scalars) => [
      Array.from({ length: size(shape) }, () => scalars(dtype).of(value + 0)),
    ],
    retype: (attributes, from, to) =>
      attributes.dtype !== from
        ? attributes
        : isElement(attributes.value, to)
          ? { ...attributes, dtype: to }
          : undefined,
  }),
  (algebra, value, dtype, shape) => only(algebra.op(constant.operation, { value: value + 0, dtype, shape }, [])),
)

/** A wire, or a number that stands for the constant of the other operand's type. */
export type Operand = Wire | number

/** The constant of a wire's type. */
export function like(wire: Wire, value: number): Wire {
  return constant(wire.algebra, value, wire.type.dtype, wire.type.shape)
}

/** Two operands as wires of one type. Throws where both are numbers. */
export function operands(name: string, x: Operand, y: Operand): readonly [Wire, Wire] {
  for (const operand of [x, y] as readonly unknown[])
    if (typeof operand !== 'number' && (typeof operand !== 'object' || operand === null))
      throw new TypeError(`${name}: an operand is ${String(operand)}, needs a wire or a number`)
  if (typeof x !== 'number') return [x, typeof y === 'number' ? like(x, y) : y]
  if (typeof y !== 'number') return [like(y, x), y]
  throw new TypeError(`${name}: one operand is a wire; given the numbers ${x} and ${y}`)
}
