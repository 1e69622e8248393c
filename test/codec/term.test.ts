import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/evaluate.js'
import { decodeTerm, encodeTerm, termToJson } from '../../src/codec/index.js'
import {
  bit,
  float64,
  int,
  objectOf,
  sameObject,
  tensorOf,
  unit,
  type Obj,
  type Tensor,
} from '../../src/object/index.js'
import { dropout } from '../../src/layer/index.js'
import { layerAt, reverse, reverseDerivative } from '../../src/optic/index.js'
import { add, clip, contract, exp, multiply, primitives, type PrimitiveName } from '../../src/primitive/index.js'
import type { Attributes, Wire } from '../../src/structure/index.js'
import {
  box,
  compose,
  copy,
  diagram,
  discard,
  identity,
  normalForm,
  primitive,
  sequential,
  swap,
  tensor,
  type Term,
} from '../../src/term/index.js'
import { again, difference, document, layer, left, model, right } from './round-trip.js'

/** Every primitive, once. */
const [v, m, i] = [float64(3), float64(2, 3), int()]
const each: { readonly [P in PrimitiveName]: readonly [Attributes, Obj] } = {
  add: [{}, objectOf([v, v])],
  multiply: [{}, objectOf([bit(3), bit(3)])],
  negate: [{}, objectOf([v])],
  constant: [{ value: -0.1, dtype: 'float64', shape: [2, 0] }, unit],
  reciprocal: [{}, objectOf([v])],
  exp: [{}, objectOf([v])],
  log: [{}, objectOf([v])],
  sqrt: [{}, objectOf([v])],
  sin: [{}, objectOf([v])],
  cos: [{}, objectOf([v])],
  tanh: [{}, objectOf([v])],
  sigmoid: [{}, objectOf([v])],
  erf: [{}, objectOf([v])],
  relu: [{}, objectOf([v])],
  step: [{}, objectOf([v])],
  sign: [{}, objectOf([v])],
  abs: [{}, objectOf([v])],
  maximum: [{}, objectOf([v, v])],
  clip: [{ low: -2.5, high: -0 }, objectOf([v])],
  less: [{}, objectOf([v, v])],
  equal: [{}, objectOf([v, v])],
  select: [{}, objectOf([bit(3), v, v])],
  broadcast: [{ axes: [0, 2], shape: [4, 3, 5] }, objectOf([v])],
  sum: [{ axes: [0] }, objectOf([m])],
  reshape: [{ shape: [3, 2] }, objectOf([m])],
  transpose: [{ axes: [1, 0] }, objectOf([m])],
  slice: [{ start: [0, 1], size: [2, 1] }, objectOf([m])],
  pad: [{ before: [0, 1], after: [2, 0] }, objectOf([m])],
  concat: [{ axis: 1 }, objectOf([m, m, m])],
  contract: [{ left: 'ij', right: 'j', out: 'i' }, objectOf([m, v])],
  windows: [{ axis: 1, size: 2, stride: 1, dilation: 2 }, objectOf([m])],
  fold: [{ axis: 0, length: 5, stride: 2, dilation: 1 }, objectOf([m])],
  argmax: [{ axis: 1 }, objectOf([m])],
  reduceMax: [{ axis: 0 }, objectOf([m])],
  logSumExp: [{ axis: 1 }, objectOf([m])],
  gather: [{}, objectOf([m, i])],
  scatterAdd: [{ rows: 5 }, objectOf([i, v])],
  iota: [{ shape: [2, 2], axis: 1 }, unit],
  randomBits: [{ shape: [7] }, objectOf([int(2)])],
  cast: [{ dtype: 'bit' }, objectOf([v])],
}
const all = (Object.keys(primitives) as PrimitiveName[]).map((name) => {
  const [attributes, dom] = each[name]
  return primitive(primitives[name], attributes, dom)
})

