import { checkShape, showShape, showType, size, strides, type Type } from '../object/index.js'
import type { Scalars, Wire } from '../structure/index.js'
import { applied, define, linear, operand, withOperation, type Primitive } from './define.js'
import { positions, read } from './position.js'

/** The shape of a reshape's result. */
export type ReshapeAttributes = { readonly shape: readonly number[] }
/** `reshape(x, shape)`: the same entries in the same row-major order. Dagger: its inverse. */
export const reshape: Primitive<(x: Wire, shape: readonly number[]) => Wire, ReshapeAttributes> = withOperation(
  define<ReshapeAttributes>({
    name: 'reshape',
    codomain({ shape }, dom) {
      const x = operand('reshape', dom, 0, 1)
      checkShape('reshape', shape)
      if (size(shape) !== size(x.shape))
        throw new TypeError(
          `reshape: ${showType(x)} has ${size(x.shape)} entries, ${showShape(shape)} has ${size(shape)}`,
        )
      return [{ dtype: x.dtype, shape }]
    },
    optic: linear((_, dy, [x]) => [reshape(dy, x?.shape ?? [])]),
    batch: (n, { shape }, [x]) => [reshape(x as Wire, [n, ...shape])],
    meaning: (_, [x]) => [x === undefined ? [] : x.data],
  }),
  (x, shape) => applied(reshape.operation, { shape }, [x]),
)

/** Axis `axes[i]` of the operand becomes axis i. */
export type TransposeAttributes = { readonly axes: readonly number[] }
/** `transpose(x, axes)`: axis i of the result is axis `axes[i]` of x. Dagger: its inverse. */
export const transpose: Primitive<(x: Wire, axes: readonly number[]) => Wire, TransposeAttributes> = withOperation(
  define<TransposeAttributes>({
    name: 'transpose',
    codomain({ axes }, dom) {
      const x = operand('transpose', dom, 0, 1)
      const fine = axes.length === x.shape.length && [...axes].sort((a, b) => a - b).every((a, i) => a === i)
      if (!fine) throw new TypeError(`transpose: [${axes.join(', ')}] does not permute the axes of ${showType(x)}`)
      return [{ dtype: x.dtype, shape: axes.map((a) => x.shape[a] ?? 0) }]
    },
    optic: linear(({ axes }, dy) => [
      transpose(
        dy,
        axes.map((_, i) => axes.indexOf(i)),
      ),
    ]),
    batch: (_, { axes }, [x]) => [transpose(x as Wire, [0, ...axes.map((a) => a + 1)])],
    meaning: ({ axes }, [x], [type]) => {
      if (x === undefined || type === undefined) return []
      const own = strides(x.shape)
      return [
        read(
          x.data,
          positions(
            type.shape,
            axes.map((a) => own[a] ?? 0),
          ),
        ),
      ]
    },
  }),
  (x, axes) => applied(transpose.operation, { axes }, [x]),
)

/** First index and size of the part, for each axis. */
export type SliceAttributes = { readonly start: readonly number[]; readonly size: readonly number[] }
/** `slice(x, start, size)`: the block of the given size at `start`. Dagger: pad. */
export const slice: Primitive<(x: Wire, start: readonly number[], size: readonly number[]) => Wire, SliceAttributes> =
  withOperation(
    define<SliceAttributes>({
      name: 'slice',
      codomain({ start, size: part }, dom) {
        const x = operand('slice', dom, 0, 1)
        const fine =
          start.length === x.shape.length &&
          part.length === x.shape.length &&
          x.shape.every((n, a) => inside(start[a], part[a], n))
        if (!fine) throw new TypeError(`slice: ${showShape(part)} at ${showShape(start)} is not inside ${showType(x)}`)
        return [{ dtype: x.dtype, shape: part }]
      },
      optic: linear(({ start }, dy, [x]) => [
        x === undefined ? undefined : pad(dy, start, after(x, start, dy.type.shape)),
      ]),
      batch: (n, { start, size: part }, [x]) => [slice(x as Wire, [0, ...start], [n, ...part])],
      meaning: ({ start, size: part }, [x]) => {
        if (x === undefined) return []
        const own = strides(x.shape)
        return [
          read(
            x.data,
            positions(
              part,
              own,
              start.reduce((base, s, a) => base + s * (own[a] ?? 0), 0),
            ),
          ),
        ]
      },
    }),
    (x, start, part) => applied(slice.operation, { start, size: part }, [x]),
  )

const inside = (start: number | undefined, part: number | undefined, n: number): boolean =>
  start !== undefined &&
  part !== undefined &&
  Number.isInteger(start) &&
  Number.isInteger(part) &&
  start >= 0 &&
  part >= 0 &&
  start + part <= n
const after = (x: Type, start: readonly number[], part: readonly number[]): number[] =>
  x.shape.map((n, a) => n - (start[a] ?? 0) - (part[a] ?? 0))

/** Number of zeros before and after, for each axis. */
export type PadAttributes = { readonly before: readonly number[]; readonly after: readonly number[] }
/** `pad(x, before, after)`: x surrounded by zeros of its rig. Dagger: slice. */
export const pad: Primitive<(x: Wire, before: readonly number[], after: readonly number[]) => Wire, PadAttributes> =
  withOperation(
    define<PadAttributes>({
      name: 'pad',
      codomain({ before, after: behind }, dom) {
        const x = operand('pad', dom, 0, 1)
        if (before.length !== x.shape.length || behind.length !== x.shape.length)
          throw new TypeError(
            `pad: ${showShape(before)} and ${showShape(behind)} are not one number for each axis of ${showType(x)}`,
          )
        checkShape('pad', [...before, ...behind])
        return [{ dtype: x.dtype, shape: x.shape.map((n, a) => n + (before[a] ?? 0) + (behind[a] ?? 0)) }]
      },
      optic: linear(({ before }, dy, [x]) => [slice(dy, before, x?.shape ?? [])]),
      batch: (_, { before, after: behind }, [x]) => [pad(x as Wire, [0, ...before], [0, ...behind])],
      meaning: ({ before }, [x], [type], scalars) => {
        if (x === undefined || type === undefined) return []
        const own = strides(type.shape)
        return [
          scatter(
            scalars(x.dtype),
            x.data,
            positions(
              x.shape,
              own,
              before.reduce((base, b, a) => base + b * (own[a] ?? 0), 0),
            ),
            size(type.shape),
          ),
        ]
      },
    }),
    (x, before, behind) => applied(pad.operation, { before, after: behind }, [x]),
  )

function scatter<T>(s: Scalars<T>, data: ArrayLike<T>, to: Int32Array, n: number): T[] {
  const out = new Array<T>(n).fill(s.zero)
  for (const [i, at] of to.entries()) out[at] = data[i] as T
  return out
}
