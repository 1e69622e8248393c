import { size, zeros, type Tensor, type TensorType } from '../../object/index.js'
import type { Dataset } from './dataset.js'

/**
 * The data set of the rows at `indices`, in that order, copied; a row may occur more than once. Throws on an index out of
 * range: `rows: index 12 is out of range: the data set has 10 rows`.
 */
export function rows<A extends TensorType, B extends TensorType>(
  dataset: Dataset<A, B>,
  indices: Int32Array,
): Dataset<A, B> {
  const { input, label, count, classes } = dataset
  for (const i of indices)
    if (!(i >= 0 && i < count)) throw new RangeError(`rows: index ${i} is out of range: the data set has ${count} rows`)
  return { input: gather(input, indices), label: gather(label, indices), count: indices.length, classes }
}

/** `[n, …] → [indices, …]`. */
function gather<T extends TensorType>(tensor: Tensor<T>, indices: Int32Array): Tensor<T> {
  const { dtype, shape, data } = tensor as unknown as Tensor
  const row = shape.slice(1)
  const width = size(row)
  const to = { dtype, shape: [indices.length, ...row] }
  if (!('subarray' in data)) {
    const picked = Array.from(indices, (i) => data.slice(i * width, (i + 1) * width)).flat()
    return { ...to, data: picked } as unknown as Tensor<T>
  }
  const out = zeros(dtype, indices.length * width) as typeof data
  indices.forEach((i, j) => {
    out.set(data.subarray(i * width, (i + 1) * width), j * width)
  })
  return { ...to, data: out } as unknown as Tensor<T>
}
