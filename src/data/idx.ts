import * as E from 'fp-ts/lib/Either.js'
import type { IdxError } from './data-error.js'

/** The arrays of the IDX format, by element type. */
export interface IdxArrays {
  uint8: Uint8Array
  int8: Int8Array
  int16: Int16Array
  int32: Int32Array
  float32: Float32Array
  float64: Float64Array
}
/** The element types of the IDX format. */
export type IdxType = keyof IdxArrays
/** An array of the IDX format: row-major entries of one type. */
export type Idx<T extends IdxType = IdxType> = {
  [K in T]: { readonly type: K; readonly shape: readonly number[]; readonly data: IdxArrays[K] }
}[T]
/** What a file must be: its element type, and its sizes where they are not null. */
export interface IdxExpected<T extends IdxType> {
  readonly type: T
  readonly shape: readonly (number | null)[]
}

interface Row<K extends IdxType> {
  readonly code: number
  readonly width: number
  readonly make: (n: number) => IdxArrays[K]
  readonly read: (view: DataView, offset: number) => number
}
const types: { readonly [K in IdxType]: Row<K> } = {
  uint8: { code: 0x08, width: 1, make: (n) => new Uint8Array(n), read: (v, o) => v.getUint8(o) },
  int8: { code: 0x09, width: 1, make: (n) => new Int8Array(n), read: (v, o) => v.getInt8(o) },
  int16: { code: 0x0b, width: 2, make: (n) => new Int16Array(n), read: (v, o) => v.getInt16(o) },
  int32: { code: 0x0c, width: 4, make: (n) => new Int32Array(n), read: (v, o) => v.getInt32(o) },
  float32: { code: 0x0d, width: 4, make: (n) => new Float32Array(n), read: (v, o) => v.getFloat32(o) },
  float64: { code: 0x0e, width: 8, make: (n) => new Float64Array(n), read: (v, o) => v.getFloat64(o) },
}
const names = Object.keys(types) as IdxType[]

/**
 * The array of a file in the IDX format (Y. LeCun, MNIST): 0, 0, type, rank, sizes and entries, big-endian. The file must
 * end where its entries do; nothing is allocated before that is known. Left says what was given, needed, and where:
 * `idx: the sizes [2, 3] of uint8 need 18 bytes, given 17 (offset 17)`.
 */
export function readIdx<T extends IdxType = IdxType>(
  bytes: Uint8Array,
  expected?: IdxExpected<T>,
): E.Either<IdxError, Idx<T>> {
  if (bytes.length < 4) return fail(bytes.length, `the header needs 4 bytes, given ${bytes.length}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [zero = 0, zeroToo = 0, code = 0, rank = 0] = bytes
  if (zero === 0x1f && zeroToo === 0x8b) return fail(0, 'given a gzip file (1f 8b), needs it decompressed')
  if (zero !== 0 || zeroToo !== 0) return fail(0, `given ${hex(zero)} ${hex(zeroToo)}, needs 00 00`)
  const type = names.find((name) => types[name].code === code)
  if (type === undefined) return fail(2, `given element type ${hex(code)}, needs one of 08, 09, 0b, 0c, 0d, 0e`)
  const start = 4 + 4 * rank
  if (bytes.length < start) return fail(bytes.length, `${rank} sizes need ${start} bytes, given ${bytes.length}`)
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i))
  if (expected !== undefined) {
    if (type !== expected.type) return fail(2, `given element type ${type}, needs ${expected.type}`)
    const wrong = expected.shape.findIndex((n, i) => n !== null && n !== shape[i])
    const needed = `[${expected.shape.map((n) => n ?? 'n').join(', ')}]`
    if (rank !== expected.shape.length) return fail(3, `given rank ${rank}, needs ${expected.shape.length}: ${needed}`)
    if (wrong >= 0) return fail(4 + 4 * wrong, `given sizes [${shape.join(', ')}], needs ${needed}`)
  }
  const { width, make, read } = types[type]
  const needed = shape.reduce((n, k) => n * BigInt(k), BigInt(width)) + BigInt(start)
  if (needed !== BigInt(bytes.length)) {
    const offset = needed < bytes.length ? Number(needed) : bytes.length
    return fail(offset, `the sizes [${shape.join(', ')}] of ${type} need ${needed} bytes, given ${bytes.length}`)
  }
  const data = make((bytes.length - start) / width)
  if (width === 1) data.set(bytes.subarray(start))
  else for (let i = 0; i < data.length; i++) data[i] = read(view, start + i * width)
  return E.right({ type, shape, data } as Idx as Idx<T>)
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

function fail(offset: number, reason: string): E.Either<IdxError, never> {
  return E.left({ kind: 'idx', message: `idx: ${reason} (offset ${offset})`, offset })
}
