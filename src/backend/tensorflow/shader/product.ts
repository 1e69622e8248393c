import { size } from '../../../object/index.js'
import type { ContractNode, Node } from '../../wasm/lower/node.js'
import { scalarOf } from './dialect.js'
import { sum } from './entry.js'
import { affine, digit, placeAt } from './place.js'
import { literal, type Writer } from './writer.js'

/** The matrix products of an array. */
export type Product = Node & ContractNode

/** Products that are summed for an entry. */
export function lengthOf({ inner }: Product): number {
  return size(inner.map(({ n }) => n))
}

/** `Σₖ a[…, m, k] · b[…, k, j]` at entry `index`, of which the turns from `from` to before `to` are taken. */
export function product(w: Writer, node: Product, index: string, turns: readonly [string, string]): string {
  const { left, right, outer, rows, inner, columns, dtype, shape } = node
  const levels = [...outer, ...rows].map((level) => {
    const c = digit(index, level.out, level.n, size(shape))
    return { ...level, at: c === '0' || c === index ? c : w.let('int', c) }
  })
  const column = digit(index, 1, columns.n, size(shape))
  const a = w.let(
    'int',
    affine(
      left.offset,
      levels.map(({ at, a: by }) => ({ at, by })),
    ),
  )
  const b = w.let(
    'int',
    affine(right.offset, [...levels.map(({ at, b: by }) => ({ at, by })), { at: column, by: columns.b }]),
  )
  const out = w.variable(scalarOf(dtype), literal(dtype, 0))
  w.loop(turns[0], turns[1], (t) => {
    const { coordinates } = placeAt(
      w,
      t,
      inner.map(({ n }) => n),
    )
    const along = (base: string, key: 'a' | 'b'): string =>
      affine(0, [{ at: base, by: 1 }, ...inner.map((level, n) => ({ at: coordinates[n] ?? '0', by: level[key] }))])
    const [x, y] = [w.read(left.source as number, along(a, 'a')), w.read(right.source as number, along(b, 'b'))]
    w.line(`${out} = ${sum(dtype, out, dtype === 'bit' ? `(${x} & ${y})` : `${x} * ${y}`)};`)
  })
  return out
}
