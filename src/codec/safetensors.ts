import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { showShape, size, type Dtype, type Tensor } from '../object/index.js'
import { excerpt } from '../data/excerpt.js'
import type { CodecError } from './codec-error.js'
import { duplicateKey } from './duplicate-key.js'
import { bytesOf, entriesOf } from './safetensors-bytes.js'
import { formats, header, type Entry } from './safetensors-header.js'

/** Tensors by name. */
export type NamedTensors = { readonly [name: string]: Tensor }
/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: NamedTensors
  readonly metadata: { readonly [key: string]: string }
}

/**
 * The bytes of named tensors in the safetensors format (Hugging Face, 2022): the header's length, the header as JSON, the
 * entries. A function of the values alone, not of the order of names: wide dtypes first, then by name, so that, as the
 * format asks, there are no holes and every tensor is aligned to its entries; the entries start at a multiple of 8.
 * float64, float32, int32 are F64, F32, I32; integer is I64, Left where out of range; bit is BOOL.
 */
export function encode(
  tensors: NamedTensors,
  metadata: { readonly [key: string]: string } = {},
): E.Either<CodecError, Uint8Array> {
  const width = (x: Tensor): number => formats[x.dtype].width
  const named = Object.entries(tensors).sort(([a, x], [b, y]) => width(y) - width(x) || (a < b ? -1 : 1))
  const parts: Uint8Array[] = []
  const entries: [string, Entry][] = []
  let end = 0
  for (const [name, { dtype, shape, data }] of named) {
    if (name === '__metadata__') return fail('tensor "__metadata__" has the name that the format keeps for itself')
    if (data.length !== size(shape))
      return failAt(name, `${showShape(shape)} has ${size(shape)} entries, given ${data.length}`)
    const bytes = bytesOf(dtype, data)
    if (typeof bytes === 'string') return failAt(name, bytes)
    parts.push(bytes)
    entries.push([name, { dtype: formats[dtype].name, shape, data_offsets: [end, end + bytes.length] }])
    end += bytes.length
  }
  const json = new TextEncoder().encode(JSON.stringify(header.encode({ entries, metadata })))
  const start = 8 + Math.ceil(json.length / 8) * 8
  const out = new Uint8Array(start + end).fill(0x20, 8, start)
  new DataView(out.buffer).setBigUint64(0, BigInt(start - 8), true)
  out.set(json, 8)
  let at = start
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return E.right(out)
}

/**
 * The named tensors of bytes in the safetensors format, copied. Left on everything the format forbids: a header that is
 * cut, not UTF-8 or not JSON, names that occur twice, unknown dtypes, offsets that overlap, leave holes or do not fit their
 * shape, bytes that are left over.
 */
export function decode(bytes: Uint8Array): E.Either<CodecError, Safetensors> {
  if (bytes.length < 8) return fail(`the header's length needs 8 bytes, given ${bytes.length}`)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  if (length > bytes.length - 8) return fail(`the header needs ${length} bytes, given ${bytes.length - 8}`)
  const start = 8 + Number(length)
  if (bytes[8] !== 0x7b || start === 8) return fail('the header does not begin with "{"')
  const text = E.tryCatch(
    () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, start)),
    () => 'the header is not UTF-8',
  )
  if (E.isLeft(text)) return fail(text.left)
  const json: E.Either<string, unknown> = E.tryCatch(
    () => JSON.parse(text.right) as unknown,
    () => 'the header is not JSON',
  )
  if (E.isLeft(json)) return fail(json.left)
  const twice = duplicateKey(text.right)
  if (twice !== null) return fail(`the header has the name ${excerpt(twice)} twice`)
  const read = header.decode(json.right)
  if (E.isLeft(read)) return fail(`header${explain(read.left)}`)

  const { entries, metadata } = read.right
  const body = bytes.subarray(start)
  const tensors: [string, Tensor][] = []
  let end = 0
  for (const [name, entry] of [...entries].sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  )) {
    const [from, to] = entry.data_offsets
    if (from !== end)
      return failAt(name, `the entries begin at byte ${from}, need to begin at ${end} where the tensor before ends`)
    if (to < from || to > body.length)
      return failAt(name, `the entries end at byte ${to}, need ${from} ≤ end ≤ ${body.length}`)
    const tensor = tensorAt(entry, body.subarray(from, to))
    if (typeof tensor === 'string') return failAt(name, tensor)
    tensors.push([name, tensor])
    end = to
  }
  if (end !== body.length) return fail(`the entries end at byte ${end}, given ${body.length} bytes`)
  return E.right({ tensors: Object.fromEntries(tensors), metadata })
}

/** The tensor of a header's entry and its bytes, or the reason why there is none. */
function tensorAt({ dtype, shape }: Entry, bytes: Uint8Array): Tensor | string {
  const known = Object.keys(formats) as Dtype[]
  const own = known.find((d) => formats[d].name === dtype)
  if (own === undefined)
    return `dtype ${excerpt(dtype)} is unsupported, needs one of ${known.map((d) => formats[d].name).join(', ')}`
  const needed = shape.includes(0) ? 0 : size(shape) * formats[own].width // above 2⁵³ rounded, and no number of bytes
  if (needed !== bytes.length) return `${dtype} ${showShape(shape)} needs ${needed} bytes, given ${bytes.length}`
  const data = entriesOf(own, bytes)
  return typeof data === 'string' ? data : { dtype: own, shape: [...shape], data }
}

/** Where the first error of a decoder is, and what it needed. */
function explain(errors: t.Errors): string {
  const path = errors[0]?.context.map((c) => c.key).filter((key) => key !== '') ?? []
  return `${path.map((key) => `.${key}`).join('')} is not ${errors[0]?.context.at(-1)?.type.name ?? 'as needed'}`
}

function failAt(name: string, reason: string): E.Either<CodecError, never> {
  return fail(`tensor ${excerpt(name)}: ${reason}`)
}

function fail(reason: string): E.Either<CodecError, never> {
  return E.left({ kind: 'safetensors', message: `safetensors: ${reason}` })
}
