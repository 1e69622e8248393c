import { describe, expect, it } from 'vitest'
import { float64, integer, objectOf, unit } from '../../src/object/index.js'
import { add, cast, exp, multiply, negate, primitives } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import {
  apply,
  box,
  compose,
  diagram,
  discard,
  expand,
  flatten,
  identity,
  inline,
  normalForm,
  occurrences,
  parallel,
  primitive,
  retype,
  routing,
  sequential,
  show,
  tensor,
  walk,
  wired,
} from '../../src/term/index.js'

const A = objectOf([float64(3)])
const B = objectOf([[4]])
const square = diagram(A, ([x]) => [multiply(x as Wire, x as Wire)])

describe('what does not fit throws where it is written', () => {
  const other = diagram(B, (wires) => {
    const kept = wires[0] as Wire
    expect(() => diagram(B, () => [kept])).toThrow(
      new TypeError('diagram: a wire of type [4] belongs to another diagram'),
    )
    return [kept]
  })
  const table: readonly (readonly [construct: () => unknown, message: string])[] = [
    [() => compose(square, other), 'compose: codomain float64[3] does not match domain [4]'],
    [() => sequential([square, square, identity(unit)]), 'compose: codomain float64[3] does not match domain I'],
    [() => sequential([]), 'sequential: an empty composite has no domain; use identity(object)'],
    [() => routing(A, [1]), 'diagram: wire 1 is read before it exists; there are 1'],
    [() => wired(A, [{ term: other, inputs: [0] }], []), 'diagram: wire 0 is float64[3], its reader needs [4]'],
    [() => wired(A, [{ term: square, inputs: [] }], []), 'diagram: a box reads 0 wires, its domain is float64[3]'],
    [() => diagram(A, (x, algebra) => apply(other, x, algebra)), 'diagram: a box [4] → [4] is given float64[3]'],
    [() => primitive(primitives.add, {}, A), 'add: needs 2 operands, given 1'],
    [() => flatten(box('f', square), () => true), 'flatten: the box f has no expansion here'],
    [() => walk(square, [0], () => undefined), 'walk: no meaning for the primitive multiply'],
    [
      () =>
        retype(
          diagram(A, ([x]) => [exp(x as Wire)]),
          'bit',
        ),
      'exp: the rig Z/2 of bit is not analytic',
    ],
    [
      () =>
        retype(
          diagram(A, ([x]) => [multiply(0.5, x as Wire)]),
          'integer',
        ),
      'retype: "constant" {"value":0.5,"dtype":"float64","shape":[3]} has no meaning at dtype integer',
    ],
    [
      () =>
        retype(
          diagram(A, ([x]) => [cast(x as Wire, 'float32')]),
          'bit',
        ),
      'retype: say which dtype changes: the term has float64, float32',
    ],
    [() => retype(identity(unit), 'bit'), 'retype: say which dtype changes: the term has none'],
  ]
  for (const [construct, message] of table)
    it(message, () => {
      expect(construct).toThrow(new TypeError(message))
    })
})

describe('terms', () => {
  it('keep their nesting, and expand to their occurrences', () => {
    const twice = compose(square, square)
    const all = tensor(twice, box('again', twice))
    expect(all.kind).toBe('tensor')
    expect(expand(all).boxes).toHaveLength(4)
    expect(expand(all, () => true).boxes.map((b) => b.term.kind)).toEqual(['primitive', 'primitive', 'box'])
    expect(occurrences(all)).toEqual(new Map([['multiply', 4]]))
    expect(parallel([])).toEqual(identity(unit))
    expect(parallel([square])).toBe(square)
    expect(sequential([square])).toBe(square)
  })

  it('are one box where they are applied and dissolve where they are inlined', () => {
    const applied = diagram(A, (x, algebra) => apply(compose(square, square), x, algebra))
    const inlined = diagram(A, (x, algebra) => inline(compose(square, square), x, algebra))
    expect([applied.boxes.length, inlined.boxes.length]).toEqual([1, 2])
    expect(normalForm(applied)).toBe(normalForm(inlined))
  })

  it('show as straight-line programs', () => {
    const f = diagram(objectOf([float64(3), float64(3)]), ([x, y]) => [add(negate(x as Wire), multiply(y as Wire, 2))])
    expect(show(f)).toBe(
      [
        '(x0 : float64[3], x1 : float64[3]) ↦',
        '  x2 = negate(x0) : float64[3]',
        '  x3 = constant 2 float64 [3]() : float64[3]',
        '  x4 = multiply(x3, x1) : float64[3]',
        '  x5 = add(x4, x2) : float64[3]',
        '  (x5)',
      ].join('\n'),
    )
  })

  it('change their rig and nothing else', () => {
    const f = diagram(objectOf([integer(2)]), ([x]) => [multiply(add(x as Wire, 3), x as Wire)])
    const g = diagram(objectOf([float64(2)]), ([x]) => [multiply(add(x as Wire, 3), x as Wire)])
    expect(normalForm(retype(f, 'float64'))).toBe(normalForm(g))
    expect(normalForm(retype(g, 'integer'))).toBe(normalForm(f))
    expect(normalForm(retype(f, 'integer'))).toBe(normalForm(f))
  })

  it('discard what nothing reads', () => {
    expect(flatten(compose(square, discard(A))).boxes).toHaveLength(0)
  })
})
