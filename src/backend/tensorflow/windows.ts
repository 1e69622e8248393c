import { replaceAxes } from '../../object/index.js'
import {
  addAll,
  concat,
  pad,
  reshape,
  slice,
  windowCount,
  type FoldAttributes,
  type WindowsAttributes,
} from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import type { Lowering } from '../table.js'

/** Along one axis, some lines of some entries: line t has the entries t · dilation + o · stride, o < count. */
interface Lines {
  readonly lines: number
  readonly count: number
  readonly stride: number
  readonly dilation: number
  /** Whether a line is an entry of all windows, else it is all entries of a window. */
  readonly across: boolean
}

/** Windows and their entries are alike: whichever are fewer are the lines. */
function linesOf(m: number, size: number, stride: number, dilation: number): Lines {
  return size <= m
    ? { lines: size, count: m, stride, dilation, across: true }
    : { lines: m, count: size, stride: dilation, dilation: stride, across: false }
}

/** Windows that lie side by side. */
const tiles = (size: number, stride: number, dilation: number): boolean => stride === size && dilation === 1

/** Windows as blocks side by side: with the axis as rows of one stride each, a line is part of a column. No arithmetic. */
export const windowsBySlices: Lowering = (attributes, inputs) => {
  const { axis, size, stride, dilation } = attributes as WindowsAttributes
  const [x] = inputs as [Wire]
  const n = x.type.shape[axis] ?? 0
  const m = windowCount(n, { size, stride, dilation })
  if (tiles(size, stride, dilation)) return [along(resized(x, axis, m * size), axis, 1, [m, size])]
  const form = linesOf(m, size, stride, dilation)
  const rows = Math.ceil(n / form.stride)
  const grid = along(resized(x, axis, rows * form.stride), axis, 1, [rows, form.stride])
  const blocks = Array.from({ length: form.lines }, (_, t) => {
    const block = sliceAt(grid, axis, placeOf(form, t), [form.count, 1])
    return form.across ? block : along(block, axis, 2, [1, form.count])
  })
  return [concat(blocks, form.across ? axis + 1 : axis)]
}

/** A fold as the sum of its lines, each a column among zeros: the mirror image of {@link windowsBySlices}. */
export const foldByPads: Lowering = (attributes, inputs) => {
  const { axis, length, stride, dilation } = attributes as FoldAttributes
  const [y] = inputs as [Wire]
  const [m = 0, size = 0] = y.type.shape.slice(axis)
  if (tiles(size, stride, dilation)) return [resized(along(y, axis, 2, [m * size]), axis, length)]
  const form = linesOf(m, size, stride, dilation)
  const rows = Math.ceil(length / form.stride)
  const columns = Array.from({ length: form.lines }, (_, t) => {
    const line = form.across ? sliceAt(y, axis, [0, t], [m, 1]) : sliceAt(y, axis, [t, 0], [1, size])
    const [row, column] = placeOf(form, t)
    const behind = [rows - row - form.count, form.stride - column - 1]
    return padAt(along(line, axis, 2, [form.count, 1]), axis, [row, column], behind)
  })
  return [resized(along(addAll(columns), axis, 2, [rows * form.stride]), axis, length)]
}

/** Row and column of the first entry of line t. */
const placeOf = ({ stride, dilation }: Lines, t: number): readonly [number, number] => [
  Math.floor((t * dilation) / stride),
  (t * dilation) % stride,
]

/** The wire with some axes read as others. */
const along = (x: Wire, axis: number, count: number, by: readonly number[]): Wire =>
  reshape(x, replaceAxes(x.type.shape, axis, count, by))

const zerosBut = (x: Wire, axis: number, by: readonly number[]): number[] =>
  replaceAxes(
    x.type.shape.map(() => 0),
    axis,
    by.length,
    by,
  )
const sliceAt = (x: Wire, axis: number, start: readonly number[], part: readonly number[]): Wire =>
  slice(x, zerosBut(x, axis, start), replaceAxes(x.type.shape, axis, part.length, part))
const padAt = (x: Wire, axis: number, before: readonly number[], behind: readonly number[]): Wire =>
  pad(x, zerosBut(x, axis, before), zerosBut(x, axis, behind))

/** The first n entries along an axis, with zeros after those that there are. */
function resized(x: Wire, axis: number, n: number): Wire {
  const own = x.type.shape[axis] ?? 0
  if (own === n) return x
  return own < n ? padAt(x, axis, [0], [n - own]) : sliceAt(x, axis, [0], [n])
}
