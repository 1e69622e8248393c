import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { circuits } from '../../src/circuit/index.js'
import { batch, batchModel } from '../../src/compile/index.js'
import { layers } from '../../src/layer/index.js'
import { initialise } from '../../src/learn/index.js'
import {
  numbersOf,
  objectOf,
  product,
  showObject,
  showType,
  size,
  types,
  type Dtype,
  type Tensor,
} from '../../src/object/index.js'
import {
  gradient,
  hessianVectorProduct,
  leavesOf,
  parameterObject,
  pathOf,
  reverseDerivative,
  type Untyped,
} from '../../src/optic/index.js'
import { addAll, square, sum } from '../../src/primitive/index.js'
import { apply, diagram, retype, type Term } from '../../src/term/index.js'
import { along, deviation, filled, isExact, pointOf, pullback, tensorAt } from '../oracle.js'

const models = Object.entries({ ...layers, ...circuits })
const rounding = 1e-12

/** A model read over another dtype. */
const over = (model: Untyped, dtype: Dtype): Term => retype(model.term, dtype, 'float32')

/** Rows `i` of tensors with an axis of examples in front. */
const row = (x: Tensor, i: number): Tensor => {
  const [, ...shape] = x.shape as readonly number[]
  return tensorAt({ dtype: x.dtype, shape }, numbersOf(x).slice(i * size(shape), (i + 1) * size(shape)))
}
const total = (all: readonly (readonly Tensor[])[]): Tensor[] =>
  (all[0] ?? []).map((t, k) =>
    tensorAt(
      t,
      numbersOf(t).map((_, i) => all.reduce((s, one) => s + (numbersOf(one[k] as Tensor)[i] ?? Number.NaN), 0)),
    ),
  )

/** ½ the sum of squares of what a model answers, a scalar. */
const energy = (f: Term): Term =>
  diagram(f.dom, (x, algebra) => [addAll(apply(f, x, algebra).map((y) => sum(square(y))))])

describe.each(models)('%s', (_, model) => {
  const f = over(model, 'float64')
  const tolerance = isExact(f) ? 0 : rounding

  it('has a gradient equal to that of dual numbers, exactly where it is a polynomial', () => {
    const g = reverseDerivative(f)
    for (const seed of [1, 2, 3]) {
      const [point, cotangent] = [pointOf(f.dom, seed), pointOf(f.cod, seed + 10)]
      const wanted = pullback(f, point, cotangent)
      expect(deviation(evaluate(g, [...point, ...cotangent]), wanted)).toBeLessThanOrEqual(tolerance)
      expect(wanted.some((t) => numbersOf(t).some((v) => v !== 0))).toBe(true)
    }
  })

  it('on a batch is the model on each example', () => {
    const n = 3
    const batched = retype(batchModel(n, model), 'float64', 'float32')
    const p = pointOf(retyped(parameterObject(model)), 1)
    const x = pointOf(restOf(batched, p.length), 2)
    const outs = evaluate(batched, [...p, ...x])
    for (let i = 0; i < n; i++)
      expect(
        deviation(
          outs.map((y) => row(y, i)),
          evaluate(f, [...p, ...x.map((t) => row(t, i))]),
        ),
      ).toBe(0)
  })

  it('has on a batch the sum of the gradients of its examples', () => {
    const n = 3
    const batched = retype(batchModel(n, model), 'float64', 'float32')
    const p = pointOf(retyped(parameterObject(model)), 3)
    const [x, dy] = [pointOf(restOf(batched, p.length), 4), pointOf(batched.cod, 5)]
    const back = evaluate(reverseDerivative(batched), [...p, ...x, ...dy])
    const one = reverseDerivative(f)
    const each = Array.from({ length: n }, (__, i) =>
      evaluate(one, [...p, ...x.map((t) => row(t, i)), ...dy.map((t) => row(t, i))]),
    )
    expect(deviation(back.slice(0, p.length), total(each.map((g) => g.slice(0, p.length))))).toBeLessThanOrEqual(
      tolerance,
    )
    for (let i = 0; i < n; i++)
      expect(
        deviation(
          back.slice(p.length).map((t) => row(t, i)),
          (each[i] ?? []).slice(p.length),
        ),
      ).toBeLessThanOrEqual(tolerance)
  })

  it('answers zero to a cotangent that is zero', () => {
    const zeros = types(f.cod).map((t) => filled(t, 0))
    for (const g of evaluate(reverseDerivative(f), [...pointOf(f.dom, 6), ...zeros]))
      for (const v of numbersOf(g)) expect(v === 0).toBe(true)
  })

  it('has second derivatives equal to forward over reverse of dual numbers', () => {
    const scalar = energy(f)
    const [point, direction] = [pointOf(f.dom, 7), pointOf(f.dom, 8)]
    const wanted = along(gradient(scalar), point, direction).tangents
    expect(deviation(evaluate(hessianVectorProduct(scalar), [...point, ...direction]), wanted)).toBeLessThanOrEqual(
      1e-9,
    )
    expect(wanted.some((t) => numbersOf(t).some((v) => v !== 0))).toBe(true)
  })

  it('has gradients of the shapes of its parameters', () => {
    const names = model.parameters.map((p) => `${pathOf(p)} ${showType(p.type)}`)
    expect(leavesOf(model.params).map((l) => `${l.path.join('.')} ${showType(l.type)}`)).toEqual(names)
    expect(showObject(reverseDerivative(model.term).cod)).toBe(
      showObject(product(parameterObject(model), objectOf(model.dom))),
    )
    expect(new Set(names).size).toBe(names.length)
  })

  it('is the term that its types say', () => {
    expect(showObject(model.term.dom)).toBe(showObject(product(parameterObject(model), objectOf(model.dom))))
    expect(showObject(model.term.cod)).toBe(showObject(objectOf(model.cod)))
  })

  it('draws finite parameters, the same for the same seed', () => {
    const draw = (seed: number): readonly number[] => leaves(initialise(model, seed))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1).every(Number.isFinite)).toBe(true)
    expect(draw(1).length).toBe(types(parameterObject(model)).reduce((n, t) => n + size(t.shape), 0))
  })
})

