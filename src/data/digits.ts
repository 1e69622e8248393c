import * as E from 'fp-ts/lib/Either.js'
import type { Int, Tensor } from '../object/index.js'
import { readCsv } from './csv.js'
import type { DataError } from './data-error.js'
import { datasetOf, type Dataset } from '../learn/dataset/dataset.js'
import { finite } from './decimal.js'
import { excerpt } from './excerpt.js'
import { labelled } from '../learn/dataset/labelled.js'

/** Images as rows of pixels in [0, 1] with a class each, as the digit data sets have them. */
export type Images<N extends number> = Dataset<[N], Int<[]>>

/** The names of the ten digits. */
export const digitNames: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/**
 * The 8 × 8 optical digits of `data/optdigits.csv`: `[64]`, pixels 0–16 divided by 16 (exact), and the label 0–9. Left with
 * line and column on a pixel or label out of range.
 */
export function parseDigits(text: string): E.Either<DataError, Images<64>> {
  const table = readCsv(text, { label: -1 })
  if (E.isLeft(table)) return table
  const { shape, data, labels } = table.right
  const [n, k] = shape
  if (k !== 64) return fail(1, k + 1, `given ${k} pixels and a label, needs 64 and a label`)
  const pixel = data.findIndex((v) => !(Number.isInteger(v) && v >= 0 && v <= 16))
  if (pixel >= 0)
    return fail(Math.floor(pixel / k) + 1, (pixel % k) + 1, `pixel ${data[pixel]} is not an integer from 0 to 16`)
  const classes = labels.map(finite)
  const wrong = classes.findIndex((c) => c === null || !digitNames.includes(String(c)))
  if (wrong >= 0) return fail(wrong + 1, k + 1, `label ${excerpt(labels[wrong] ?? '')} is not a digit from 0 to 9`)
  const x: Tensor<[number, 64]> = { dtype: 'float32', shape: [n, 64], data: Float32Array.from(data, (v) => v / 16) }
  const y: Tensor<Int<[number]>> = { dtype: 'int32', shape: [n], data: Int32Array.from(classes, (c) => c ?? 0) }
  return E.chainW((d: Images<64>) => labelled(d, digitNames))(datasetOf(x, y))
}

function fail(line: number, column: number, reason: string): E.Either<DataError, never> {
  return E.left({ kind: 'csv', message: `digits: line ${line}, column ${column}: ${reason}`, line, column })
}
