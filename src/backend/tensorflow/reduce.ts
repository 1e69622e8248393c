import { size, type Type } from '../../object/index.js'
import { equal, otherAxes, reduceMax, select, type AxisAttributes, type SumAttributes } from '../../primitive/index.js'
import { constantValue, heldDtype, type Builder, type Emit } from './builder.js'
import { entrywise } from './elementwise.js'
import { operandOf } from './layout.js'
import type { Operand, Storage } from './plan.js'
import { transposed } from './transpose.js'
import type { Value } from './value.js'

/** The operand as rows: `axes` last, all axes before them merged into one. */
export function rowsOf(b: Builder, x: Operand, axes: readonly number[]): Operand {
  const outer = otherAxes(x.shape.length, axes)
  const width = size(axes.map((a) => x.shape[a] ?? 1))
  return { storage: transposed(b, x, [...outer, ...axes]), shape: [x.storage.size / width, width] }
}

/** The sum over axes. */
export const emitSum: Emit = (b, [x], attributes, out) => {
  const { axes } = attributes as SumAttributes
  if (x === undefined) throw new TypeError('sum: no operand')
  return size(x.type.shape) === 0 ? constantValue(b, out, 0) : summed(b, x, axes, out)
}

/** The sum over axes of a value that is not empty: of those in memory by the kernel, of those broadcast by their number. */
export function summed(b: Builder, x: Value, axes: readonly number[], out: Type): Value {
  const present = axes.filter((a) => x.view[a] !== 1)
  const times = size(axes.map((a) => (x.view[a] === 1 ? (x.type.shape[a] ?? 1) : 1)))
  const view = otherAxes(x.view.length, axes).map((a) => x.view[a] ?? 1)
  const memory = { storage: x.storage, shape: x.view }
  const value = b.value(out, present.length === 0 ? x.storage : summedRows(b, rowsOf(b, memory, present)), view)
  return times === 1 ? value : entrywise(b, 'Multiply', {}, [value, constantValue(b, out, times)], out)
}

function summedRows(b: Builder, rows: Operand): Storage {
  return b.emit('Sum', { axis: [1], keepDims: false }, [rows], rows.storage.dtype, [rows.shape[0] ?? 1])
}

/** The largest entry along an axis. */
export const emitMax: Emit = (b, [x], attributes, out) => {
  const { axis } = attributes as AxisAttributes
  if (x === undefined) throw new TypeError('reduceMax: no operand')
  const view = otherAxes(x.view.length, [axis]).map((a) => x.view[a] ?? 1)
  if (x.view[axis] === 1) return b.value(out, x.storage, view)
  const rows = rowsOf(b, { storage: x.storage, shape: x.view }, [axis])
  const storage = b.emit('Max', { reductionIndices: [1], keepDims: false }, [rows], heldDtype(out), [
    rows.shape[0] ?? 1,
  ])
  return b.value(out, storage, view)
}

/**
 * The index of the first largest entry along an axis, which is the first NaN where there is one: the kernel passes over
 * NaN, so in lines whose largest entry is NaN it is asked for the first entry that differs from itself.
 */
export const emitArgmax: Emit = (b, [x], attributes, out) => {
  const { axis } = attributes as AxisAttributes
  if (x === undefined) throw new TypeError('argmax: no operand')
  if (x.view[axis] === 1) return constantValue(b, out, 0)
  const view = otherAxes(x.view.length, [axis]).map((a) => x.view[a] ?? 1)
  const first = (of: Value): Value => {
    const rows = rowsOf(b, { storage: of.storage, shape: of.view }, [axis])
    return b.value(out, b.emit('ArgMax', { axis: 1 }, [rows], 'int32', [rows.shape[0] ?? 1]), view)
  }
  if (x.type.dtype !== 'float32') return first(x)
  const [bits, top] = [entrywise(b, 'NotEqual', {}, [x, x], { ...x.type, dtype: 'bit' }), reduceMax(x, axis)]
  return select(equal(top, top), first(x), first(bits)) as Value
}

/** Rows along the last axis with every axis in memory. */
export function lastRows(b: Builder, x: Value): Operand {
  const width = x.type.shape[x.type.shape.length - 1] ?? 1
  return operandOf(b, x, [size(x.type.shape) / width, width])
}
