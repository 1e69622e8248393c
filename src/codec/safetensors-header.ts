import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Dtype } from '../object/index.js'

/** How the entries of a dtype stand in a file: the format's name, and bytes an entry. */
export const formats: { readonly [D in Dtype]: { readonly name: string; readonly width: number } } = {
  float64: { name: 'F64', width: 8 },
  float32: { name: 'F32', width: 4 },
  integer: { name: 'I64', width: 8 },
  int32: { name: 'I32', width: 4 },
  bit: { name: 'BOOL', width: 1 },
}

/** One tensor of a header: its dtype by the format's name, its shape, and where its bytes begin and end. */
export interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}
/** A header: tensors by name, and texts that describe them. */
export interface Header {
  readonly entries: readonly (readonly [name: string, entry: Entry])[]
  readonly metadata: { readonly [key: string]: string }
}

const isNatural = (u: unknown): u is number => Number.isSafeInteger(u) && Number(u) >= 0 && !Object.is(u, -0)
const natural = new t.Type<number, number, unknown>(
  'natural',
  isNatural,
  (u, context) => (isNatural(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
)
/** io-ts's own tuple drops what is too many. */
const isInterval = (u: unknown): u is readonly [number, number] =>
  Array.isArray(u) && u.length === 2 && u.every(isNatural)
const interval = new t.Type<readonly [number, number], unknown, unknown>(
  '[natural, natural]',
  isInterval,
  (u, context) => (isInterval(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
)
const entry = t.strict(
  { dtype: t.string, shape: t.array(natural, 'natural[]'), data_offsets: interval },
  '{ dtype: string, shape: natural[], data_offsets: [natural, natural] }',
)
const texts = t.record(t.string, t.string, 'texts')
const fields = t.UnknownRecord

/** The codec of a header's JSON value; names are sorted by code units. */
export const header: t.Type<Header, unknown> = new t.Type<Header, unknown>(
  'header',
  (u): u is Header => typeof u === 'object' && u !== null && 'entries' in u && 'metadata' in u,
  (u, context) => {
    const all = fields.validate(u, context)
    if (E.isLeft(all)) return all
    const entries: (readonly [string, Entry])[] = []
    let metadata: { readonly [key: string]: string } = {}
    for (const [name, value] of Object.entries(all.right)) {
      const at = t.appendContext(context, name, entry)
      if (name === '__metadata__') {
        const read = texts.validate(value, at)
        if (E.isLeft(read)) return read
        metadata = read.right
      } else {
        const read = entry.validate(value, at)
        if (E.isLeft(read)) return read
        entries.push([name, read.right])
      }
    }
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return t.success({ entries, metadata })
  },
  ({ entries, metadata }) => {
    const about = Object.keys(metadata).sort()
    const named = entries.map(([name, e]): [string, unknown] => [name, e])
    if (about.length > 0) named.unshift(['__metadata__', Object.fromEntries(about.map((k) => [k, metadata[k]]))])
    return Object.fromEntries(named)
  },
)