/** A nested term from a list of naturals: a stack machine over endomaps and composites, all parts of which may be shared. */
const naturals = fc.array(fc.tuple(fc.nat(7), fc.nat(99), fc.nat(99)), { maxLength: 25 })
function build(steps: readonly (readonly [number, number, number])[]): Term {
  const made: Term[] = [...all]
  for (const [kind, i, j] of steps) {
    const f = made[(made.length - 1 - (i % made.length) + made.length) % made.length] as Term
    const g = made[j % made.length] as Term
    if (f.dom.length + f.cod.length > 40 || g.dom.length + g.cod.length > 40) continue
    if (kind < 2) made.push(compose(f, kind === 0 ? copy(f.cod) : swap(f.cod, unit)))
    else if (kind === 2) made.push(tensor(f, g))
    else if (kind === 3) made.push(box(`b${j % 3}`, f))
    else if (kind === 4) made.push(diagram(f.dom, (x, algebra) => [...algebra.box(f, x), ...algebra.box(f, x)]))
    else if (kind === 5) made.push(sequential([identity(f.dom), f, discard(f.cod)]))
    else if (kind === 6) made.push({ kind: 'tensor', dom: f.dom, cod: f.cod, parts: [f] })
    else if (sameObject(f.cod, g.dom)) made.push(compose(f, g))
    else made.push(diagram(g.dom, (x) => [...x].reverse()))
  }
  return made.at(-1) as Term
}

describe('terms as JSON', () => {
  it('decode ∘ encode = id, structurally, on generated terms', () => {
    fc.assert(
      fc.property(naturals, (steps) => {
        const f = build(steps)
        expect(difference(f, again(f))).toBeUndefined()
        expect(right(encodeTerm(again(f)))).toEqual(right(encodeTerm(f)))
      }),
      { numRuns: 300, seed: 7 },
    )
  })
  it('keeps every primitive with its attributes, −0 too', () => {
    for (const f of all) {
      expect(difference(f, again(f))).toBeUndefined()
      expect(normalForm(again(f))).toBe(normalForm(f))
    }
    const clipped = again(diagram(objectOf([v]), ([x]) => [clip(x as Wire, -2.5, -0)]))
    expect(evaluate(clipped, [tensorOf(v, [-1e300, 0, 7]) as unknown as Tensor])).toEqual([tensorOf(v, [-2.5, 0, -0])])
  })
  it('keeps models, their derivatives and second derivatives', () => {
    for (const f of [model, reverse(model).backward, reverseDerivative(reverseDerivative(model))]) {
      expect(difference(f, again(f))).toBeUndefined()
      expect(normalForm(again(f))).toBe(normalForm(f))
    }
  })
  it('writes one flat table, each node after those that it names', () => {
    const f = compose(
      layer,
      diagram(objectOf([[2]]), ([x]) => [add(x as Wire, x as Wire)]),
    )
    expect(document().types).toHaveLength(4)
    expect(right(termToJson(f))).toBe(
      '{"format":"paralens/term","version":1,' +
        '"types":[{"dtype":"float32","shape":[2]},{"dtype":"float32","shape":[2,3]},{"dtype":"float32","shape":[3]}],"nodes":[' +
        '{"kind":"primitive","name":"add","attributes":{},"dom":[0,0]},' +
        '{"kind":"diagram","dom":[0],"boxes":[[0,0,0]],"outs":[1]},' +
        '{"kind":"primitive","name":"exp","attributes":{},"dom":[0]},' +
        '{"kind":"primitive","name":"contract","attributes":{"left":"ij","right":"j","out":"i"},"dom":[1,2]},' +
        '{"kind":"diagram","dom":[1,2],"boxes":[[3,0,1],[2,2]],"outs":[3]},' +
        '{"kind":"box","name":"layer","body":4},' +
        '{"kind":"compose","parts":[5,1]}],"root":6}',
    )
  })
  it('one weight in 100 places takes less than 10 KB', () => {
    const w = objectOf([[784, 784]])
    const hundred = [...Array(100).keys()]
    const apply = diagram(objectOf([[784, 784], [784]]), ([w, x]) => [
      w as Wire,
      contract(w as Wire, x as Wire, { left: 'ij', right: 'j', out: 'i' }),
    ])
    const sizes = {
      'a wire read 100 times, as operations': diagram(objectOf([[784, 784], [784]]), ([w, x]) => [
        hundred.reduce((y) => contract(w as Wire, y, { left: 'ij', right: 'j', out: 'i' }), x as Wire),
      ]),
      'a sub-term 100 times, by identity': sequential(hundred.map(() => apply)),
      'a sub-term 100 times, by content': hundred
        .map(() => compose(apply, identity(objectOf([[784, 784], [784]]))))
        .reduce<Term>((f, g) => compose(f, g), apply),
      'a wire read 100 times, as outputs': diagram(w, ([x]) => hundred.map(() => x as Wire)),
    }
    for (const [name, f] of Object.entries(sizes)) {
      const text = right(termToJson(f))
      console.log(`${name}: ${text.length} bytes`)
      expect(text.length).toBeLessThan(10_000)
      expect(normalForm(again(f))).toBe(normalForm(f))
    }
  })
  it('shares what is equal: 2²⁰ occurrences are 21 nodes, and stay so', () => {
    let f: Term = identity(objectOf([[2]]))
    let g: Term = identity(objectOf([[2]]))
    for (let k = 0; k < 20; k++) [f, g] = [compose(f, g), compose(g, f)]
    const once = right(encodeTerm(f))
    expect(once.nodes).toHaveLength(21)
    expect(right(encodeTerm(right(decodeTerm(once))))).toEqual(once)
  })
  it('takes chains of 100,000, nested left, right and flat', () => {
    const step = diagram(objectOf([[]]), ([x]) => [exp(x as Wire)])
    let [nested, other]: [Term, Term] = [step, step]
    for (let k = 1; k < 100_000; k++) nested = compose(nested, step)
    for (let k = 1; k < 10_000; k++) other = compose(step, other)
    for (const f of [nested, other, sequential(Array.from({ length: 100_000 }, () => step))])
      expect(difference(f, again(f))).toBeUndefined()
    let wide: Term = step
    for (let k = 1; k < 10_000; k++) wide = tensor(wide, step)
    expect(difference(wide, again(wide))).toBeUndefined()
  })
  it('takes a million occurrences of one primitive', () => {
    const exp = primitive(primitives.exp, {}, objectOf([[]]))
    const read = again(sequential(Array.from({ length: 1_000_000 }, () => exp)))
    expect(read.kind === 'compose' && read.parts.length).toBe(1_000_000)
  })
})

