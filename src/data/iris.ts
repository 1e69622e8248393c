import * as E from 'fp-ts/lib/Either.js'
import type { Int, Tensor } from '../object/index.js'
import { readArff } from './arff.js'
import type { DataError } from './data-error.js'
import { datasetOf, type Dataset } from '../learn/dataset/dataset.js'
import { labelled } from '../learn/dataset/labelled.js'

/** Irises: length and width of sepal and petal in cm, and the species. */
export type Irises = Dataset<[4], Int<[]>>

/** The irises of `data/iris.arff`: `[4]` in cm, as measured, and a class named by the file's last, nominal attribute. */
export function parseIris(text: string): E.Either<DataError, Irises> {
  const arff = readArff(text)
  if (E.isLeft(arff)) return arff
  const { attributes, data } = arff.right
  const [n, k] = arff.right.shape
  const species = attributes.at(-1)
  if (k !== 5 || species?.type !== 'nominal' || attributes.slice(0, 4).some((a) => a.type === 'nominal')) {
    const given = attributes.map((a) => a.type).join(', ')
    return E.left({
      kind: 'dataset',
      message: `iris: given attributes ${given}, needs four numeric and then a nominal one`,
    })
  }
  const x: Tensor<[number, 4]> = {
    dtype: 'float32',
    shape: [n, 4],
    data: Float32Array.from(data.filter((_, i) => i % 5 < 4)),
  }
  const y: Tensor<Int<[number]>> = {
    dtype: 'int32',
    shape: [n],
    data: Int32Array.from(data.filter((_, i) => i % 5 === 4)),
  }
  return E.chainW((d: Irises) => labelled(d, species.values))(datasetOf(x, y))
}