describe('the check of gradients', () => {
  it('catches the gradient of another layer', () => {
    const [f, g] = [over(layers['dense'] as Untyped, 'float64'), over(layers['linear'] as Untyped, 'float64')]
    const [point, cotangent] = [pointOf(f.dom, 1), pointOf(f.cod, 11)]
    const [w, , x] = point as [Tensor, Tensor, Tensor]
    const [dw, dx] = evaluate(reverseDerivative(g), [
      w,
      x,
      ...cotangent.map((t) =>
        tensorAt(
          t,
          numbersOf(t).map((v) => v + 2 ** -40),
        ),
      ),
    ])
    expect(deviation([dw, dx] as Tensor[], pullback(g, [w, x], cotangent))).toBeGreaterThan(rounding / 4)
    expect(
      deviation(
        [dw, dx] as Tensor[],
        pullback(f, point, cotangent).filter((_, i) => i !== 1),
      ),
    ).toBeGreaterThan(0)
    expect(deviation([dw] as Tensor[], [dx] as Tensor[])).toBe(Infinity)
  })
})

describe('circuits', () => {
  it.each(Object.entries(circuits))('%s has the same reverse derivative over every ring, exactly', (_, model) => {
    for (const dtype of ['integer', 'bit', 'int32'] as const) {
      const f = over(model, dtype)
      for (const seed of [1, 2, 3, 4]) {
        const [point, cotangent] = [pointOf(f.dom, seed), pointOf(f.cod, seed + 10)]
        expect(deviation(evaluate(reverseDerivative(f), [...point, ...cotangent]), pullback(f, point, cotangent))).toBe(
          0,
        )
      }
    }
  })
})

describe('a batch', () => {
  it('of shared inputs only repeats what comes out', () => {
    const f = over(layers['dense'] as Untyped, 'float64')
    const point = pointOf(f.dom, 1)
    const out = evaluate(batch(2, f, [false, false, false]), point)
    expect(out.map((t) => [t.shape, row(t, 1)])).toEqual(evaluate(f, point).map((t) => [[2, ...t.shape], t]))
  })
  it.each([0, -1, 1.5])('of %d examples is refused', (n) => {
    expect(() => batch(n, (layers['dense'] as Untyped).term, [false, false, true])).toThrow(
      `batch: ${n} is not a batch size: needs an integer ≥ 1`,
    )
  })
})

/** The object in float64. */
function retyped(a: ReturnType<typeof objectOf>): ReturnType<typeof objectOf> {
  return objectOf(types(a).map((t) => ({ dtype: 'float64', shape: [...t.shape] })))
}
/** The domain of a term without its first wires. */
function restOf(f: Term, from: number): ReturnType<typeof objectOf> {
  return objectOf(
    types(f.dom)
      .slice(from)
      .map((t) => ({ dtype: 'float64', shape: [...t.shape] })),
  )
}
/** The entries of all tensors of a tree. */
function leaves(tree: unknown): readonly number[] {
  if (typeof tree !== 'object' || tree === null) return []
  return 'data' in tree ? numbersOf(tree as Tensor) : Object.values(tree).flatMap(leaves)
}
