import * as E from 'fp-ts/lib/Either.js'
import { showType, typeOf, type Tensor, type TensorType } from '../../object/index.js'
import type { DatasetError, LabelError } from './dataset-error.js'
import type { Dataset } from './dataset.js'

/**
 * The data set with its classes named, once every label is one of them. Left unless labels are int32 scalars in range:
 * `label 10 at row 3 is out of range: the loss has 10 classes, 0–9`.
 */
export function labelled<A extends TensorType, B extends TensorType>(
  dataset: Dataset<A, B>,
  classes: readonly string[],
): E.Either<DatasetError | LabelError, Dataset<A, B>> {
  const label = dataset.label as unknown as Tensor
  if (label.dtype !== 'int32' || label.shape.length !== 1)
    return E.left({
      kind: 'dataset',
      message: `labelled: labels ${showType(typeOf(label))} are not classes: needs int32[${dataset.count}]`,
    })
  const data = label.data as Int32Array
  const row = data.findIndex((k) => k < 0 || k >= classes.length)
  if (row < 0) return E.right({ ...dataset, classes })
  const range =
    classes.length === 1
      ? '1 class, 0'
      : `${classes.length} classes${classes.length === 0 ? '' : `, 0–${classes.length - 1}`}`
  return E.left({
    kind: 'label',
    message: `label ${data[row]} at row ${row} is out of range: the loss has ${range}`,
    row,
  })
}
