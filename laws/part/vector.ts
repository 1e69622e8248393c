import type { Values } from '../value/bounds.js'
import { size, types, type Obj, type Type } from '../../src/object/index.js'
import type { Arithmetic } from '../../src/structure/index.js'
import { reference } from '../value/reference.js'
import { given, rounding, type Rounded } from '../value/rounding.js'

/** The arithmetic in which trajectories are computed. */
export const scalars: Arithmetic<Rounded> = rounding(reference)

/** Tensors with the entries that the naturals name, read cyclically: small integers and sixteenths. */
export function tensorsOf(space: Obj, n: readonly number[], from: number, entry: (k: number) => number): Values {
  let at = from
  return types(space).map((t: Type) => ({
    ...t,
    data: Array.from({ length: size(t.shape) }, () => given(entry(n[at++ % n.length] ?? 0))),
  }))
}

/** A function of entries, over tensors. */
export function mapped(x: Values, f: (a: Rounded, i: number) => Rounded): Values {
  return x.map((t) => ({ ...t, data: Array.from(t.data, f) }))
}
/** `c · x` for a number c. */
export function times(c: number, x: Values): Values {
  const s = scalars('float64')
  return mapped(x, (a) => s.multiply(s.of(c), a))
}
/** `x + y`. */
export function plus(x: Values, y: Values): Values {
  const s = scalars('float64')
  return x.map((t, i) => ({ ...t, data: Array.from(t.data, (a, k) => s.add(a, y[i]?.data[k] ?? s.zero)) }))
}
/** `x − y`. */
export function minus(x: Values, y: Values): Values {
  const s = scalars('float64')
  return plus(
    x,
    mapped(y, (a) => s.negate(a)),
  )
}

/** The permutation of k things that naturals name, read cyclically from one of them on. */
export function permutationOf(k: number, n: readonly number[], from: number): readonly number[] {
  const left = Array.from({ length: k }, (_, i) => i)
  return left.map((_, i) => i).flatMap((i) => left.splice((n[(from + i) % n.length] ?? 0) % left.length, 1))
}
