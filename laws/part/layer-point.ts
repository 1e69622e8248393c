import type { Values } from '../value/bounds.js'
import * as fc from 'fast-check'
import { dtypes, size, type Dtype, type Type } from '../../src/object/index.js'
import { element } from '../../src/term/index.js'
import type { Variables } from '../law/law.js'
import { showValues } from '../value/compare.js'
import type { Plain } from '../value/interpreter.js'
import { given } from '../value/rounding.js'

/** An entry from a natural below 64: what a domain is said by. */
export type Entry = (n: number) => number

/** ±1/16, ±3/16, … ±63/16: no integers, so that kinks there are not met, and sums and products of a few are exact. */
const odd: Entry = (n) => ((n % 2 === 0 ? 1 : -1) * (2 * (n >> 1) + 1)) / 16

/** The entries of a dtype, unless a domain is given: odd sixteenths between −4 and 4, small integers, bits. */
export function entryOf(dtype: Dtype): Entry {
  return dtypes[dtype].analytic ? odd : (n) => element(dtype, n)
}

/** A list of tensors that is generated: where it lies as text, `: A` or `> 0`, and how naturals below 64 are read. */
export interface Space {
  readonly is: string
  readonly types: readonly Type[]
  /** All entries in order, from as many naturals. */
  read(naturals: readonly number[]): readonly number[]
}

/** The space of some tensors, each with its entries. */
export function space(is: string, types: readonly Type[], entries: readonly (Entry | undefined)[] = []): Space {
  const each = types.flatMap((t, i) => new Array<Entry>(size(t.shape)).fill(entries[i] ?? entryOf(t.dtype)))
  return { is, types, read: (naturals) => naturals.map((n, k) => each[k]?.(n) ?? 0) }
}

/** Permutations of n things, int32[n]. */
export function permutations(n: number): Space {
  return {
    is: `in S(${n})`,
    types: [{ dtype: 'int32', shape: [n] }],
    read(naturals) {
      const left = Array.from({ length: n }, (_, i) => i)
      return naturals.flatMap((k) => left.splice(k % Math.max(1, left.length), 1))
    },
  }
}

/** One of several things a law speaks about, and a value for each of its variables. */
export interface Point<M, K extends string> {
  readonly subject: M
  readonly values: { readonly [V in K]: Values }
}

const countOf = (all: readonly Space[]): number =>
  all.reduce((n, s) => n + s.types.reduce((m, t) => m + size(t.shape), 0), 0)

/** Entries in a point, at most, before the naturals repeat. */
const most = 97

/**
 * Variables in spaces that depend on one of several subjects: the subject and all entries come from one list of naturals.
 * Over bits all points are tried where there are at most 2¹².
 */
export function points<M extends { readonly name: string }, K extends string>(
  subjects: readonly M[],
  spacesOf: (m: M) => { readonly [V in K]: Space },
): Variables<Point<M, K>> {
  const all = subjects.map((subject) => ({ subject, spaces: Object.entries<Space>(spacesOf(subject)) }))
  const counts = all.map(({ spaces }) => countOf(spaces.map(([, s]) => s)))
  const decode = (at: number, naturals: readonly number[]): Point<M, K> => {
    const { subject, spaces } = all[at] as (typeof all)[number]
    let from = 0
    const values = spaces.map(([name, s]) => {
      const own = Array.from({ length: countOf([s]) }, () => naturals[from++ % naturals.length] ?? 0)
      return [name, tensorsOf(s, own)]
    })
    return { subject, values: Object.fromEntries(values) as { readonly [V in K]: Values } }
  }
  const described = {
    text: (all[0]?.spaces ?? []).flatMap(([name, s]) => (s.types.length === 0 ? [] : [`${name} ${s.is}`])).join(', '),
    show: ({ subject, values }: Point<M, K>) => ({
      ...(subjects.length === 1 ? {} : { f: subject.name }),
      ...Object.fromEntries(
        Object.entries<Values>(values).flatMap(([name, v]) => (v.length === 0 ? [] : [[name, showValues(v)]])),
      ),
    }),
  }
  const bits = all.every(({ spaces }) => spaces.every(([, s]) => s.types.every((t) => t.dtype === 'bit')))
  if (bits && counts.every((n) => n <= 12))
    return {
      ...described,
      all: () => counts.flatMap((n, at) => Array.from({ length: 2 ** n }, (_, i) => decode(at, digits(i, n)))),
    }
  const length = Math.max(1, Math.min(most, Math.max(...counts)))
  const generated = fc.record(
    {
      at: fc.nat(Math.max(0, subjects.length - 1)),
      naturals: fc.array(fc.nat(63), { minLength: length, maxLength: length }),
    },
    { noNullPrototype: true },
  )
  return { ...described, arbitrary: generated.map(({ at, naturals }) => decode(at, naturals)) }
}

const digits = (i: number, n: number): number[] => Array.from({ length: Math.max(1, n) }, (_, k) => (i >> k) & 1)

function tensorsOf(s: Space, naturals: readonly number[]): Values {
  const numbers = s.read(naturals)
  let from = 0
  return s.types.map(({ dtype, shape }) => {
    const own = numbers.slice(from, (from += size(shape)))
    return { dtype, shape, data: own.map((x) => given(dtype === 'integer' ? BigInt(x) : (x as Plain))) }
  })
}
