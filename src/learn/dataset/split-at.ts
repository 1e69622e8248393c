import * as E from 'fp-ts/lib/Either.js'
import { permutation, type Key } from '../../initialiser/index.js'
import type { TensorType } from '../../object/index.js'
import type { DatasetError } from './dataset-error.js'
import type { Dataset } from './dataset.js'
import { rows } from './rows.js'

/**
 * The first rows and the others: `at` is their number, or the fraction 0 < at < 1 (rounded) of all. With a key the rows are
 * permuted first, so that both parts are samples. Left unless both parts have a row:
 * `splitAt: 150 of 150 rows leaves none: needs two parts`.
 */
export function splitAt<A extends TensorType, B extends TensorType>(
  dataset: Dataset<A, B>,
  at: number,
  key?: Key,
): E.Either<DatasetError, readonly [Dataset<A, B>, Dataset<A, B>]> {
  const { count } = dataset
  const n = at > 0 && at < 1 ? Math.round(at * count) : at
  const fail = (reason: string): E.Either<DatasetError, never> =>
    E.left({ kind: 'dataset', message: `splitAt: ${reason}` })
  if (!Number.isInteger(n) || n < 0) return fail(`${at} is neither a number of rows nor a fraction between 0 and 1`)
  if (n === 0 || n >= count) return fail(`${n} of ${count} rows leaves none: needs two parts`)
  const order = key === undefined ? Int32Array.from({ length: count }, (_, i) => i) : permutation(key, count)
  return E.right([rows(dataset, order.subarray(0, n)), rows(dataset, order.subarray(n))])
}
