import { size, type Type } from '../../object/index.js'
import type { IotaAttributes, RandomBitsAttributes, ScatterAttributes } from '../../primitive/index.js'
import { constantValue, heldDtype, type Builder, type Emit } from './builder.js'
import { entrywise, full } from './elementwise.js'
import { emitSelect } from './compare.js'
import { operandOf } from './layout.js'
import type { Value } from './value.js'

/** 0 … n − 1 along one axis, in memory along that axis only. */
export const emitIota: Emit = (b, _, attributes, out) => {
  const { axis } = attributes as IotaAttributes
  const values = Int32Array.from({ length: out.shape[axis] ?? 0 }, (__, i) => i)
  return b.value(
    out,
    b.literal('int32', values),
    out.shape.map((n, a) => (a === axis ? n : 1)),
  )
}

/** Indices moved into 0 … n − 1, and which of them stayed. */
function inside(b: Builder, indices: Value, n: number): { readonly safe: Value; readonly stayed: Value } {
  const int = indices.type
  const top = entrywise(b, 'Minimum', {}, [indices, constantValue(b, int, n - 1)], int)
  const safe = entrywise(b, 'Maximum', {}, [top, constantValue(b, int, 0)], int)
  return { safe, stayed: entrywise(b, 'Equal', {}, [safe, indices], { dtype: 'bit', shape: int.shape }) }
}

/**
 * Rows of a table, zero where an index is outside. tfjs refuses such indices, so through its kernel they read row 0 or
 * n − 1 and are zeroed after.
 */
export const emitGather: Emit = (b, [table, indices], _, out) => {
  if (table === undefined || indices === undefined) throw new TypeError('gather: no operand')
  const [rows = 0, ...rest] = table.type.shape
  if (size(table.type.shape) === 0) return constantValue(b, out, 0)
  const [count, width] = [size(indices.type.shape), size(rest)]
  const flat: Type = { dtype: out.dtype, shape: [count, width] }
  const [from, dtype] = [operandOf(b, table, [rows, width]), heldDtype(out)]
  if (b.device.direct)
    return b.value(out, b.emit('GatherRows', {}, [from, operandOf(b, indices, [count])], dtype, flat.shape))
  const { safe, stayed } = inside(b, indices, rows)
  const read = b.emit('GatherV2', { axis: 0, batchDims: 0 }, [from, operandOf(b, safe, [count])], dtype, flat.shape)
  const mask = b.value({ dtype: 'bit', shape: flat.shape }, full(b, stayed).storage, [count, 1])
  const chosen = emitSelect(b, [mask, b.value(flat, read), constantValue(b, flat, 0)], {}, flat)
  return b.value(out, chosen.storage)
}

/** Rows added up by index; rows whose index is outside go to one more row, which is cut off. */
export const emitScatterAdd: Emit = (b, [indices, values], attributes, out) => {
  const { rows } = attributes as ScatterAttributes
  if (indices === undefined || values === undefined) throw new TypeError('scatterAdd: no operand')
  if (size(values.type.shape) === 0) return constantValue(b, out, 0)
  const count = size(indices.type.shape)
  const width = size(values.type.shape) / count
  const { stayed } = inside(b, indices, rows)
  const where = emitSelect(b, [stayed, indices, constantValue(b, indices.type, rows)], {}, indices.type)
  const added = b.emit(
    'ScatterNd',
    { shape: [rows + 1, width] },
    [operandOf(b, where, [count, 1]), operandOf(b, values, [count, width])],
    heldDtype(out),
    [rows + 1, width],
  )
  const part = [rows * width]
  const all = [{ storage: added, shape: [(rows + 1) * width] }]
  return b.value(out, b.emit('Slice', { begin: [0], size: part }, all, heldDtype(out), part))
}

/** Threefry, on the host where the device has no kernel. */
export const emitRandomBits: Emit = (b, [key], attributes, out) => {
  const { shape } = attributes as RandomBitsAttributes
  if (key === undefined) throw new TypeError('randomBits: no operand')
  return b.value(out, b.emit('RandomBits', { words: size(shape) }, [operandOf(b, key)], 'int32', out.shape))
}
