import { size, strides as rowMajor, type Dtype } from '../../../object/index.js'

/** What the entries of a view are read from: a node's array, one number, or the position itself (entry i is i). */
export type Source = number | { readonly constant: number } | 'index'

/**
 * An affine window on a source: entry (i₀, i₁, …) is the source's at `offset + Σ iₐ · strides[a]`. Broadcasts, transposes,
 * slices, windows and most reshapes are these and move nothing.
 */
export interface View {
  readonly source: Source
  readonly dtype: Dtype
  readonly offset: number
  readonly shape: readonly number[]
  /** In entries, one an axis. */
  readonly strides: readonly number[]
}

/** All entries of a node's array, in its order. */
export function whole(node: number, dtype: Dtype, shape: readonly number[]): View {
  return { source: node, dtype, offset: 0, shape, strides: rowMajor(shape) }
}
/** One number at every entry. */
export function constantView(constant: number, dtype: Dtype, shape: readonly number[]): View {
  return { source: { constant }, dtype, offset: 0, shape, strides: shape.map(() => 0) }
}
/** The index along an axis. */
export function indexView(shape: readonly number[], axis: number): View {
  return { source: 'index', dtype: 'int32', offset: 0, shape, strides: shape.map((_, a) => (a === axis ? 1 : 0)) }
}

/** The view repeated along new axes of a shape. */
export function broadcastView(view: View, axes: readonly number[], shape: readonly number[]): View {
  let next = 0
  const strides = shape.map((_, a) => (axes.includes(a) ? 0 : (view.strides[next++] ?? 0)))
  return { ...view, shape, strides }
}
/** The view with its axes permuted: axis i is the operand's `axes[i]`. */
export function transposeView(view: View, axes: readonly number[]): View {
  return {
    ...view,
    shape: axes.map((a) => view.shape[a] ?? 0),
    strides: axes.map((a) => view.strides[a] ?? 0),
  }
}
/** The part of a view that begins at `start`. */
export function sliceView(view: View, start: readonly number[], shape: readonly number[]): View {
  return { ...view, shape, offset: start.reduce((at, s, a) => at + s * (view.strides[a] ?? 0), view.offset) }
}

/** The view with an axis cut into windows: positions, and entries of a window. */
export function windowsView(view: View, axis: number, count: number, size: number, step: number, apart: number): View {
  const along = view.strides[axis] ?? 0
  const cut = <T>(list: readonly T[], by: readonly T[]): T[] => [...list.slice(0, axis), ...by, ...list.slice(axis + 1)]
  return { ...view, shape: cut(view.shape, [count, size]), strides: cut(view.strides, [step * along, apart * along]) }
}

/** Whether axes of sizes and strides hold consecutive entries of their source, in order. */
function isCompact(shape: readonly number[], strides: readonly number[]): boolean {
  const wanted = rowMajor(shape)
  return shape.every((n, a) => n === 1 || strides[a] === wanted[a])
}

/** Whether a view is all of its source's array in its order, given the array's number of entries. */
export function isWhole(view: View, entries: number): boolean {
  return (
    typeof view.source === 'number' &&
    view.offset === 0 &&
    size(view.shape) === entries &&
    isCompact(view.shape, view.strides)
  )
}

/** The view read in another shape of as many entries, or undefined where that is no view: entries would have to move. */
export function reshapeView(view: View, shape: readonly number[]): View | undefined {
  if (typeof view.source === 'object') return { ...view, shape, strides: shape.map(() => 0) }
  const from = view.shape.flatMap((n, a) => (n === 1 ? [] : [{ n, stride: view.strides[a] ?? 0 }]))
  const strides: number[] = []
  let at = 0
  let axis = 0
  while (axis < shape.length) {
    // The smallest groups of axes on both sides with as many entries.
    const first = axis
    let wanted = shape[axis++] ?? 1
    if (wanted === 1) {
      strides.push(0)
      continue
    }
    let [given, end] = [1, at]
    while (given !== wanted) {
      if (given < wanted) given *= from[end++]?.n ?? 0
      else wanted *= shape[axis++] ?? 0
      if (given === 0 || wanted === 0) return undefined
    }
    const group = from.slice(at, end)
    for (const [i, { n, stride }] of group.entries()) {
      const outer = group[i - 1]
      if (outer !== undefined && outer.stride !== stride * n) return undefined
    }
    let stride = group[group.length - 1]?.stride ?? 0
    const made: number[] = []
    for (let a = axis - 1; a >= first; a--) {
      made.unshift(stride)
      stride *= shape[a] ?? 1
    }
    strides.push(...made)
    at = end
  }
  return { ...view, shape, strides }
}

/** A name that equal views share. */
export function keyOfView({ source, dtype, offset, shape, strides }: View): string {
  const from = typeof source === 'object' ? `c${source.constant}` : String(source)
  return `${from}:${dtype}:${offset}:${shape.join()}:${strides.join()}`
}
