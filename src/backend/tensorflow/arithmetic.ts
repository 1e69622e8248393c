import type { Type } from '../../object/index.js'
import {
  add,
  less,
  multiply,
  select,
  step,
  type ClipAttributes,
  type ConstantAttributes,
} from '../../primitive/index.js'
import { constantValue, type Builder, type Emit } from './builder.js'
import { entrywise } from './elementwise.js'
import { constantOf, negated, type Value } from './value.js'

/** The number, once in memory. */
export const emitConstant: Emit = (b, _, attributes, out) =>
  constantValue(b, out, (attributes as ConstantAttributes).value)

/** A sum; a difference where an operand is a negative. */
export const emitAdd: Emit = (b, [x, y], _, out) => {
  if (x === undefined || y === undefined) throw new TypeError('add: no operand')
  const [minusX, minusY] = [negated(x), negated(y)]
  if (minusY !== undefined) return difference(b, x, minusY, out)
  if (minusX !== undefined) return difference(b, y, minusX, out)
  return entrywise(b, 'Add', {}, [x, y], out)
}

function difference(b: Builder, left: Value, right: Value, out: Type): Value {
  return entrywise(b, 'Sub', {}, [left, right], out, { kind: 'subtract', left, right })
}

/** A product; a quotient where an operand is a reciprocal that nothing else reads, a square where both are one. */
export const emitMultiply: Emit = (b, [x, y], _, out) => {
  if (x === undefined || y === undefined) throw new TypeError('multiply: no operand')
  if (constantOf(x) === 1) return { ...y, type: out }
  if (constantOf(y) === 1) return { ...x, type: out }
  if (x.storage === y.storage && x.view.join() === y.view.join()) return entrywise(b, 'Square', {}, [x], out)
  if (y.once === true && y.definition?.kind === 'reciprocal')
    return entrywise(b, 'RealDiv', {}, [x, y.definition.of], out)
  if (x.once === true && x.definition?.kind === 'reciprocal')
    return entrywise(b, 'RealDiv', {}, [y, x.definition.of], out)
  return entrywise(b, 'Multiply', {}, [x, y], out)
}

/**
 * `a · b` modulo 2³² where products are computed in 64-bit floats: with `b = 2¹⁶ h + l` every partial product is below
 * 2⁴⁸ and exact, and storing it wraps. One multiplication where an operand is a small constant.
 */
export const emitWrappingMultiply: Emit = (b, [x, y], _, out) => {
  if (x === undefined || y === undefined) throw new TypeError('multiply: no operand')
  const small = [x, y].some((v) => Math.abs(constantOf(v) ?? Infinity) <= 2 ** 20)
  if (small) return entrywise(b, 'Multiply', {}, [x, y], out)
  const int = (n: number): Value => constantValue(b, out, n)
  const low = entrywise(b, 'BitwiseAnd', {}, [y, int(0xffff)], out)
  const high = entrywise(b, 'FloorDiv', {}, [entrywise(b, 'Sub', {}, [y, low], out), int(0x10000)], out)
  const upper = entrywise(b, 'Multiply', {}, [entrywise(b, 'Multiply', {}, [x, high], out), int(0x10000)], out)
  return entrywise(b, 'Add', {}, [entrywise(b, 'Multiply', {}, [x, low], out), upper], out)
}

/** A negative; of a negative, what it is the negative of. */
export const emitNegate: Emit = (b, [x], _, out) => {
  if (x === undefined) throw new TypeError('negate: no operand')
  const known = constantOf(x)
  if (known !== undefined) return constantValue(b, out, -known)
  return negated(x) ?? entrywise(b, 'Neg', {}, [x], out, { kind: 'negate', of: x })
}

/** `1 / x` by division, which XNNPACK has and the reciprocal it has not. */
export const emitReciprocal: Emit = (b, [x], _, out) => {
  if (x === undefined) throw new TypeError('reciprocal: no operand')
  return entrywise(b, 'RealDiv', {}, [constantValue(b, out, 1), x], out, { kind: 'reciprocal', of: x })
}

/** 1 above 0; NaN stays NaN. */
export const emitStep: Emit = (b, [x], _, out) => entrywise(b, 'Step', { alpha: 0 }, x === undefined ? [] : [x], out)

/**
 * `max(x, y)` on wasm as `x < y ? y : x`, its definition, which keeps NaN of x; `0 · step(y)` is added, which keeps NaN of
 * y, unless an operand is a number.
 */
export const emitMaximumByLess: Emit = (_, [x, y]) => {
  if (x === undefined || y === undefined) throw new TypeError('maximum: no operand')
  if (constantOf(x) !== undefined) return select(less(y, x), x, y) as Value
  const larger = select(less(x, y), y, x)
  return (constantOf(y) === undefined ? add(larger, multiply(step(y), 0)) : larger) as Value
}

/** A clip to low < high. tfjs's wasm clips NaN to the lower bound, so there `0 · step(x)` is added, which keeps NaN. */
export const emitClip: Emit = (b, [x], attributes, out) => {
  const { low, high } = attributes as ClipAttributes
  if (x === undefined) throw new TypeError('clip: no operand')
  const bounds = { clipValueMin: Math.fround(low), clipValueMax: Math.fround(high) }
  const clipped = entrywise(b, 'ClipByValue', bounds, [x], out)
  if (!b.device.wasm) return clipped
  const step = entrywise(b, 'Step', { alpha: 0 }, [x], out)
  return entrywise(b, 'Add', {}, [clipped, entrywise(b, 'Multiply', {}, [step, constantValue(b, out, 0)], out)], out)
}