describe('boxes with an optic of their own', () => {
  const own = box(
    'square',
    diagram(objectOf([v]), ([x]) => [multiply(x as Wire, x as Wire)]),
    {
      kind: 'lens',
      residual: (_, inputs) => inputs,
      backward: (_, [x], [dy]) => [dy === undefined ? undefined : multiply(multiply(x as Wire, 2), dy)],
    },
  )
  it('are refused, since an optic is a function', () => {
    expect(left(encodeTerm(compose(own, own)))).toEqual({
      kind: 'term',
      path: '',
      message:
        'encodeTerm: the box "square" has an optic of its own, which is a function; encode with { optics: \'drop\' } to write its expansion only',
    })
  })
  it('are refused where they have a training reading, unless that is dropped', () => {
    const { term } = layerAt(dropout(0.5), [[2]])
    expect(left(encodeTerm(term)).message).toBe(
      'encodeTerm: the box "dropout" has a training reading of its own, which is a function; encode with { training: \'drop\' } to write what it predicts by only',
    )
    expect(encodeTerm(term, { training: 'drop' })).toMatchObject({ _tag: 'Right' })
  })
  it('lose it where that is asked for, and have the derivative of their expansion, which is equal by law', () => {
    const read = right(decodeTerm(right(encodeTerm(own, { optics: 'drop' }))))
    expect(read).toMatchObject({ kind: 'box', name: 'square' })
    expect(read).not.toHaveProperty('optic')
    const point = [tensorOf(v, [1, -2, 3]), tensorOf(v, [5, 7, 11])] as unknown as Tensor[]
    expect(evaluate(reverseDerivative(read), point)).toEqual(evaluate(reverseDerivative(own), point))
  })
})
