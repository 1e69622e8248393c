import { sameShape, size } from '../../object/index.js'
import type {
  BroadcastAttributes,
  ConcatAttributes,
  PadAttributes,
  ReshapeAttributes,
  SliceAttributes,
  TransposeAttributes,
} from '../../primitive/index.js'
import { constantValue, heldDtype, type Builder, type Emit } from './builder.js'
import { full } from './elementwise.js'
import type { Operand } from './plan.js'
import { transposed } from './transpose.js'
import { constantOf, isFull, reshapedView, type Value } from './value.js'

/** A value as an operand in its own shape, copied where an axis is broadcast. */
export function operandOf(b: Builder, x: Value, shape: readonly number[] = x.type.shape): Operand {
  return { storage: full(b, x).storage, shape }
}

/** Repetition along new axes: no kernel, the axes have size 1 in memory. */
export const emitBroadcast: Emit = (b, [x], attributes, out) => {
  const { axes } = attributes as BroadcastAttributes
  if (x === undefined) throw new TypeError('broadcast: no operand')
  let own = 0
  const view = out.shape.map((_, axis) => (axes.includes(axis) ? 1 : (x.view[own++] ?? 1)))
  const known = constantOf(x)
  return b.value(
    out,
    x.storage,
    view,
    known === undefined ? { kind: 'broadcast', of: x, axes } : { kind: 'constant', value: known },
  )
}

/** The same memory in another shape. */
export const emitReshape: Emit = (b, [x], attributes, out) => {
  const { shape } = attributes as ReshapeAttributes
  if (x === undefined) throw new TypeError('reshape: no operand')
  const view = reshapedView(x.type.shape, x.view, shape)
  const known = constantOf(x)
  const definition = known === undefined ? undefined : ({ kind: 'constant', value: known } as const)
  return view === undefined ? b.value(out, full(b, x).storage) : b.value(out, x.storage, view, definition)
}

/** A permutation of axes: of the view only, where no two axes that are in memory change places. */
export const emitTranspose: Emit = (b, [x], attributes, out) => {
  const { axes } = attributes as TransposeAttributes
  if (x === undefined) throw new TypeError('transpose: no operand')
  const known = constantOf(x)
  if (known !== undefined) return constantValue(b, out, known)
  const storage = transposed(b, { storage: x.storage, shape: x.view }, axes)
  return b.value(
    out,
    storage,
    axes.map((a) => x.view[a] ?? 1),
  )
}

/** A block. */
export const emitSlice: Emit = (b, [x], attributes, out) => {
  const { start } = attributes as SliceAttributes
  if (x === undefined) throw new TypeError('slice: no operand')
  const known = constantOf(x)
  if (known !== undefined) return constantValue(b, out, known)
  const view = out.shape.map((n, axis) => (x.view[axis] === 1 ? 1 : n))
  if (sameShape(view, x.view)) return b.value(out, x.storage, view)
  const [shape, begin, part]: [number[], number[], number[]] = [[], [], []]
  for (const [axis, n] of x.view.entries()) {
    const last = shape.length - 1
    const taken = view[axis] ?? 1
    if (last >= 0 && taken === n) {
      // A whole axis belongs to the one before it.
      shape[last] = (shape[last] ?? 1) * n
      begin[last] = (begin[last] ?? 0) * n
      part[last] = (part[last] ?? 1) * n
    } else {
      shape.push(n)
      begin.push(n === 1 ? 0 : (start[axis] ?? 0))
      part.push(taken)
    }
  }
  return b.value(
    out,
    b.emit('Slice', { begin, size: part }, [{ storage: x.storage, shape }], heldDtype(out), part),
    view,
  )
}

/** Zeros around; all zeros where the operand is empty. */
export const emitPad: Emit = (b, [x], attributes, out) => {
  const { before, after } = attributes as PadAttributes
  if (x === undefined) throw new TypeError('pad: no operand')
  if (size(x.type.shape) === 0 || constantOf(x) === 0) return constantValue(b, out, 0)
  if (sameShape(x.type.shape, out.shape)) return x
  const shape: number[] = []
  const paddings: [number, number][] = []
  for (const [axis, n] of x.type.shape.entries()) {
    const [front, behind] = [before[axis] ?? 0, after[axis] ?? 0]
    const last = shape.length - 1
    const previous = paddings[last]
    if (previous !== undefined && front === 0 && behind === 0) {
      shape[last] = (shape[last] ?? 1) * n
      paddings[last] = [previous[0] * n, previous[1] * n]
    } else {
      shape.push(n)
      paddings.push([front, behind])
    }
  }
  const padded = shape.map((n, axis) => n + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0))
  return b.value(out, b.emit('PadV2', { paddings, constantValue: 0 }, [operandOf(b, x, shape)], heldDtype(out), padded))
}

/** Operands side by side, as rows of the axes before and after the joined one. */
export const emitConcat: Emit = (b, inputs, attributes, out) => {
  const { axis } = attributes as ConcatAttributes
  const parts = inputs.filter((x) => size(x.type.shape) > 0)
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const outer = size(out.shape.slice(0, axis))
  const rows = (shape: readonly number[]): number[] => [outer, size(shape.slice(axis))]
  const operands = parts.map((x) => operandOf(b, x, rows(x.type.shape)))
  return b.value(out, b.emit('Concat', { axis: 1 }, operands, heldDtype(out), rows(out.shape)))
}

/** An output of the program: every axis in memory. */
export function outputOf(b: Builder, x: Value): Operand {
  return { storage: isFull(x) ? x.storage : full(b, x).storage, shape: x.type.shape }
}
