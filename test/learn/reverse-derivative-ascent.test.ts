import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { lookup } from '../../src/circuit/index.js'
import { parseIris } from '../../src/data/index.js'
import { learner, negated, stepOf } from '../../src/learn/index.js'
import { difference } from '../../src/loss/index.js'
import { numbersOf, tensorOf, type Dtype, type Tensor, type TensorType } from '../../src/object/index.js'
import { plain } from '../../src/optimiser/index.js'
import { retype } from '../../src/term/index.js'

const iris = parseIris(readFileSync(new URL('../../data/iris.arff', import.meta.url), 'utf8'))
if (E.isLeft(iris)) throw new Error(iris.left.message)
const cells = numbersOf(iris.right.input as unknown as Tensor)

interface Example {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** The set-up of the paper: features scaled to [0, 1] over all rows of the classes used, a bit where above ½. */
function examples(
  classes: number,
  code: (c: number) => readonly number[],
): { readonly train: Example[]; readonly test: Example[] } {
  const features = Array.from({ length: 50 * classes }, (_, row) => cells.slice(4 * row, 4 * row + 4))
  const column = (k: number): number[] => features.map((f) => f[k] ?? 0)
  const [low, high] = [[0, 1, 2, 3].map((k) => Math.min(...column(k))), [0, 1, 2, 3].map((k) => Math.max(...column(k)))]
  const bits = (f: readonly number[]): number[] =>
    f.map((v, k) => ((v - (low[k] ?? 0)) / ((high[k] ?? 1) - (low[k] ?? 0)) > 0.5 ? 1 : 0))
  const all = features.map((f, row) => ({ row, example: { x: bits(f), y: code(Math.floor(row / 50)) } }))
  return {
    train: all.filter(({ row }) => row % 50 < 25).map((e) => e.example),
    test: all.filter(({ row }) => row % 50 >= 25).map((e) => e.example),
  }
}

const typeAt = (dtype: Dtype, ...shape: number[]): TensorType => (dtype === 'float32' ? shape : { dtype, shape })

/** One pass over the training examples, one at a time, from the zero table; the share of test examples that come out right. */
function accuracyOver(dtype: Dtype, outputs: number, { train, test }: ReturnType<typeof examples>): number {
  const model = lookup(4, outputs)
  const { term } = stepOf(learner(model, difference, plain(), { cap: negated }))
  const [step, predict] = [retype(term, dtype, 'float32'), retype(model.term, dtype, 'float32')]
  let table: Tensor = tensorOf(typeAt(dtype, 16, outputs), new Array<number>(16 * outputs).fill(0))
  const point = (n: number, values: readonly number[]): Tensor => tensorOf(typeAt(dtype, n), values)
  for (const { x, y } of train) table = evaluate(step, [table, point(4, x), point(outputs, y)])[0] as Tensor
  const right = test.filter(
    ({ x, y }) => numbersOf(evaluate(predict, [table, point(4, x)])[0] as Tensor).join() === y.join(),
  )
  return Number(((100 * right.length) / test.length).toFixed(1))
}

const oneHot = (n: number) => (c: number) => Array.from({ length: n }, (_, i) => (i === c ? 1 : 0))
const table = [
  { name: 'two classes, binary', classes: 2, outputs: 1, code: (c: number) => [c], accuracy: 98.0 },
  { name: 'two classes, one-hot', classes: 2, outputs: 2, code: oneHot(2), accuracy: 98.0 },
  { name: 'three classes, binary', classes: 3, outputs: 2, code: (c: number) => [c & 1, c >> 1], accuracy: 73.3 },
  { name: 'three classes, one-hot', classes: 3, outputs: 3, code: oneHot(3), accuracy: 73.3 },
]

describe('reverse derivative ascent on Iris: one step term over several rings (Wilson and Zanasi 2020, Table 1)', () => {
  for (const { name, classes, outputs, code, accuracy } of table)
    for (const dtype of ['bit', 'integer', 'float64'] as const)
      it(`${name}, over ${dtype}: ${accuracy} %`, () => {
        expect(accuracyOver(dtype, outputs, examples(classes, code))).toBe(accuracy)
      })
})
