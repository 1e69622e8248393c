import { size, type Type } from '../../object/index.js'
import { filled, heldDtype, type Builder, type Emit } from './builder.js'
import type { KernelName, Kernels } from './kernel.js'
import { collapse, constantOf, isFull, type Definition, type Value } from './value.js'

/** Kernels that take operands entry by entry and have no attributes. */
export type Entrywise = {
  [K in KernelName]: keyof Kernels[K] extends never ? K : string extends keyof Kernels[K] ? K : never
}[KernelName]

/** The most axes that every backend broadcasts over. */
const maximalRank = 4

/**
 * A kernel applied entry by entry, to as few entries as there are: where every operand is broadcast, so is the result,
 * and others are read through the kernel's own broadcasting.
 */
export function entrywise<K extends KernelName>(
  b: Builder,
  kernel: K,
  attributes: Kernels[K],
  inputs: readonly Value[],
  type: Type,
  definition?: Definition,
): Value {
  const view = type.shape.map((n, axis) => (inputs.some((x) => x.view[axis] !== 1) ? n : 1))
  const shapes = collapse(
    inputs.map((x) => x.view),
    view,
  )
  const broadcasts = shapes.some((s) => size(s) !== size(view))
  const given =
    broadcasts && (kernel === 'Select' || (shapes[0]?.length ?? 0) > maximalRank)
      ? inputs.map((x) => expanded(b, x, view))
      : inputs
  const read = given === inputs ? shapes : inputs.map(() => [size(view)])
  const shape = (read[0] ?? []).map((_, axis) => Math.max(...read.map((s) => s[axis] ?? 1)))
  const out = b.emit(
    kernel,
    attributes,
    given.map((x, i) => ({ storage: x.storage, shape: read[i] ?? [] })),
    heldDtype(type),
    shape,
  )
  return b.value(type, out, view, definition)
}

/** The emission of a kernel without attributes. */
export function simple(kernel: Entrywise): Emit {
  return (b, inputs, _, out) => entrywise(b, kernel, {}, inputs, out)
}

/** A value of which the axes of a view are in memory. */
export function expanded(b: Builder, x: Value, view: readonly number[]): Value {
  const target = x.type.shape.map((n, axis) => (view[axis] === 1 && x.view[axis] === 1 ? 1 : n))
  if (size(target) === size(x.view)) return b.value(x.type, x.storage, target, x.definition)
  const dtype = heldDtype(x.type)
  const known = constantOf(x)
  if (known !== undefined)
    return b.value(x.type, b.literal(dtype, filled(dtype, size(target), known)), target, x.definition)
  if (dtype === 'float32') {
    // x · 1 over the missing axes: XNNPACK's product broadcasts at full speed, its Tile does not.
    const missing = target.map((n, axis) => (x.view[axis] === 1 ? n : 1))
    const ones = b.value(x.type, b.literal(dtype, filled(dtype, size(missing), 1)), missing)
    return { ...entrywise(b, 'Multiply', {}, [x, ones], x.type), view: target }
  }
  const [from = [1], to = [1]] = collapse([x.view, target], target)
  const reps = to.map((n, axis) => n / (from[axis] ?? 1))
  return b.value(x.type, b.emit('Tile', { reps }, [{ storage: x.storage, shape: from }], dtype, to), target)
}

/** A value none of whose axes is broadcast. */
export function full(b: Builder, x: Value): Value {
  return isFull(x) ? x : expanded(b, x, x.type.shape)
}
