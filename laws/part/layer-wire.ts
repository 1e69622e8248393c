import type { Type } from '../../src/object/index.js'
import {
  abs,
  add,
  addAll,
  broadcast,
  concat,
  constant,
  gather,
  maximum,
  multiply,
  negate,
  reshape,
  select,
  slice,
  sum,
  transpose,
} from '../../src/primitive/index.js'
import type { Algebra, Wire } from '../../src/structure/index.js'
import type { Wires } from './layer-morphism.js'

const zip =
  (f: (x: Wire, y: Wire) => Wire) =>
  (xs: Wires, ys: Wires): Wires => {
    if (xs.length !== ys.length) throw new TypeError(`laws: ${xs.length} and ${ys.length} tensors have no sum`)
    return xs.map((x, i) => f(x, ys[i] as Wire))
  }

/** `x + y`, tensor by tensor. */
export const plus: (xs: Wires, ys: Wires) => Wires = zip(add)
/** `x ∨ y`, the larger of each entry. */
export const larger: (xs: Wires, ys: Wires) => Wires = zip(maximum)
/** `−x`. */
export const minus: (xs: Wires) => Wires = (xs) => xs.map(negate)
/** `|x|`. */
export const sizes: (xs: Wires) => Wires = (xs) => xs.map(abs)

/** `c x` for a scalar c; tensors of another dtype stay. */
export function scaled([c]: Wires, xs: Wires): Wires {
  if (c === undefined) throw new TypeError('laws: no scalar was given')
  return xs.map((x) => (x.type.dtype === c.type.dtype ? multiply(filled(c, x.type.shape), x) : x))
}
const filled = (c: Wire, shape: readonly number[]): Wire =>
  shape.length === 0
    ? c
    : broadcast(
        c,
        shape.map((_, i) => i),
        shape,
      )

/** Zeros. */
export function zeros(algebra: Algebra, types: readonly Type[]): Wires {
  return types.map((t) => constant(algebra, 0, t.dtype, t.shape))
}

/** Ones of the type of a wire. */
export function ones(x: Wire): Wire {
  return constant(x.algebra, 1, x.type.dtype, x.type.shape)
}

const last = (x: Wire): number => {
  if (x.type.shape.length === 0) throw new TypeError('laws: a scalar has no axis')
  return x.type.shape.length - 1
}

/** `x + c·1` along the last axis, c without it. */
export function shifted(xs: Wires, cs: Wires): Wires {
  return plus(
    xs,
    cs.map((c, i) => broadcast(c, [last(xs[i] as Wire)], (xs[i] as Wire).type.shape)),
  )
}

/** The sums along the last axis. */
export function sums(xs: Wires): Wires {
  return xs.map((x) => sum(x, [last(x)]))
}

/** x with the entries of one axis, the first or the last, in the order of a permutation. */
export function permuted(xs: Wires, [order]: Wires, axis: 'first' | 'last'): Wires {
  if (order === undefined) throw new TypeError('laws: no permutation was given')
  return xs.map((x) => {
    const [n, k] = [x.type.shape[axis === 'first' ? 0 : last(x)], order.type.shape[0]]
    if (n !== k) throw new TypeError(`laws: an axis of ${n ?? 'no'} entries, a permutation of ${k ?? 'no'}`)
    if (axis === 'first') return gather(x, order)
    const axes = x.type.shape.map((_, i) => i)
    const front = gather(transpose(x, [last(x), ...axes.slice(0, -1)]), order)
    return transpose(front, [...axes.slice(1), 0])
  })
}

/** `m ? x : y`. */
export function chosen(ms: Wires, xs: Wires, ys: Wires): Wires {
  return ms.map((m, i) => select(m, xs[i] as Wire, ys[i] as Wire))
}

/** Row i of a batch. */
export function row(x: Wire, i: number): Wire {
  const [, ...shape] = x.type.shape
  return reshape(slice(x, [i, ...shape.map(() => 0)], [1, ...shape]), shape)
}

/** Some wires of one type as the rows of one wire. */
export function stacked(rows: Wires): Wire {
  return concat(
    rows.map((x) => reshape(x, [1, ...x.type.shape])),
    0,
  )
}

/** The sum of one or more wires. */
export const total: (rows: Wires) => Wire = addAll
