import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { dense, relu } from '../../src/layer/index.js'
import { datasetOf, learner, type Dataset, type FitError } from '../../src/learn/index.js'
import { softmaxCrossEntropy } from '../../src/loss/index.js'
import { int, tensorOf, type Int, type Tensor } from '../../src/object/index.js'
import { adam } from '../../src/optimiser/index.js'
import { andThen, named } from '../../src/optic/index.js'

export const right = <T>(e: E.Either<FitError, T>): T => {
  if (E.isLeft(e)) throw new Error(e.left.message)
  return e.right
}
export const left = <T>(e: E.Either<FitError, T>): FitError => {
  if (E.isRight(e)) throw new Error('a fit that should have failed did not')
  return e.left
}
export const wrong = (value: unknown): never => value as never
export const bytes = (point: unknown): unknown =>
  JSON.parse(JSON.stringify(point, (_, v: unknown) => (ArrayBuffer.isView(v) ? Array.from(v as Float64Array) : v)))

/** n points of the plane, labelled by the side of a line on which they are. */
export function sides(n: number, from = 0): Dataset<[2], Int<[]>> {
  const xs = Array.from({ length: n }, (_, i) => [
    (((i + from) * 37) % 64) / 32 - 1,
    (((i + from) * 11) % 64) / 32 - 1,
  ]).flat()
  const ys = Array.from({ length: n }, (_, i) => ((xs[2 * i] ?? 0) + (xs[2 * i + 1] ?? 0) > 0 ? 1 : 0))
  return made(tensorOf([n, 2], xs), tensorOf(int(n), ys))
}
export function made(x: unknown, y: unknown): Dataset<[2], Int<[]>> {
  const data = datasetOf(x as Tensor<[number, 2]>, y as Tensor<Int<[number]>>)
  if (E.isLeft(data)) throw new Error(data.left.message)
  return data.right
}
export const model = pipe(named('hidden', dense(2, 4)), andThen(relu), andThen('out', dense(4, 2)))
export const classifier = learner(model, softmaxCrossEntropy(2), adam({ rate: 1 / 16 }))
