import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { circuits, lookup } from '../../src/circuit/index.js'
import { layers } from '../../src/layer/index.js'
import { bit, numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { retype } from '../../src/term/index.js'
import { isExact, pointOf } from '../oracle.js'
import { circuitFormulas } from './circuit-formula.js'
import { composites } from './composite-formula.js'
import { sliding } from './window-formula.js'

type Vector = readonly number[]
const affine = (w: Vector, b: Vector, x: Vector): number[] =>
  b.map((c, j) => x.reduce((s, v, i) => s + v * (w[i * b.length + j] ?? 0), c))
const rowsOf = (x: Vector, n: number): Vector[] =>
  Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, (i + 1) * n))
const entrywise =
  (f: (v: number) => number) =>
  ([x = []]: readonly Vector[]): number[] =>
    x.map(f)
/** A function of each row of [2, 3]. */
const rowwise =
  (f: (row: Vector) => number[]) =>
  ([x = []]: readonly Vector[]): number[] =>
    rowsOf(x, 3).flatMap(f)
const simplex = (row: Vector): number[] => {
  const total = row.reduce((s, v) => s + Math.exp(v), 0)
  return row.map((v) => Math.exp(v) / total)
}

/** What each layer answers, from its parameters and its input, by its formula. */
const formulas: { readonly [name: string]: (point: readonly Vector[]) => number[] } = {
  dense: ([w = [], b = [], x = []]) => affine(w, b, x),
  linear: ([w = [], x = []]) => affine(w, [0, 0], x),
  bias: ([b = [], x = []]) => x.map((v, i) => v + (b[i] ?? 0)),
  residual: ([w = [], b = [], x = []]) => affine(w, b, x).map((v, i) => v + (x[i] ?? 0)),
  each: ([w = [], b = [], x = []]) => rowsOf(x, 3).flatMap((row) => affine(w, b, row)),
  flatten: ([x = []]) => [...x],
  reshaped: ([x = []]) => [...x],
  relu: entrywise((v) => Math.max(v, 0)),
  tanh: entrywise(Math.tanh),
  sigmoid: entrywise((v) => 1 / (1 + Math.exp(-v))),
  exponential: entrywise(Math.exp),
  leakyRelu: entrywise((v) => (v > 0 ? v : v / 4)),
  softmax: rowwise(simplex),
  logSoftmax: rowwise((row) => simplex(row).map(Math.log)),
  composite: ([w = [], b = [], u = [], c = [], x = []]) => affine(u, c, affine(w, b, x)),
  ...composites,
  ...sliding,
  ...circuitFormulas,
}

const models = Object.entries({ ...layers, ...circuits })

it('every layer has a formula here, and nothing else does', () => {
  expect(Object.keys(formulas).sort()).toEqual(models.map(([name]) => name).sort())
})

describe('a layer is its formula', () => {
  it.each(models)('%s', (name, model) => {
    const f = retype(model.term, 'float64', 'float32')
    for (const seed of [1, 2, 3]) {
      const point = pointOf(f.dom, seed)
      const given = evaluate(f, point).flatMap(numbersOf)
      const wanted = formulas[name]?.(point.map(numbersOf)) ?? []
      expect(given.length).toBe(wanted.length)
      const worst = Math.max(...given.map((v, i) => Math.abs(v - (wanted[i] ?? Number.NaN)) / Math.max(1, Math.abs(v))))
      expect(worst).toBeLessThanOrEqual(isExact(f) ? 0 : 1e-14)
    }
  })
})

describe('a look-up', () => {
  it('answers the row of its table whose number the bits are, first bit first', () => {
    const f = retype(lookup(3, 2).term, 'bit', 'float32')
    const [table] = pointOf(f.dom, 3) as [Tensor, Tensor]
    for (let i = 0; i < 8; i++) {
      const x = tensorOf(bit(3), [i >> 2, (i >> 1) & 1, i & 1]) as unknown as Tensor
      const out = numbersOf(evaluate(f, [table, x])[0] as Tensor)
      expect(out).toEqual(numbersOf(table).slice(2 * i, 2 * i + 2))
    }
  })
})
