import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dual } from '../../src/backend/reference/dual.js'
import { evaluate, interpret } from '../../src/backend/reference/evaluate.js'
import { plain, type Plain } from '../../src/backend/reference/arithmetic.js'
import {
  crossEntropyError,
  entryErrors,
  errorFunction,
  gradientLearner,
  halfSquareError,
  inverseLaw,
  parametrised,
  parametrisedMorphisms as para,
  squareError,
  termLearners as learn,
  type ErrorFunction,
  type Parametrised,
  type TermLearner,
} from '../../src/learn/functor/index.js'
import { float64, numbersOf, objectOf, product, tensorOf, unit, type Obj, type Tensor } from '../../src/object/index.js'
import { add, constant, contract, multiply, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, identity, retype, type Term } from '../../src/term/index.js'
import { blueprint, decode, difference, numbers, objects, peak, pointOf } from './generate.js'

const L =
  (e: ErrorFunction) =>
  (f: Parametrised): TermLearner =>
    gradientLearner(1 / 4, e, f)
/** (x − y)² with the inverse of ½(x − y)². */
const wrong = errorFunction('wrong', squareError.error, halfSquareError.inverse)
const scalars = (e: Term, ...xs: number[]): number | undefined =>
  numbersOf(
    evaluate(
      e,
      xs.map((x) => tensorOf(float64(), [x]) as unknown as Tensor),
    )[0] as Tensor,
  )[0]

describe('the law of errors', () => {
  it.each([halfSquareError, squareError])('holds for $name: the inverse is that of the derivative, both ways', (e) => {
    for (const { left, right } of inverseLaw(e))
      fc.assert(
        fc.property(
          fc.integer({ min: -99, max: 99 }),
          fc.integer({ min: -99, max: 99 }),
          (x, y) => scalars(left, x, y) === scalars(right, x, y),
        ),
      )
  })
  it('catches a wrong inverse', () => {
    expect(inverseLaw(wrong).map(({ left, right }) => [scalars(left, 3, 5), scalars(right, 3, 5)])).toEqual([
      [7, 5],
      [10, 5],
    ])
  })
})

