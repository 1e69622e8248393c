import * as fc from 'fast-check'
import type { Blueprint, Category } from '../../src/structure/index.js'
import type { Variables } from '../law/law.js'
import type { Subject } from './subject.js'

/** Variables with their types as text: `{ A: 'object', f: 'A → B', g: 'B → C' }`, each used after what it depends on. */
export type Context = Readonly<Record<string, `${string} → ${string}` | 'object'>>

/** The context of one program. */
export type Program = { readonly f: 'A → B' }

/** The values of a context: objects and morphisms. */
export type Values<Ob, Hom, C extends Context> = { readonly [K in keyof C]: C[K] extends 'object' ? Ob : Hom }

/** Values of a context, and the naturals from which points are decoded. */
export interface Given<Ob, Hom, C extends Context> {
  readonly values: Values<Ob, Hom, C>
  readonly point: Blueprint
}

/** The naturals of a point at which known programs are tried: the golden ratio's multiples, their top six bits, of both parities. */
export const anyPoint: Blueprint = Array.from({ length: 31 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 26)

/**
 * All programs of one step out of objects `T ⊗ T`, the shortest first: every generator in its uses. What holds at
 * generators and is kept by composition holds everywhere.
 */
export function generators<Ob, Hom>(
  subject: Subject<Ob, Hom>,
): Variables<Given<Ob, Hom, Program>> & { all(): readonly Given<Ob, Hom, Program>[] } {
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
  const { object, morphism } = subject.decode
  const programs = (type: number): Hom[] =>
    range(48).flatMap((op) => [1, 2, 3].map((n) => morphism(object([type, type]), [[op, 0, n]])))
  return {
    text: 'generators f : A → B',
    show: ({ values: { f } }) => ({ f: subject.show(f) }),
    all: () => {
      const distinct = new Map([0, 1, 3, 4, 5, 6].flatMap(programs).map((f) => [subject.show(f), f]))
      const length = (text: string): number => text.split('\n').length * 2 ** 16 + text.length
      const shortestFirst = [...distinct].sort(([a], [b]) => length(a) - length(b))
      return shortestFirst.map(([, f]) => ({ values: { f }, point: anyPoint }))
    },
  }
}

interface Raw {
  readonly objects: readonly Blueprint[]
  readonly programs: readonly (readonly Blueprint[])[]
  readonly point: Blueprint
}

/**
 * The variables of a context in a category. Nothing is generated after anything else: all are decoded from independent
 * lists of naturals, `f : A → B` defining B where B is new and ending in it where it is known. So every shrink is well typed.
 */
export function context<Ob, Hom, const C extends Context>(
  subject: Subject<Ob, Hom>,
  types: C,
  steps: number,
): Variables<Given<Ob, Hom, C>> & { readonly arbitrary: fc.Arbitrary<Given<Ob, Hom, C>> } {
  const list = (max: number, length: number): fc.Arbitrary<readonly number[]> =>
    fc.array(fc.nat(max), { minLength: length, maxLength: length })
  const entries = Object.entries(types)
  const each = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(one, { minLength: 2 * entries.length, maxLength: 2 * entries.length })
  const arbitrary = fc.record(
    {
      objects: each(fc.array(fc.nat(13), { maxLength: 3 })),
      programs: each(fc.array(list(255, 3), { maxLength: steps })),
      point: list(63, 31),
    },
    { noNullPrototype: true },
  )
  return {
    text: entries.map(([name, type]) => (type === 'object' ? name : `${name} : ${type}`)).join(', '),
    arbitrary: arbitrary.map((raw) => ({ values: decode(subject, types, raw), point: raw.point })),
    show: ({ values }) =>
      Object.fromEntries(
        entries.map(([name, type]) => {
          const value = values[name] as Ob | Hom
          return [name, type === 'object' ? subject.showObject(value as Ob) : subject.show(value as Hom)]
        }),
      ),
  }
}

function decode<Ob, Hom, C extends Context>(subject: Subject<Ob, Hom>, types: C, raw: Raw): Values<Ob, Hom, C> {
  const { object, morphism, between } = subject.decode
  const category: Category<Ob, Hom> = subject.category
  const objects = new Map<string, Ob>()
  const objectOf = (name: string): Ob => {
    const a = objects.get(name) ?? object(raw.objects[objects.size] ?? [])
    objects.set(name, a)
    return a
  }
  const values = Object.entries(types).map(([name, type], i) => {
    if (type === 'object') return [name, objectOf(name)]
    const [dom = '', cod = ''] = type.split(' → ')
    const a = objectOf(dom)
    const known = objects.get(cod)
    const program = raw.programs[i] ?? []
    if (known !== undefined) return [name, between(a, known, program)]
    const f = morphism(a, program)
    objects.set(cod, category.cod(f))
    return [name, f]
  })
  return Object.fromEntries(values) as Values<Ob, Hom, C>
}
