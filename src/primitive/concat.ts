import { showType, size, type Type } from '../object/index.js'
import type { Entries, Wire } from '../structure/index.js'
import { front } from './batch.js'
import { applied, define, linear, withOperation, type Primitive } from './define.js'
import { slice } from './layout.js'

/** The axis along which the operands are joined. */
export type ConcatAttributes = { readonly axis: number }

/** `concat([x, y, …], axis)`: the operands one after the other along an axis. Dagger: the slices. */
export const concat: Primitive<(xs: readonly Wire[], axis: number) => Wire, ConcatAttributes> = withOperation(
  define<ConcatAttributes>({
    name: 'concat',
    codomain({ axis }, dom) {
      const [first] = dom
      if (first === undefined) throw new TypeError('concat: needs at least 1 operand, given 0')
      if (!(Number.isInteger(axis) && axis >= 0 && axis < first.shape.length))
        throw new TypeError(`concat: ${axis} is not an axis of ${showType(first)}`)
      for (const t of dom)
        if (
          t.dtype !== first.dtype ||
          t.shape.length !== first.shape.length ||
          t.shape.some((n, a) => a !== axis && n !== first.shape[a])
        )
          throw new TypeError(`concat: ${showType(first)} and ${showType(t)} differ off axis ${axis}`)
      return [
        {
          dtype: first.dtype,
          shape: first.shape.map((n, a) =>
            a === axis ? dom.reduce((total, t) => total + (t.shape[axis] ?? 0), 0) : n,
          ),
        },
      ]
    },
    optic: linear(({ axis }, dy, dom) =>
      dom.map((t, i) =>
        slice(
          dy,
          t.shape.map((_, a) => (a === axis ? before(dom, i, axis) : 0)),
          t.shape,
        ),
      ),
    ),
    batch: (n, { axis }, inputs, batched) => [concat(front(n, inputs, batched), axis + 1)],
    meaning: ({ axis }, inputs) => [joined(inputs, axis)],
  }),
  (xs, axis) => applied(concat.operation, { axis }, xs),
)

const before = (dom: readonly Type[], i: number, axis: number): number =>
  dom.slice(0, i).reduce((total, t) => total + (t.shape[axis] ?? 0), 0)

function joined<T>(inputs: readonly Entries<T>[], axis: number): T[] {
  const out: T[] = []
  const outer = size((inputs[0]?.shape ?? []).slice(0, axis))
  for (let row = 0; row < outer; row++)
    for (const x of inputs) {
      const width = size(x.shape.slice(axis))
      for (let i = 0; i < width; i++) out.push(x.data[row * width + i] as T)
    }
  return out
}
