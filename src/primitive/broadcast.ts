import { checkShape, sameShape, showShape, showType, strides } from '../object/index.js'
import type { Scalars, Wire } from '../structure/index.js'
import { applied, define, linear, operand, withOperation, type Primitive } from './define.js'
import { positions, read } from './position.js'

/** The axes of the result that are new, and the shape of the result. */
export type BroadcastAttributes = { readonly axes: readonly number[]; readonly shape: readonly number[] }
/** The axes that are summed away. */
export type SumAttributes = { readonly axes: readonly number[] }

/** The axes of a rank that are not listed. */
export function otherAxes(rank: number, axes: readonly number[]): number[] {
  return Array.from({ length: rank }, (_, i) => i).filter((i) => !axes.includes(i))
}

/** Throws unless `axes` are distinct, ascending axes of a rank. */
export function checkAxes(name: string, axes: readonly number[], shape: readonly number[]): void {
  const fine = axes.every(
    (a, i) => Number.isInteger(a) && a >= 0 && a < shape.length && (i === 0 || a > (axes[i - 1] ?? -1)),
  )
  if (!fine) throw new TypeError(`${name}: [${axes.join(', ')}] are not ascending axes of ${showShape(shape)}`)
}

/** `broadcast(x, axes, shape)`: x repeated along new axes of the result; `broadcast([3], [0], [2, 3])`. Dagger: sum. */
export const broadcast: Primitive<
  (x: Wire, axes: readonly number[], shape: readonly number[]) => Wire,
  BroadcastAttributes
> = withOperation(
  define<BroadcastAttributes>({
    name: 'broadcast',
    codomain({ axes, shape }, dom) {
      const x = operand('broadcast', dom, 0, 1)
      checkShape('broadcast', shape)
      checkAxes('broadcast', axes, shape)
      const kept = otherAxes(shape.length, axes).map((a) => shape[a] ?? 0)
      if (!sameShape(kept, x.shape))
        throw new TypeError(
          `broadcast: ${showType(x)} does not become ${showShape(shape)} by new axes [${axes.join(', ')}]`,
        )
      return [{ dtype: x.dtype, shape }]
    },
    optic: linear(({ axes }, dy) => [sum(dy, axes)]),
    batch: (n, { axes, shape }, [x]) => [
      broadcast(
        x as Wire,
        axes.map((a) => a + 1),
        [n, ...shape],
      ),
    ],
    meaning: ({ axes, shape }, [x]) => {
      if (x === undefined) return []
      const own = strides(x.shape)
      const kept = otherAxes(shape.length, axes)
      return [
        read(
          x.data,
          positions(
            shape,
            shape.map((_, a) => own[kept.indexOf(a)] ?? 0),
          ),
        ),
      ]
    },
  }),
  (x, axes, shape) =>
    axes.length === 0 && sameShape(x.type.shape, shape) ? x : applied(broadcast.operation, { axes, shape }, [x]),
)

/** `sum(x, axes)`: the sum along axes, which disappear. Dagger: broadcast. */
export const sum: Primitive<(x: Wire, axes?: readonly number[]) => Wire, SumAttributes> = withOperation(
  define<SumAttributes>({
    name: 'sum',
    codomain({ axes }, dom) {
      const x = operand('sum', dom, 0, 1)
      checkAxes('sum', axes, x.shape)
      return [{ dtype: x.dtype, shape: otherAxes(x.shape.length, axes).map((a) => x.shape[a] ?? 0) }]
    },
    optic: linear(({ axes }, dy, [x]) => [broadcast(dy, axes, x?.shape ?? [])]),
    batch: (_, { axes }, [x]) => [
      sum(
        x as Wire,
        axes.map((a) => a + 1),
      ),
    ],
    meaning: ({ axes }, [x], [type], scalars) => {
      if (x === undefined || type === undefined) return []
      const own = strides(x.shape)
      const pick = (from: readonly number[], some: readonly number[]): number[] => some.map((a) => from[a] ?? 0)
      const inner = positions(pick(x.shape, axes), pick(own, axes))
      const outer = positions(type.shape, pick(own, otherAxes(x.shape.length, axes)))
      return [sums(scalars(x.dtype), x.data, outer, inner)]
    },
  }),
  (x, axes = otherAxes(x.type.shape.length, [])) => (axes.length === 0 ? x : applied(sum.operation, { axes }, [x])),
)

function sums<T>(s: Scalars<T>, data: ArrayLike<T>, outer: Int32Array, inner: Int32Array): T[] {
  return Array.from(outer, (base) => {
    let total = s.zero
    for (const i of inner) total = s.add(total, data[base + i] as T)
    return total
  })
}
