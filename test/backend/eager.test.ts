import { describe, expect, it } from 'vitest'
import { eager, evaluate, tensorOfWire, wireOf } from '../../src/backend/reference/index.js'
import { layers } from '../../src/layer/index.js'
import { objectOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { primitives, type PrimitiveName } from '../../src/primitive/index.js'
import { contract, add, broadcast, multiply, sum, tanh } from '../../src/primitive/index.js'
import type { Algebra, Wire } from '../../src/structure/index.js'
import { apply, diagram } from '../../src/term/index.js'
import { pointOf } from '../oracle.js'
import { primitiveCases } from '../../laws/catalogue/primitive-cases.js'
import { pointOf as pointAt, termOf } from '../primitive-cases.js'

/** A layer of tanh and the sum of its squares: code over wires that does not know what they are. */
function body([w, b, x]: readonly Wire[], algebra: Algebra): readonly Wire[] {
  if (w === undefined || b === undefined || x === undefined) throw new TypeError('body: needs three wires')
  const z = tanh(add(contract(x, w, { left: 'ni', right: 'ij', out: 'nj' }), broadcast(b, [0], [4, 2])))
  return [z, ...apply(squares, [z], algebra)]
}
const squares = diagram(objectOf([[4, 2]]), ([z]) => [sum(multiply(z as Wire, z as Wire))])

describe('the wire notation', () => {
  it('runs eagerly on values, and agrees with the term that it builds', () => {
    const term = diagram(objectOf([[3, 2], [2], [4, 3]]), body)
    for (const seed of [1, 2, 3]) {
      const point = pointOf(term.dom, seed)
      const outs = body(point.map(wireOf), eager)
      expect(outs.map((w) => w.algebra)).toEqual([eager, eager])
      expect(outs.map((w) => w.type)).toEqual([
        { dtype: 'float32', shape: [4, 2] },
        { dtype: 'float32', shape: [] },
      ])
      expect(outs.map(tensorOfWire)).toEqual(evaluate(term, point))
    }
  })

  it.each(Object.keys(primitives) as PrimitiveName[])('runs %s eagerly, as its term', (name) => {
    for (const c of primitiveCases[name]) {
      const point = pointAt(c)
      const outs = eager.op(primitives[name], c.attributes, point.map(wireOf))
      expect(outs.map(tensorOfWire)).toEqual(evaluate(termOf(name, c), point))
    }
  })

  it.each(Object.entries(layers))('runs %s eagerly as a box', (_, { term }) => {
    const point = pointOf(term.dom, 1)
    expect(apply(term, point.map(wireOf), eager).map(tensorOfWire)).toEqual(evaluate(term, point))
  })

  it('gives a tensor back as it was', () => {
    const x = tensorOf([2], [1, -0]) as Tensor
    expect(tensorOfWire(wireOf(x))).toEqual(x)
  })

  it('refuses a wire of a diagram', () => {
    diagram(objectOf([[2]]), ([x]) => {
      expect(() => tensorOfWire(x as Wire)).toThrow('eager: the wire belongs to a diagram, not to a value')
      expect(() => add(wireOf(tensorOf([2], [1, 2]) as Tensor), x as Wire)).toThrow(
        'eager: the wire belongs to a diagram, not to a value',
      )
      return [x as Wire]
    })
  })
})
