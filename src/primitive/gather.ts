import { showType, size } from '../object/index.js'
import type { Entries, Scalars, Wire } from '../structure/index.js'
import { add, multiply } from './arithmetic.js'
import { front } from './batch.js'
import { less, select } from './compare.js'
import { applied, define, operand, withOperation, type None, type Primitive } from './define.js'
import { iota } from './iota.js'
import { reshape } from './layout.js'

/** Number of rows of the result. */
export type ScatterAttributes = { readonly rows: number }

/**
 * `gather(table, indices)`: [n, r…] ⊗ int32[k…] → [k…, r…], the rows at the indices; zero where an index is not in
 * 0 … n − 1. Linear in the table, with dagger scatterAdd; the indices have no cotangent.
 */
export const gather: Primitive<(table: Wire, indices: Wire) => Wire, None> = withOperation(
  define<None>({
    name: 'gather',
    codomain(_, dom) {
      const table = operand('gather', dom, 0, 2)
      const indices = operand('gather', dom, 1, 2)
      if (indices.dtype !== 'int32') throw new TypeError(`gather: indices are int32, given ${showType(indices)}`)
      if (table.shape.length === 0) throw new TypeError(`gather: the table ${showType(table)} has no rows`)
      return [{ dtype: table.dtype, shape: [...indices.shape, ...table.shape.slice(1)] }]
    },
    optic: {
      kind: 'bespoke',
      residual: (_, [, indices]) => [indices as Wire],
      backward: (_, [indices], [dy], [table]) => [
        dy === undefined ? undefined : scatterAdd(indices as Wire, dy, table?.shape[0] ?? 0),
        undefined,
      ],
    },
    batch: (n, _, inputs, batched) => {
      const [table, indices] = inputs as [Wire, Wire]
      if (batched[0] !== true) return [gather(table, indices)]
      const [all, rows] = front(n, [table, indices], batched) as [Wire, Wire]
      const [, count = 0, ...rest] = all.type.shape
      return [gather(reshape(all, [n * count, ...rest]), offset(rows, count))]
    },
    meaning: (_, [table, indices], __, scalars) => [
      table === undefined || indices === undefined
        ? []
        : gathered(scalars(table.dtype), scalars('int32'), table, indices),
    ],
  }),
  (table, indices) => applied(gather.operation, {}, [table, indices]),
)

/** Indices of batch b moved to block b of a table of stacked blocks; an index outside its block becomes −1. */
function offset(indices: Wire, rows: number): Wire {
  const moved = add(indices, multiply(iota(indices.algebra, indices.type.shape, 0), rows))
  return select(less(indices, 0), -1, select(less(indices, rows), moved, -1))
}

/**
 * `scatterAdd(indices, values, n)`: int32[k…] ⊗ [k…, r…] → [n, r…], the sum of the rows at each index. Linear in the
 * values, with dagger gather.
 */
export const scatterAdd: Primitive<(indices: Wire, values: Wire, rows: number) => Wire, ScatterAttributes> =
  withOperation(
    define<ScatterAttributes>({
      name: 'scatterAdd',
      codomain({ rows }, dom) {
        const indices = operand('scatterAdd', dom, 0, 2)
        const values = operand('scatterAdd', dom, 1, 2)
        const rank = indices.shape.length
        if (!Number.isInteger(rows) || rows < 0)
          throw new TypeError(`scatterAdd: ${rows} is not a number of rows: needs an integer ≥ 0`)
        if (indices.dtype !== 'int32') throw new TypeError(`scatterAdd: indices are int32, given ${showType(indices)}`)
        if (indices.shape.some((n, a) => n !== values.shape[a]))
          throw new TypeError(`scatterAdd: ${showType(values)} does not begin like ${showType(indices)}`)
        return [{ dtype: values.dtype, shape: [rows, ...values.shape.slice(rank)] }]
      },
      optic: {
        kind: 'bespoke',
        residual: (_, [indices]) => [indices as Wire],
        backward: (_, [indices], [dy]) => [undefined, dy === undefined ? undefined : gather(dy, indices as Wire)],
      },
      batch: (n, { rows }, inputs, batched) => {
        const [indices, values] = front(n, inputs, batched) as [Wire, Wire]
        const flat = scatterAdd(offset(indices, rows), values, n * rows)
        return [reshape(flat, [n, rows, ...flat.type.shape.slice(1)])]
      },
      meaning: (_, [indices, values], [type], scalars) =>
        indices === undefined || values === undefined || type === undefined
          ? []
          : [scattered(scalars(values.dtype), scalars('int32'), indices, values, size(type.shape))],
    }),
    (indices, values, rows) => applied(scatterAdd.operation, { rows }, [indices, values]),
  )

function gathered<T>(s: Scalars<T>, int: Scalars<T>, table: Entries<T>, indices: Entries<T>): T[] {
  const width = size(table.shape.slice(1))
  const out: T[] = []
  for (let i = 0; i < indices.data.length; i++) {
    const row = int.number(indices.data[i] as T)
    for (let k = 0; k < width; k++)
      out.push(row >= 0 && row < (table.shape[0] ?? 0) ? (table.data[row * width + k] as T) : s.zero)
  }
  return out
}

function scattered<T>(s: Scalars<T>, int: Scalars<T>, indices: Entries<T>, values: Entries<T>, n: number): T[] {
  const out = new Array<T>(n).fill(s.zero)
  const width = size(values.shape.slice(indices.shape.length))
  for (let i = 0; i < indices.data.length; i++) {
    const row = int.number(indices.data[i] as T)
    for (let k = 0; k < width; k++) {
      const at = row * width + k
      if (row >= 0 && at < n) out[at] = s.add(out[at] as T, values.data[i * width + k] as T)
    }
  }
  return out
}
