import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const isNatural = (u: unknown): u is number => Number.isSafeInteger(u) && Number(u) >= 0
/** The codec of integers 0 … 2⁵³ − 1. */
export const natural: t.Type<number> = new t.Type<number>(
  'an integer ≥ 0',
  isNatural,
  (u, context) => (isNatural(u) ? t.success(u + 0) : t.failure(u, context)),
  t.identity,
)

/** Codecs of fields, by name. */
type Fields = { readonly [key: string]: t.Mixed }
/** What an object of such fields decodes to. */
export type Decoded<P extends Fields> = { readonly [K in keyof P]: t.TypeOf<P[K]> }

/**
 * The codec of objects with exactly these fields, which it puts in this order both ways. Stops at the first field that is
 * wrong; a field that is not listed is wrong, where io-ts's own codecs drop or keep it.
 */
export function exact<P extends Fields>(fields: P): t.Type<Decoded<P>, { readonly [K in keyof P]: t.OutputOf<P[K]> }> {
  const names = Object.keys(fields)
  const name = names.length === 0 ? 'an empty object' : `an object of ${names.join(', ')}`
  const validate: t.Validate<unknown, Decoded<P>> = (u, context) => {
    const all = t.UnknownRecord.is(u) && !Array.isArray(u) ? u : undefined
    if (all === undefined) return t.failure(u, context)
    for (const key of Object.keys(all))
      if (!names.includes(key))
        return t.failure(all[key], t.appendContext(context, key, t.never), `is not a field: needs ${name}`)
    const out: [string, unknown][] = []
    for (const [key, codec] of Object.entries(fields)) {
      const read = codec.validate(all[key], t.appendContext(context, key, codec))
      if (E.isLeft(read)) return read
      out.push([key, read.right])
    }
    return t.success(Object.fromEntries(out) as Decoded<P>)
  }
  return new t.Type(
    name,
    (u): u is Decoded<P> =>
      t.UnknownRecord.is(u) &&
      Object.keys(u).length === names.length &&
      Object.entries(fields).every(([key, codec]) => Object.hasOwn(u, key) && codec.is(u[key])),
    validate,
    (a) =>
      Object.fromEntries(names.map((key) => [key, fields[key]?.encode(a[key])])) as {
        readonly [K in keyof P]: t.OutputOf<P[K]>
      },
  )
}

/** The codec of lists, which stops at the first element that is wrong. */
export function list<A, O>(element: t.Type<A, O>, most: number = Infinity): t.Type<readonly A[], readonly O[]> {
  const name = most === Infinity ? `a list` : `a list of at most ${most}`
  const validate: t.Validate<unknown, readonly A[]> = (u, context) => {
    if (!Array.isArray(u) || u.length > most) return t.failure(u, context)
    const out: A[] = []
    for (const [i, each] of u.entries()) {
      const read = element.validate(each, t.appendContext(context, String(i), element))
      if (E.isLeft(read)) return read
      out.push(read.right)
    }
    return t.success(out)
  }
  return new t.Type(
    name,
    (u): u is readonly A[] => Array.isArray(u) && u.length <= most && u.every((each) => element.is(each)),
    validate,
    (all) => all.map((each) => element.encode(each)),
  )
}
