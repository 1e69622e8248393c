import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode, type NamedTensors } from '../../src/codec/index.js'
import { bit, float64, int, tensorOf, type Tensor } from '../../src/object/index.js'

const why = (read: E.Either<{ message: string }, unknown>): string => (E.isLeft(read) ? read.left.message : 'read')
const right = <T>(read: E.Either<{ message: string }, T>): T => {
  if (E.isLeft(read)) throw new Error(read.left.message)
  return read.right
}
const big = (shape: number[], data: bigint[]): Tensor => ({ dtype: 'integer', shape, data })
const every: NamedTensors = {
  'hidden.weight': tensorOf([2, 3], [1, -2, 0.5, 0, -0, 2 ** -149]),
  step: tensorOf(int(), [-7]),
  mask: tensorOf(bit(3), [1, 0, 1]),
  'a é "quoted"\n': tensorOf(float64(2), [0.1, 1e300]),
  votes: big([2], [-(2n ** 63n), 2n ** 63n - 1n]),
  empty: tensorOf([0, 5], []),
  __proto__x: tensorOf([1], [3]),
}
/** A file with this header, whole or as JSON value, and this many bytes after it. */
const file = (header: unknown, body = 0): Uint8Array => {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const out = new Uint8Array(8 + text.length + body)
  new DataView(out.buffer).setBigUint64(0, BigInt(text.length), true)
  out.set(text, 8)
  return out
}
const f32 = (shape: unknown, from: unknown, to: unknown): unknown => ({ dtype: 'F32', shape, data_offsets: [from, to] })

