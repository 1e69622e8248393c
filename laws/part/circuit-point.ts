import * as fc from 'fast-check'
import { size, types, type Obj, type Tensor } from '../../src/object/index.js'
import type { Variables } from '../law/law.js'

/** Bits at which all points are tried; above it some are. */
export const most = 12

/** Entries of an object. */
export function bitsOf(a: Obj): number {
  return types(a).reduce((n, t) => n + size(t.shape), 0)
}

/** A tensor for each of an object's, its entries the bits of a list from an index on. */
export function tensorsOf(a: Obj, bits: readonly number[], from = 0): Tensor[] {
  let at = from
  return types(a).map((t) => {
    const data = Uint8Array.from({ length: size(t.shape) }, () => (bits[at++] ?? 0) & 1)
    return { dtype: 'bit', shape: [...t.shape], data } as unknown as Tensor
  })
}

/** The entries of tensors, in order. */
export function entriesOf(all: readonly Tensor[]): number[] {
  return all.flatMap((t) => Array.from(t.data as ArrayLike<number>, Number))
}

/**
 * The points of Z₂ⁿ split into named parts: all of them to 2¹², else all of the first part, each with one of the others,
 * and where that is too large too, some.
 */
export function bitPoints<K extends string>(parts: { readonly [P in K]: number }): Variables<{
  readonly [P in K]: readonly number[]
}> {
  const names = Object.entries<number>(parts)
  const n = names.reduce((total, [, k]) => total + k, 0)
  const first = names[0]?.[1] ?? 0
  type Point = { readonly [P in K]: readonly number[] }
  const split = (bits: readonly number[]): Point => {
    let from = 0
    const each = names.map(([name, k]) => [name, bits.slice(from, (from += k))] as const)
    return Object.fromEntries(each) as { readonly [name: string]: readonly number[] } as Point
  }
  const described = {
    text: names.map(([name, k]) => `${name} ∈ Z₂^${k}`).join(', '),
    show: (point: Point) => Object.fromEntries(names.map(([name]) => [name, point[name as K].join('')])),
  }
  const digits = (i: number): number[] => Array.from({ length: n }, (_, k) => (k < 31 ? (i >>> k) & 1 : 0))
  if (n <= most) return { ...described, all: () => Array.from({ length: 2 ** n }, (_, i) => split(digits(i))) }
  if (first <= most) {
    const other = (i: number): number[] => digits(Math.imul(i + 1, 0x9e3779b1) >>> 3).slice(0, n - first)
    return {
      ...described,
      all: () => Array.from({ length: 2 ** first }, (_, i) => split([...digits(i).slice(0, first), ...other(i)])),
    }
  }
  return { ...described, arbitrary: fc.array(fc.nat(1), { minLength: n, maxLength: n }).map(split) }
}
