import { replaceAxes, showType, size, strides, type Type } from '../object/index.js'
import type { Wire } from '../structure/index.js'
import { applied, define, linear, operand, withOperation, type Primitive } from './define.js'
import { positions, read } from './position.js'

/** The axis that is cut, entries in a window, entries between the starts of two windows, and between two entries of one. */
export type WindowsAttributes = {
  readonly axis: number
  readonly size: number
  readonly stride: number
  readonly dilation: number
}
/** The axis of windows, that of their entries being next to it, how many entries the two become, and how windows lie. */
export type FoldAttributes = {
  readonly axis: number
  readonly length: number
  readonly stride: number
  readonly dilation: number
}

/** `⌊(n − ((size − 1) · dilation + 1)) / stride⌋ + 1`: how many windows fit into n entries, at least 0. */
export function windowCount(n: number, { size: k, stride, dilation }: Omit<WindowsAttributes, 'axis'>): number {
  return Math.max(0, Math.floor((n - ((k - 1) * dilation + 1)) / stride) + 1)
}

function checkCounts(name: string, counts: { readonly [what: string]: number }): void {
  for (const [what, n] of Object.entries(counts))
    if (!Number.isSafeInteger(n) || n < 1)
      throw new TypeError(`${name}: needs a ${what} that is an integer ≥ 1, given ${n}`)
}

/**
 * `windows(x, { axis, size, stride, dilation })`: [.., n, ..] → [.., m, size, ..], for m = {@link windowCount}(n, …) ≥ 1;
 * entry t of window o is `x[o · stride + t · dilation]`. A convolution is `contract ∘ windows ∘ pad`, and pooling a
 * reduction over windows. Dagger: fold.
 */
export const windows: Primitive<(x: Wire, attributes: WindowsAttributes) => Wire, WindowsAttributes> = withOperation(
  define<WindowsAttributes>({
    name: 'windows',
    codomain(attributes, dom) {
      const x = operand('windows', dom, 0, 1)
      const { axis, size: k, stride, dilation } = attributes
      const n = x.shape[axis]
      if (n === undefined) throw new TypeError(`windows: ${axis} is not an axis of ${showType(x)}`)
      checkCounts('windows', { size: k, stride, dilation })
      const m = windowCount(n, attributes)
      if (m < 1)
        throw new TypeError(
          `windows: axis ${axis} of ${showType(x)} has ${n} entries, size ${k} at dilation ${dilation} needs ${(k - 1) * dilation + 1}`,
        )
      return [{ dtype: x.dtype, shape: replaceAxes(x.shape, axis, 1, [m, k]) }]
    },
    optic: linear(({ axis, stride, dilation }, dy, [x]) => [
      fold(dy, { axis, length: x?.shape[axis] ?? 0, stride, dilation }),
    ]),
    batch: (_, attributes, [x]) => [windows(x as Wire, { ...attributes, axis: attributes.axis + 1 })],
    meaning: (attributes, [x], [type]) => {
      if (x === undefined || type === undefined) return []
      return [read(x.data, positions(type.shape, steps(attributes, x.shape)))]
    },
  }),
  (x, { axis, size: k, stride, dilation }) => applied(windows.operation, { axis, size: k, stride, dilation }, [x]),
)

/**
 * `fold(y, { axis, length, stride, dilation })`: [.., m, k, ..] → [.., length, ..], for the m windows of k entries that fit
 * into `length`; entry i is `Σ y[o, t]` over `o · stride + t · dilation = i`, zero where no window has it. Dagger: windows.
 */
export const fold: Primitive<(y: Wire, attributes: FoldAttributes) => Wire, FoldAttributes> = withOperation(
  define<FoldAttributes>({
    name: 'fold',
    codomain({ axis, length, stride, dilation }, dom) {
      const y = operand('fold', dom, 0, 1)
      const [m, k] = [y.shape[axis], y.shape[axis + 1]]
      if (m === undefined || k === undefined)
        throw new TypeError(`fold: ${axis} and ${axis + 1} are not axes of ${showType(y)}`)
      checkCounts('fold', { length, size: k, stride, dilation })
      const fitting = windowCount(length, { size: k, stride, dilation })
      if (m !== fitting)
        throw new TypeError(
          `fold: ${length} entries have ${fitting} windows of size ${k}, stride ${stride} and dilation ${dilation}, axis ${axis} of ${showType(y)} has ${m}`,
        )
      return [{ dtype: y.dtype, shape: replaceAxes(y.shape, axis, 2, [length]) }]
    },
    optic: linear(({ axis, stride, dilation }, dy, [y]) => [
      windows(dy, { axis, size: y?.shape[axis + 1] ?? 0, stride, dilation }),
    ]),
    batch: (_, attributes, [y]) => [fold(y as Wire, { ...attributes, axis: attributes.axis + 1 })],
    meaning: (attributes, [y], [type], scalars) => {
      if (y === undefined || type === undefined) return []
      const s = scalars(y.dtype)
      const out = new Array<(typeof y.data)[number]>(size(type.shape)).fill(s.zero)
      for (const [i, at] of positions(y.shape, steps(attributes, type.shape)).entries())
        out[at] = s.add(out[at] ?? s.zero, y.data[i] ?? s.zero)
      return [out]
    },
  }),
  (y, { axis, length, stride, dilation }) => applied(fold.operation, { axis, length, stride, dilation }, [y]),
)

/** How far the entries of windows are apart, along each of their axes, in the tensor that they are cut from. */
function steps(
  { axis, stride, dilation }: Pick<WindowsAttributes, 'axis' | 'stride' | 'dilation'>,
  shape: Type['shape'],
): number[] {
  const own = strides(shape)
  const one = own[axis] ?? 0
  return replaceAxes(own, axis, 1, [stride * one, dilation * one])
}
