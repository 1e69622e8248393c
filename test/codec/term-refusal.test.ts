import { describe, expect, it } from 'vitest'
import { decodeTerm, encodeTerm } from '../../src/codec/index.js'

import { object, objectOf, types, unit } from '../../src/object/index.js'
import { constant, primitives } from '../../src/primitive/index.js'
import type { Operation } from '../../src/structure/index.js'
import { diagram, identity, primitive, tensor, type Term } from '../../src/term/index.js'

import { document, left, right } from './round-trip.js'

describe('what is not written', () => {
  it('operations of others, attributes that are none, sizes that would not be read', () => {
    const other: Operation = { ...primitives.exp }
    expect(left(encodeTerm(primitive(other, {}, objectOf([[3]])))).message).toBe(
      'encodeTerm: the operation "exp" is not one of the primitives',
    )
    expect(left(encodeTerm(primitive(primitives.cast, { dtype: 'half' }, objectOf([[3]])))).message).toBe(
      'encodeTerm: the attributes "{\\"dtype\\":\\"half\\"}" of cast are not an object of dtype',
    )
    const long = diagram(unit, (_, algebra) => [constant(algebra, 1, 'bit', Array(65).fill(1) as number[])])
    expect(left(encodeTerm(long)).message).toMatch(
      /^encodeTerm: the attributes .* of constant are not an object of value, dtype, shape$/,
    )
    expect(left(encodeTerm(identity(object([{ dtype: 'bit', shape: [2 ** 30, 2 ** 30] }])))).message).toBe(
      'encodeTerm: a diagram is bit[1073741824, 1073741824], needs at most 2⁵³ − 1 entries',
    )
    let wide: Term = identity(objectOf([[2]]))
    for (let k = 0; k < 20; k++) wide = tensor(wide, wide)
    expect(left(encodeTerm(wide)).message).toBe('encodeTerm: a tensor has 1048576 wires, needs at most 1000000')
    expect(types(right(decodeTerm(document())).cod)).toEqual([{ dtype: 'float32', shape: [2] }])
  })
})
