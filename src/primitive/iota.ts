import { checkShape, showShape, strides } from '../object/index.js'
import type { Algebra, Wire } from '../structure/index.js'
import { define, only, withOperation, zeroDerivative, type Primitive } from './define.js'
import { positions } from './position.js'

/** A shape, and the axis whose index is the entry. */
export type IotaAttributes = { readonly shape: readonly number[]; readonly axis: number }

/** `iota : I → int32[s…]`, the index along an axis. */
export const iota: Primitive<(algebra: Algebra, shape: readonly number[], axis: number) => Wire, IotaAttributes> =
  withOperation(
    define<IotaAttributes>({
      name: 'iota',
      codomain({ shape, axis }, dom) {
        if (dom.length !== 0) throw new TypeError(`iota: needs no operands, given ${dom.length}`)
        checkShape('iota', shape)
        if (shape[axis] === undefined) throw new TypeError(`iota: ${axis} is not an axis of ${showShape(shape)}`)
        return [{ dtype: 'int32', shape }]
      },
      optic: zeroDerivative,
      batch: () => {
        throw new TypeError('iota: has no operands to batch')
      },
      meaning: ({ shape, axis }, _, __, scalars) => {
        const int = scalars('int32')
        const unit = strides(shape).map((_, a) => (a === axis ? 1 : 0))
        return [Array.from(positions(shape, unit), (i) => int.of(i))]
      },
    }),
    (algebra, shape, axis) => only(algebra.op(iota.operation, { shape, axis }, [])),
  )
