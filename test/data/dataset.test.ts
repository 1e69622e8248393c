import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { datasetOf, labelled, rows, splitAt, type Dataset } from '../../src/learn/dataset/index.js'
import { keyOf } from '../../src/initialiser/index.js'
import { bit, float64, int, integer, tensorOf, type Int, type Tensor } from '../../src/object/index.js'

const why = (read: E.Either<{ message: string }, unknown>): string => (E.isLeft(read) ? read.left.message : 'read')
const right = <T>(read: E.Either<{ message: string }, T>): T => {
  if (E.isLeft(read)) throw new Error(read.left.message)
  return read.right
}
/** Row i is (i, −i) with label i mod 3. */
const sample = (n: number): Dataset<[2], Int<[]>> => {
  const x: Tensor<[number, 2]> = tensorOf<[number, 2]>(
    [n, 2],
    Array.from({ length: 2 * n }, (_, i) => (i % 2 ? -1 : 1) * Math.floor(i / 2)),
  )
  const y = tensorOf<Int<[number]>>(
    int(n),
    Array.from({ length: n }, (_, i) => i % 3),
  )
  return right(datasetOf(x, y))
}
const ids = (d: Dataset<[2], Int<[]>>): number[] => Array.from(d.input.data).filter((_, i) => i % 2 === 0)

describe('datasetOf', () => {
  it('holds inputs and labels of equally many rows', () => {
    const d: Dataset = sample(4)
    expect(d).toMatchObject({ count: 4, classes: [], input: { shape: [4, 2] }, label: { dtype: 'int32', shape: [4] } })
  })

  it.each<[Tensor, Tensor, string]>([
    [
      tensorOf([3, 2], new Array(6).fill(0)),
      tensorOf(int(4), [0, 0, 0, 0]),
      'dataset: 3 inputs [3, 2] do not match 4 labels int32[4]',
    ],
    [tensorOf([0, 2], []), tensorOf(int(0), []), 'dataset: [0, 2] has no rows: needs at least one'],
    [tensorOf([], [1]), tensorOf(int(1), [0]), 'dataset: input [] has no axis of rows: needs one in front'],
    [
      tensorOf([2, 2], [1, 2, 3, NaN]),
      tensorOf(int(2), [0, 0]),
      'dataset: input at row 1 is NaN: needs finite numbers',
    ],
    [
      tensorOf([2], [1, 2]),
      tensorOf(float64(2), [-Infinity, 0]),
      'dataset: label at row 0 is -Infinity: needs finite numbers',
    ],
    [
      { dtype: 'float32', shape: [2, 2], data: new Float32Array(3) },
      tensorOf(int(2), [0, 0]),
      'dataset: input [2, 2] has 4 entries, given 3',
    ],
    [
      { dtype: 'float32', shape: [-1], data: new Float32Array(1) },
      tensorOf(int(1), [0]),
      'dataset: input [-1] is not a shape: sizes are integers ≥ 0',
    ],
  ])('refuses %#', (x, y, message) => {
    const read = datasetOf(x, y)
    expect(why(read)).toBe(message)
    expect(read).toMatchObject(E.left({ kind: 'dataset' }))
  })
})

describe('labelled', () => {
  const ten = Array.from({ length: 10 }, (_, i) => String(i))
  const of = (labels: number[]): Dataset<[], Int<[]>> =>
    right(datasetOf(tensorOf<[number]>([labels.length], labels), tensorOf<Int<[number]>>(int(labels.length), labels)))

  it('names the classes once every label is one of them', () => {
    expect(right(labelled(of([0, 9, 3]), ten)).classes).toEqual(ten)
    expect(labelled(of([0, 9, 3, 10]), ten)).toEqual(
      E.left({ kind: 'label', row: 3, message: 'label 10 at row 3 is out of range: the loss has 10 classes, 0–9' }),
    )
    expect(why(labelled(of([-1]), ten))).toBe('label -1 at row 0 is out of range: the loss has 10 classes, 0–9')
    expect(why(labelled(of([1]), ['a']))).toBe('label 1 at row 0 is out of range: the loss has 1 class, 0')
    expect(why(labelled(of([0]), []))).toBe('label 0 at row 0 is out of range: the loss has 0 classes')
  })

  it('refuses labels that are not classes', () => {
    const real = right(datasetOf(tensorOf([2], [1, 2]), tensorOf([2], [1, 2])))
    expect(why(labelled(real, ten))).toBe('labelled: labels [2] are not classes: needs int32[2]')
  })
})

describe('rows', () => {
  it('gathers rows in order, repeated or not', () => {
    const d = rows(sample(5), Int32Array.of(4, 0, 4))
    expect(d).toMatchObject({ count: 3, input: { shape: [3, 2] }, label: { shape: [3] } })
    expect([...d.input.data]).toEqual([4, -4, 0, -0, 4, -4])
    expect([...d.label.data]).toEqual([1, 0, 1])
  })

  it('gathers every dtype', () => {
    for (const type of [float64(3, 2), integer(3, 2), int(3, 2), bit(3, 2)]) {
      const x: Tensor = tensorOf(type, [0, 1, 1, 0, 1, 1])
      const d = rows(right(datasetOf(x, tensorOf(int(3), [0, 1, 2]))), Int32Array.of(2, 1))
      expect(d.input).toEqual(tensorOf({ ...type, shape: [2, 2] }, [1, 1, 1, 0]))
    }
  })

  it('refuses an index out of range', () => {
    expect(() => rows(sample(10), Int32Array.of(3, 10))).toThrow(
      'rows: index 10 is out of range: the data set has 10 rows',
    )
    expect(() => rows(sample(10), Int32Array.of(-1))).toThrow(
      'rows: index -1 is out of range: the data set has 10 rows',
    )
  })
})

describe('splitAt', () => {
  it('splits by number and by fraction, in order without a key', () => {
    for (const at of [7, 0.7]) {
      const [first, others] = right(splitAt(sample(10), at))
      expect(ids(first)).toEqual([0, 1, 2, 3, 4, 5, 6])
      expect(ids(others)).toEqual([7, 8, 9])
    }
  })

  it('splits by seed into parts that together are the whole', () => {
    const [a, b] = right(splitAt(sample(100), 0.9, keyOf(1)))
    expect([a.count, b.count]).toEqual([90, 10])
    expect([...ids(a), ...ids(b)].sort((x, y) => x - y)).toEqual(ids(sample(100)))
    expect(ids(b)).not.toEqual(ids(sample(100)).slice(90))
    expect(right(splitAt(sample(100), 0.9, keyOf(1)))[1]).toEqual(b)
    expect(right(splitAt(sample(100), 0.9, keyOf(2)))[1]).not.toEqual(b)
  })

  it.each([
    [10, 'splitAt: 10 of 10 rows leaves none: needs two parts'],
    [0, 'splitAt: 0 of 10 rows leaves none: needs two parts'],
    [0.01, 'splitAt: 0 of 10 rows leaves none: needs two parts'],
    [-1, 'splitAt: -1 is neither a number of rows nor a fraction between 0 and 1'],
    [1.5, 'splitAt: 1.5 is neither a number of rows nor a fraction between 0 and 1'],
    [NaN, 'splitAt: NaN is neither a number of rows nor a fraction between 0 and 1'],
  ])('refuses %s of 10', (at, message) => {
    expect(why(splitAt(sample(10), at))).toBe(message)
  })
})
