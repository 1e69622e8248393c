import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { batch, batchObject } from '../../src/compile/index.js'
import {
  normal,
  numbersOf,
  object,
  objectOf,
  showObject,
  size,
  types,
  type Tensor,
  type TensorType,
  type Type,
} from '../../src/object/index.js'
import type { PrimitiveName } from '../../src/primitive/index.js'
import { compose, diagram, normalForm, primitive, sameNormalForm } from '../../src/term/index.js'
import { relu, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { deviation } from '../oracle.js'
import { primitiveCases } from '../../laws/catalogue/primitive-cases.js'
import { caseTitle, type PrimitiveCase } from '../../laws/part/primitive-case.js'
import { fill, termOf } from '../primitive-cases.js'

const n = 3
const cases = Object.entries(primitiveCases).flatMap(([name, all]) =>
  all.map((one) => [caseTitle(name, one), name as PrimitiveName, one] as const),
)

/** Every choice of operands that carry the axis of the batch. */
const choices = (operands: number): boolean[][] =>
  Array.from({ length: 2 ** operands }, (_, bits) =>
    Array.from({ length: operands }, (__, i) => ((bits >> i) & 1) === 1),
  )

/** Row i of a tensor with an axis of examples in front, in its own dtype. */
function row(t: Tensor, i: number): Tensor {
  const [, ...shape] = t.shape as readonly number[]
  const width = size(shape)
  return { dtype: t.dtype, shape, data: t.data.slice(i * width, (i + 1) * width) } as unknown as Tensor
}

/** The operands of a case: those that are chosen with n rows, whose entries begin eleven further than those of the row before. */
const operands = ({ dom, values }: PrimitiveCase, chosen: readonly boolean[]): Tensor[] =>
  dom.map((type, i) => {
    const { dtype, shape } = normal(type)
    const surface = (s: number[]): TensorType => (dtype === 'float32' ? s : { dtype, shape: s })
    const value = values[i] ?? (() => 0)
    if (chosen[i] !== true) return fill(surface([...shape]), value)
    const width = Math.max(1, size(shape))
    return fill(surface([n, ...shape]), (k) => value((k % width) + 11 * Math.floor(k / width)))
  })

describe('a batch of a primitive is the primitive on each example', () => {
  it.each(cases)('%s', (_, name, one) => {
    const f = termOf(name, one)
    for (const chosen of choices(one.dom.length)) {
      const many = batch(n, f, chosen)
      const point = operands(one, chosen)
      expect(showObject(many.cod)).toBe(showObject(batchObject(n, f.cod)))
      const outs = evaluate(many, point)
      for (let i = 0; i < n; i++) {
        const wanted = evaluate(
          f,
          point.map((t, k) => (chosen[k] === true ? row(t, i) : t)),
        )
        expect(
          deviation(
            outs.map((y) => row(y, i)),
            wanted,
          ),
        ).toBe(0)
      }
    }
  })

  it('and in some case of each primitive the rows differ, so that a rule that mixes them up would be seen', () => {
    const lively = cases.filter(([, name, one]) => {
      const chosen = one.dom.map(() => true)
      const [out] = evaluate(batch(n, termOf(name, one), chosen), operands(one, chosen)) as [Tensor]
      if (size(out.shape as readonly number[]) === 0) return false
      return [1, 2].some((i) => deviation([row(out, 0)], [row(out, i)]) > 0)
    })
    const alike = Object.keys(primitiveCases).filter((name) => !lively.some(([, other]) => other === name))
    expect(alike).toEqual(['constant', 'equal', 'iota'])
  })
})

describe('batching', () => {
  const vector = objectOf([[4]])
  const f = diagram(vector, ([x]) => [relu(x as Wire)])
  const g = diagram(vector, ([x]) => [sum(x as Wire)])

  it('is a functor', () => {
    expect(sameNormalForm(batch(n, compose(f, g), [true]), compose(batch(n, f, [true]), batch(n, g, [true])))).toBe(
      true,
    )
    expect(
      sameNormalForm(
        batch(
          n,
          diagram(vector, (x) => x),
          [true],
        ),
        diagram(batchObject(n, vector), (x) => x),
      ),
    ).toBe(true)
  })
  it('computes once what no batched wire reaches', () => {
    const two = object([...types(vector), ...types(vector)])
    const h = diagram(two, ([x, y]) => [relu(x as Wire), relu(y as Wire)])
    const one = batch(n, h, [false, true])
    expect(normalForm(one).match(/relu/g)).toHaveLength(2)
    expect(showObject(one.dom)).toBe('[4] ⊗ [3, 4]')
    expect(one.boxes.map((b) => showObject(b.term.dom))).toContain('[4]')
  })
  it('of shared inputs only repeats what comes out', () => {
    const one = batch(2, f, [false])
    const [x] = [fill([4], (k) => k - 1)]
    const [out] = evaluate(one, [x]) as [Tensor]
    expect([row(out, 0), row(out, 1)]).toEqual([...evaluate(f, [x]), ...evaluate(f, [x])])
  })
  it.each([0, -1, 1.5])('of %d examples is refused', (size) => {
    expect(() => batch(size, f, [true])).toThrow(`batch: ${size} is not a batch size: needs an integer ≥ 1`)
  })
  it('may be done twice', () => {
    const twice = batch(2, batch(n, g, [true]), [true])
    expect([showObject(twice.dom), showObject(twice.cod)]).toEqual(['[2, 3, 4]', '[2, 3]'])
    const x = fill([2, 3, 4], (k) => k)
    expect(numbersOf(evaluate(twice, [x])[0] as Tensor)).toEqual([6, 22, 38, 54, 70, 86])
  })
  it('keeps the attributes of a primitive without operands', () => {
    const type: Type = { dtype: 'float32', shape: [2] }
    const constant = diagram(objectOf([]), (_, algebra) => [
      ...algebra.op(primitiveOf('constant'), { value: 2, dtype: 'float32', shape: [2] }, []),
    ])
    expect(evaluate(batch(n, constant, []), [])).toEqual([fill([n, 2], () => 2)])
    expect(primitive(primitiveOf('relu'), {}, object([type])).cod).toEqual(object([type]))
  })
})

function primitiveOf(name: PrimitiveName): ReturnType<typeof termOf>['operation'] {
  return termOf(name, primitiveCases[name][0] as PrimitiveCase).operation
}