describe('the learner of a morphism', () => {
  it('steps down the gradient of the total error, by dual numbers', () => {
    fc.assert(
      fc.property(objects, blueprint, numbers, numbers, (a, p, list, direction) => {
        for (const e of [halfSquareError, squareError]) {
          const f = decode(a, p)
          const learner = L(e)(f)
          const at = product(product(f.params, f.dom), f.cod)
          const point = pointOf(at, list)
          fc.pre(peak(learner.update, point) < 2 ** 46)
          const moved = pointOf(product(f.params, f.dom), direction)
          const lifted = point.map((x, i) => ({
            dtype: x.dtype,
            shape: x.shape,
            data: numbersOf(x).map((value, k) => ({
              value: value as Plain,
              tangent: (i < moved.length ? numbersOf(moved[i] as Tensor)[k] : 0) as Plain,
            })),
          }))
          const slopes = interpret(entryErrors(e, f), lifted, dual(plain)).flatMap((x) =>
            Array.from(x.data, (d) => Number(d.tangent)),
          )
          const next = evaluate(learner.update, point)
          const asked = evaluate(learner.request, point)
          const gradient = [
            ...next.flatMap((x, i) =>
              numbersOf(x).map((after, k) => 4 * ((numbersOf(point[i] as Tensor)[k] ?? 0) - after)),
            ),
            ...asked.flatMap((x, i) =>
              numbersOf(x).map(
                (b, k) => scalars(e.derivative, numbersOf(point[next.length + i] as Tensor)[k] ?? 0, b) ?? 0,
              ),
            ),
          ]
          const along = moved.flatMap(numbersOf)
          const dot = gradient.reduce((total, g, i) => total + g * (along[i] ?? 0), 0)
          expect(dot === slopes.reduce((total, s) => total + s, 0)).toBe(true)
        }
      }),
      { numRuns: 150, seed: 4 },
    )
  })
  it('is the delta rule for a line: w − ε(wx − y)x and x − w(wx − y)', () => {
    const line = parametrised(
      objectOf([float64()]),
      diagram(objectOf([float64(), float64()]), ([w, x]) => [multiply(w as Wire, x as Wire)]),
    )
    const { implement, update, request } = gradientLearner(1 / 2, halfSquareError, line)
    expect([scalars(implement, 3, 2), scalars(update, 3, 2, 8), scalars(request, 3, 2, 8)]).toEqual([6, 5, 8])
  })
  it('takes errors at every dtype that has what they need, and inverses that look at the point', () => {
    const f = parametrised(
      objectOf([[2]]),
      diagram(objectOf([[2], [2]]), ([w, x]) => [add(w as Wire, x as Wire)]),
    )
    const { update } = gradientLearner(1 / 4, squareError, f)
    const given = [
      [1, 2],
      [3, 4],
      [6, 4],
    ].map((x) => tensorOf([2], x) as unknown as Tensor)
    expect(evaluate(update, given).map(numbersOf)).toEqual([[2, 1]])
    expect(() =>
      gradientLearner(1 / 4, squareError, parametrised(unit, identity(objectOf([{ dtype: 'int32', shape: [] }])))),
    ).toThrow('retype: "constant" {"value":0.5,"dtype":"float64","shape":[]} has no meaning at dtype int32')
    for (const { left, right } of inverseLaw(crossEntropyError))
      for (const x of [0.125, 0.5, 0.75])
        for (const y of [0, 0.25, 1]) expect(scalars(left, x, y)).toBeCloseTo(scalars(right, x, y) ?? NaN, 12)
    const id = gradientLearner(1, crossEntropyError, para.identity(objectOf([float64(3)])))
    const [asked] = evaluate(id.request, [
      tensorOf(float64(3), [0.5, 0.25, 0.9]),
      tensorOf(float64(3), [1, 0, 0.5]),
    ] as unknown as Tensor[])
    for (const [i, b] of [1, 0, 0.5].entries()) expect(numbersOf(asked as Tensor)[i]).toBeCloseTo(b, 12)
  })
  it('is refused for what is no error and no rate', () => {
    const f = para.identity(objectOf([[2]]))
    for (const rate of [0, -1, NaN, Infinity])
      expect(() => gradientLearner(rate, squareError, f)).toThrow(
        `gradientLearner: ε is ${rate}, needs a finite number above 0`,
      )
    expect(() =>
      errorFunction(
        'sum',
        diagram(objectOf([[2], [2]]), ([x, y]) => [sum(add(x as Wire, y as Wire))]),
        squareError.inverse,
      ),
    ).toThrow('errorFunction: [2] ⊗ [2] → [] in sum is not [] ⊗ [] → [] of one dtype')
    expect(() => errorFunction('mixed', retype(squareError.error, 'float32'), squareError.inverse)).toThrow(
      'errorFunction: float64[] ⊗ float64[] → float64[] in mixed',
    )
  })
  it('is there for empty tensors, and for no tensors at all', () => {
    const empty = para.identity(objectOf([float64(2, 0), float64(0)]))
    const at = product(product(empty.params, empty.dom), empty.cod)
    expect(evaluate(L(squareError)(empty).request, pointOf(at, [1])).map((x) => x.shape)).toEqual([[2, 0], [0]])
    expect(difference(L(squareError)(para.identity(unit)), learn.identity(unit), [1])).toBeUndefined()
  })
  it('a constant derivative is spread over the entries, and a matrix product learns', () => {
    const flat = errorFunction(
      'linear',
      diagram(objectOf([float64(), float64()]), ([x, y]) => [add(multiply(x as Wire, 3), multiply(y as Wire, 0))]),
      diagram(objectOf([float64(), float64()]), (_, algebra) => [constant(algebra, 9, 'float64', [])]),
    )
    const dense = (a: Obj): Parametrised =>
      parametrised(
        a,
        diagram(product(a, objectOf([float64(3)])), (x) => [
          contract(x[0] as Wire, x[1] as Wire, { left: 'mn', right: 'n', out: 'm' }),
        ]),
      )
    const f = dense(objectOf([float64(2, 3)]))
    const [w] = evaluate(
      gradientLearner(1, flat, f).update,
      pointOf(product(product(f.params, f.dom), f.cod), [1, 2, 3, 4, 5, 6, 7]),
    )
    expect(numbersOf(w as Tensor)).toEqual([-20, -1, -3, -17, 2, 0])
    const [x] = evaluate(
      gradientLearner(1, flat, f).request,
      pointOf(product(product(f.params, f.dom), f.cod), [1, 2, 3, 4, 5, 6, 7]),
    )
    expect(numbersOf(x as Tensor)).toEqual([9, 9, 9])
  })
})
