import * as E from 'fp-ts/lib/Either.js'
import type { Int, Tensor } from '../object/index.js'
import type { DataError } from './data-error.js'
import { datasetOf } from '../learn/dataset/dataset.js'
import { digitNames, type Images } from './digits.js'
import { readIdx } from './idx.js'
import { labelled } from '../learn/dataset/labelled.js'

/** The bytes of the four files of MNIST, decompressed. */
export interface MnistFiles {
  readonly trainImages: Uint8Array
  readonly trainLabels: Uint8Array
  readonly testImages: Uint8Array
  readonly testLabels: Uint8Array
}
/** The two parts of MNIST, 60,000 and 10,000 images in the published files. */
export interface Mnist {
  readonly train: Images<784>
  readonly test: Images<784>
}

/**
 * MNIST and what has its form (Fashion-MNIST): 28 × 28 images as `[784]`, bytes divided by 255 and rounded to float32, and
 * the class 0–9. Left names the file at fault: `mnist: train images: idx: given rank 1, needs 3: [n, 28, 28] (offset 3)`.
 */
export function parseMnist(files: MnistFiles): E.Either<DataError, Mnist> {
  const train = part('train', files.trainImages, files.trainLabels)
  if (E.isLeft(train)) return train
  const test = part('test', files.testImages, files.testLabels)
  return E.isLeft(test) ? test : E.right({ train: train.right, test: test.right })
}

function part(name: string, images: Uint8Array, labels: Uint8Array): E.Either<DataError, Images<784>> {
  const pixels = readIdx(images, { type: 'uint8', shape: [null, 28, 28] })
  if (E.isLeft(pixels)) return E.left(named(`${name} images`, pixels.left))
  const classes = readIdx(labels, { type: 'uint8', shape: [null] })
  if (E.isLeft(classes)) return E.left(named(`${name} labels`, classes.left))
  const n = pixels.right.data.length / 784
  const x: Tensor<[number, 784]> = { dtype: 'float32', shape: [n, 784], data: new Float32Array(n * 784) }
  pixels.right.data.forEach((byte, i) => {
    x.data[i] = byte / 255
  })
  const y: Tensor<Int<[number]>> = {
    dtype: 'int32',
    shape: [classes.right.data.length],
    data: Int32Array.from(classes.right.data),
  }
  const dataset = E.chainW((d: Images<784>) => labelled(d, digitNames))(datasetOf(x, y))
  return E.mapLeft((e: DataError) => named(name, e))(dataset)
}

/** The error with the part of MNIST that it is about. */
function named(what: string, error: DataError): DataError {
  return { ...error, message: `mnist: ${what}: ${error.message}` }
}
