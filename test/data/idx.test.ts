import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIdx, type IdxType } from '../../src/data/index.js'

const header = (code: number, ...sizes: number[]): number[] => [
  ...[0, 0, code, sizes.length],
  ...sizes.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]),
]
const message = (bytes: readonly number[], expected?: { type: IdxType; shape: (number | null)[] }): string => {
  const read = readIdx(Uint8Array.from(bytes), expected)
  return E.isLeft(read) ? read.left.message : 'read'
}

describe('readIdx', () => {
  it.each<[IdxType, number, number[], number[]]>([
    ['uint8', 0x08, [0, 7, 255], [0, 7, 255]],
    ['int8', 0x09, [0, 127, 255], [0, 127, -1]],
    ['int16', 0x0b, [0, 1, 255, 254, 1, 0], [1, -2, 256]],
    ['int32', 0x0c, [0, 0, 0, 5, 255, 255, 255, 255, 128, 0, 0, 0], [5, -1, -(2 ** 31)]],
    ['float32', 0x0d, [0x3f, 0xc0, 0, 0, 0xbf, 0x80, 0, 0, 0, 0, 0, 0], [1.5, -1, 0]],
    ['float64', 0x0e, [0x3f, 0xf8, ...Array<number>(22).fill(0)], [1.5, 0, 0]],
  ])('reads %s, big-endian', (type, code, bytes, numbers) => {
    const read = readIdx(Uint8Array.from([...header(code, 3), ...bytes]))
    expect(E.map((x: { data: ArrayLike<number> }) => Array.from(x.data))(read)).toEqual(E.right(numbers))
    expect(read).toMatchObject(E.right({ type, shape: [3] }))
  })

  it('reads from the middle of a buffer, and copies', () => {
    const bytes = Buffer.from([9, 9, 9, ...header(0x08, 2, 1), 4, 5, 9]).subarray(3, 17)
    const read = readIdx(bytes, { type: 'uint8', shape: [null, 1] })
    bytes.fill(0)
    expect(read).toEqual(E.right({ type: 'uint8', shape: [2, 1], data: Uint8Array.of(4, 5) }))
  })

  it.each<[string, number[], string]>([
    ['an empty file', [], 'idx: the header needs 4 bytes, given 0 (offset 0)'],
    ['a gzip file', [0x1f, 0x8b, 8, 0], 'idx: given a gzip file (1f 8b), needs it decompressed (offset 0)'],
    ['a text', [0x25, 0x20, 8, 1], 'idx: given 25 20, needs 00 00 (offset 0)'],
    ['an unknown type', header(0x0a, 1), 'idx: given element type 0a, needs one of 08, 09, 0b, 0c, 0d, 0e (offset 2)'],
    ['a cut header', header(0x08, 2, 3).slice(0, 9), 'idx: 2 sizes need 12 bytes, given 9 (offset 9)'],
    [
      'cut entries',
      [...header(0x0c, 2), 0, 0, 0, 1, 0],
      'idx: the sizes [2] of int32 need 16 bytes, given 13 (offset 13)',
    ],
    ['a byte too many', [...header(0x08, 1), 1, 2], 'idx: the sizes [1] of uint8 need 9 bytes, given 10 (offset 9)'],
    [
      'sizes whose product is no float',
      header(0x0e, 0xffffffff, 0xffffffff, 0xffffffff),
      'idx: the sizes [4294967295, 4294967295, 4294967295] of float64 need 633825299671392843082401579016 bytes, given 16 (offset 16)',
    ],
    [
      'an allocation bomb',
      header(0x08, 0xffffffff),
      'idx: the sizes [4294967295] of uint8 need 4294967303 bytes, given 8 (offset 8)',
    ],
  ])('refuses %s', (_, bytes, text) => {
    expect(message(bytes)).toBe(text)
  })

  it('refuses 255 huge sizes without computing in floats', () => {
    expect(message(header(0x0e, ...Array<number>(255).fill(0xffffffff)))).toMatch(
      /^idx: .* need \d{2000,} bytes, given 1024/u,
    )
    expect(readIdx(Uint8Array.from(header(0x0e, 0, ...Array<number>(254).fill(0xffffffff))))).toMatchObject({
      _tag: 'Right',
      right: { data: new Float64Array(0) },
    })
  })

  it('refuses another type, rank or size than expected, at its offset', () => {
    const expected = { type: 'uint8' as const, shape: [null, 28, 28] }
    expect(message([...header(0x09, 1), 0], expected)).toBe('idx: given element type int8, needs uint8 (offset 2)')
    expect(message([...header(0x08, 1), 0], expected)).toBe('idx: given rank 1, needs 3: [n, 28, 28] (offset 3)')
    expect(message(header(0x08, 0, 28, 27), expected)).toBe(
      'idx: given sizes [0, 28, 27], needs [n, 28, 28] (offset 12)',
    )
    expect(message(header(0x08, 0, 28, 28), expected)).toBe('read')
  })

  it('never throws, and no proper prefix of a file is a file', () => {
    const file = Uint8Array.from([...header(0x0b, 2, 3), ...Array.from({ length: 12 }, (_, i) => i)])
    for (let n = 0; n < file.length; n++) expect(E.isLeft(readIdx(file.subarray(0, n)))).toBe(true)
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), fc.nat(file.length - 1), fc.nat(255), (i, a, j, b) => {
        const bytes = file.slice()
        bytes[i] = a
        bytes[j] = b
        const read = readIdx(bytes)
        if (E.isLeft(read)) return read.left.message.startsWith('idx: ')
        return read.right.data.length === read.right.shape.reduce((n, k) => n * k, 1)
      }),
    )
  })
})