describe('safetensors', () => {
  it('reads back every dtype, bit for bit, and the metadata', () => {
    const read = right(decode(right(encode(every, { format: '1', note: 'é' }))))
    expect(read).toEqual({ tensors: every, metadata: { format: '1', note: 'é' } })
    expect(Object.is((read.tensors['hidden.weight'] as Tensor).data[4], -0)).toBe(true)
    expect(decode(right(encode({})))).toEqual(E.right({ tensors: {}, metadata: {} }))
  })

  it('reads a Buffer of Node as it does other bytes, and copies', () => {
    const bytes = Buffer.concat([Buffer.of(1, 2, 3), right(encode(every))]).subarray(3)
    const read = decode(bytes)
    bytes.fill(0)
    expect(read).toEqual(E.right({ tensors: every, metadata: {} }))
  })

  // written by safetensors 0.8.0 (Python), numpy arrays a = [1, -2] of float32, b = 7 of int64, m = [True, False]
  it('reads a file of the reference implementation', () => {
    const bytes = Buffer.from(
      'wAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJub3RlIjoiw6kifSwiYiI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpbXSwiZGF0YV9vZmZzZXRzIjpbMCw4XX0sImEiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls4LDE2XX0sIm0iOnsiZHR5cGUiOiJCT09MIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMTYsMThdfX0HAAAAAAAAAAAAgD8AAADAAQA=',
      'base64',
    )
    const tensors = { a: tensorOf([2], [1, -2]), b: big([], [7n]), m: tensorOf(bit(2), [1, 0]) }
    expect(decode(bytes)).toEqual(E.right({ tensors, metadata: { note: 'é' } }))
    expect(right(encode(tensors, { note: 'é' }))).toEqual(new Uint8Array(bytes))
  })

  it('keeps names that JavaScript treats apart', () => {
    const odd = Object.fromEntries(
      ['__proto__', '10', '9', 'constructor', 'toString'].map((n, i) => [n, tensorOf([], [i])]),
    )
    const read = right(decode(right(encode(odd)))).tensors
    expect(Object.keys(read).sort()).toEqual(Object.keys(odd).sort())
    expect(Object.getOwnPropertyDescriptor(read, '__proto__')?.value).toEqual(tensorOf([], [0]))
  })

  it('writes the published layout', () => {
    const bytes = right(encode({ b: tensorOf(bit(1), [1]), a: tensorOf([1], [1]), c: tensorOf(float64(1), [1]) }))
    const text =
      '{"c":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},' +
      '"b":{"dtype":"BOOL","shape":[1],"data_offsets":[12,13]}}'
    const length = Math.ceil(text.length / 8) * 8
    expect([...bytes.slice(0, 8)]).toEqual([length, 0, 0, 0, 0, 0, 0, 0])
    expect(new TextDecoder().decode(bytes.slice(8, 8 + length))).toBe(text.padEnd(length))
    expect([...bytes.slice(8 + length)]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0x80, 0x3f, 1])
  })

  it('writes the same bytes whatever the order of names, every tensor aligned to its entries', () => {
    const bytes = right(encode(every, { b: '1', a: '2' }))
    expect(right(encode(Object.fromEntries(Object.entries(every).reverse()), { a: '2', b: '1' }))).toEqual(bytes)
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
      string,
      { dtype: string; data_offsets: [number, number] }
    >
    const widths: Record<string, number> = { F64: 8, I64: 8, F32: 4, I32: 4, BOOL: 1 }
    expect(length % 8).toBe(0)
    for (const { dtype, data_offsets } of Object.values(header))
      if (dtype) expect(data_offsets[0] % (widths[dtype] ?? NaN)).toBe(0)
  })

  it.each<[string, NamedTensors, string]>([
    [
      'an integer above',
      { x: big([2], [0n, 2n ** 63n]) },
      'safetensors: tensor "x": entry 1 is 9223372036854775808: I64 needs -2^63 ≤ x < 2^63',
    ],
    [
      'an integer below',
      { x: big([], [-(2n ** 63n) - 1n]) },
      'safetensors: tensor "x": entry 0 is -9223372036854775809: I64 needs -2^63 ≤ x < 2^63',
    ],
    [
      'a bit that is none',
      { x: { dtype: 'bit', shape: [1], data: Uint8Array.of(2) } },
      'safetensors: tensor "x": entry 0 is 2: a bit is 0 or 1',
    ],
    [
      'a shape that is not filled',
      { x: { dtype: 'float32', shape: [2], data: new Float32Array(3) } },
      'safetensors: tensor "x": [2] has 2 entries, given 3',
    ],
    [
      'the reserved name',
      { __metadata__: tensorOf([], [1]) },
      'safetensors: tensor "__metadata__" has the name that the format keeps for itself',
    ],
  ])('does not write %s', (_, tensors, message) => {
    expect(encode(tensors)).toEqual(E.left({ kind: 'safetensors', message }))
  })

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), "the header's length needs 8 bytes, given 0"],
    ['a length past the end', Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d), 'the header needs 3 bytes, given 2'],
    ['a length of 2^64 − 1', new Uint8Array(16).fill(255), 'the header needs 18446744073709551615 bytes, given 8'],
    ['no header', new Uint8Array(8), 'the header does not begin with "{"'],
    ['a list', file('[]'), 'the header does not begin with "{"'],
    ['a space in front', file(' {}'), 'the header does not begin with "{"'],
    [
      'bytes that are not UTF-8',
      Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x22, 0xff, 0x7d),
      'the header is not UTF-8',
    ],
    ['half an object', file('{"x":'), 'the header is not JSON'],
    ['deep brackets', file(`{"x":${'['.repeat(200_000)}`), 'the header is not JSON'],
    [
      'a name twice',
      file(
        '{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"\\u0078":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}',
        4,
      ),
      'the header has the name "x" twice',
    ],
    [
      'a field twice',
      file('{"x":{"dtype":"F32","shape":[],"shape":[1],"data_offsets":[0,4]}}', 4),
      'the header has the name "shape" twice',
    ],
    [
      'a tensor that is a number',
      file({ x: 3 }),
      'header.x is not { dtype: string, shape: natural[], data_offsets: [natural, natural] }',
    ],
    ['no shape', file({ x: { dtype: 'F32', data_offsets: [0, 4] } }, 4), 'header.x.shape is not natural[]'],
    ['a negative size', file({ x: f32([-1], 0, 4) }, 4), 'header.x.shape.0 is not natural'],
    ['a size that is no integer', file({ x: f32([1.5], 0, 4) }, 4), 'header.x.shape.0 is not natural'],
    [
      'an offset above 2^53',
      file('{"x":{"dtype":"F32","shape":[],"data_offsets":[0,9007199254740992]}}', 4),
      'header.x.data_offsets is not [natural, natural]',
    ],
    [
      'three offsets',
      file({ x: { dtype: 'F32', shape: [], data_offsets: [0, 4, 4] } }, 4),
      'header.x.data_offsets is not [natural, natural]',
    ],
    ['metadata that are numbers', file({ __metadata__: { a: 1 } }), 'header.__metadata__.a is not string'],
    [
      'an unknown dtype',
      file({ x: { dtype: 'BF16', shape: [], data_offsets: [0, 2] } }, 2),
      'tensor "x": dtype "BF16" is unsupported, needs one of F64, F32, I64, I32, BOOL',
    ],
    [
      'offsets out of bounds',
      file({ x: f32([2], 0, 8) }, 4),
      'tensor "x": the entries end at byte 8, need 0 ≤ end ≤ 4',
    ],
    [
      'offsets that go back',
      file({ a: f32([1], 0, 4), b: f32([0], 4, 3) }, 4),
      'tensor "b": the entries end at byte 3, need 4 ≤ end ≤ 4',
    ],
    [
      'overlap',
      file({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, 8),
      'tensor "b": the entries begin at byte 4, need to begin at 8 where the tensor before ends',
    ],
    [
      'a hole',
      file({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12),
      'tensor "b": the entries begin at byte 8, need to begin at 4 where the tensor before ends',
    ],
    ['too few bytes for a shape', file({ x: f32([2], 0, 4) }, 4), 'tensor "x": F32 [2] needs 8 bytes, given 4'],
    ['a product past every float', file({ x: f32(new Array(40).fill(2 ** 40), 0, 4) }, 4), 'tensor "x": F32 ['],
    ['a million sizes', file({ x: f32(new Array(1e6).fill(2 ** 53 - 1), 0, 4) }, 4), 'tensor "x": F32 ['],
    ['bytes left over', file({ x: f32([1], 0, 4) }, 5), 'the entries end at byte 4, given 5 bytes'],
    [
      'a BOOL of 2',
      Uint8Array.from([...file({ x: { dtype: 'BOOL', shape: [1], data_offsets: [0, 1] } }), 2]),
      'tensor "x": entry 0 is 2: a BOOL is 0 or 1',
    ],
  ])('refuses %s', (_, bytes, message) => {
    const read = decode(bytes)
    expect(why(read).slice(0, `safetensors: ${message}`.length)).toBe(`safetensors: ${message}`)
    expect(read).toMatchObject({ left: { kind: 'safetensors' } })
  })

  it('is cut nowhere without an error', () => {
    const bytes = right(encode(every, { a: 'b' }))
    for (let n = 0; n < bytes.length; n++) expect(E.isLeft(decode(bytes.slice(0, n)))).toBe(true)
    expect(E.isLeft(decode(Uint8Array.from([...bytes, 0])))).toBe(true)
  })

  it('never throws on changed bytes: what it reads, it writes and reads again', () => {
    const bytes = right(encode(every, { a: 'b' }))
    const change = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(...new TextEncoder().encode('"{}[],:019-\\'))),
    )
    let reads = 0
    let refusals = 0
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = bytes.slice()
        for (const [i, b] of changes) changed[i] = b
        const read = decode(changed)
        if (E.isLeft(read)) {
          refusals++
          return read.left.message.startsWith('safetensors: ')
        }
        reads++
        expect(decode(right(encode(read.right.tensors, read.right.metadata)))).toEqual(read)
        return true
      }),
      { numRuns: 2000 },
    )
    expect(Math.min(reads, refusals)).toBeGreaterThan(100)
  })

  it('never throws on bytes made up', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(8), (json, n) => {
        const read = decode(file(json, n))
        return E.isLeft(read) || E.isRight(encode(read.right.tensors, read.right.metadata))
      }),
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => E.isLeft(decode(bytes))))
  })
})
