import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check } from '../../laws/index.js'
import * as laws from '../../laws/laws.js'
import { dense, relu } from '../../src/layer/index.js'
import { squaredError } from '../../src/loss/index.js'
import { adam, separableRule, sgd } from '../../src/optimiser/index.js'
import { add, log, sin, subtract } from '../../src/primitive/index.js'
import { float64 } from '../../src/object/index.js'

/** The calls of somebody who writes JavaScript. */
const { circuit, interpreter, layer, loss, optimiser, pass, primitive } = laws as unknown as {
  readonly [call: string]: (...given: readonly unknown[]) => unknown
}
const refused: readonly (readonly [string, () => unknown, string])[] = [
  ['a layer that was not called', () => layer?.('x', dense), 'laws.layer: "x" is a function, needs a model'],
  ['a number', () => layer?.('x', 3), 'laws.layer: "x" is 3, needs a model'],
  ['nothing', () => layer?.('x', {}), 'laws.layer: "x" is an object without fields, needs a model'],
  ['a rule for a layer', () => layer?.('x', sgd({ rate: 1 })), 'laws.layer: "x" is an object with name, passes'],
  ['no name', () => layer?.(dense(3, 2)), 'laws.layer: the name is an object with cod, dom, params, parameters'],
  ['an empty name', () => optimiser?.('', sgd({ rate: 1 })), 'laws.optimiser: the name is ""'],
  [
    'a misspelt option',
    () => optimiser?.('x', adam({ rate: 1 }), { claim: ['product'] }),
    'no option is called "claim"',
  ],
  ['claims for options', () => optimiser?.('x', adam({ rate: 1 }), ['product']), 'the options are a list of 1'],
  ['a claim for claims', () => layer?.('x', relu, { claims: 'linear' }), 'claims is linear, needs a list of names'],
  ['a domain twice', () => layer?.('x', dense(2, 3), { at: [[5]] }), '"x" has a domain, and is given one by at'],
  ['a layer on nothing', () => layer?.('x', relu, { at: [] }), '"x" takes I, needs a tensor'],
  ['too many domains', () => layer?.('x', relu, { domain: [() => 1, () => 2] }), '"x" takes 1 tensors, domain has 2'],
  ['a layer for a loss', () => loss?.('x', relu), 'laws.loss: "x" is an object with pointwise, body, needs a loss'],
  ['a misspelt option of a loss', () => loss?.('x', squaredError, { klass: 3 }), 'no option is called "klass"'],
  [
    'a primitive for its operation',
    () => primitive?.('x', sin, []),
    'laws.primitive: "x" is undefined, needs an operation',
  ],
  [
    'no list of cases',
    () => primitive?.('x', sin.operation, laws.caseAt([float64(3)])),
    'laws.primitive: x has no list',
  ],
  [
    'a layer for a circuit',
    () => circuit?.('x', relu),
    'laws.circuit: "x" is an object with pointwise, body, needs a term',
  ],
  ['a number for a pass', () => pass?.('x', 3), 'laws.pass: "x" is 3, needs a function of programs'],
  [
    'a dtype that is none',
    () => pass?.('x', () => 1, { dtypes: ['float16'] }),
    'is for the dtypes float16, needs some of',
  ],
  ['no evaluator', () => interpreter?.(3), 'needs an evaluator with run and has'],
]

describe('what JavaScript may hand over', () => {
  it.each(refused)('%s is refused', (_, call, message) => {
    expect(call).toThrow(TypeError)
    expect(call).toThrow(message)
  })
})

describe('what is NaN', () => {
  const found = (set: Parameters<typeof check>[0]): readonly string[] => {
    const report = check(set, { runs: 50 })
    return E.isRight(report) ? [] : report.left.results.filter((r) => !r.ok).map((r) => r.law)
  }
  it('is no layer', () => {
    expect(found(laws.layer('nan', { pointwise: 'nan', body: (x) => log(subtract(0, add(x, 9))) }))).toContain(
      'numbers',
    )
  })
})

it('a constant that is rounded is rounded in the bound', () => {
  const rule = separableRule({
    name: 'mine',
    own: {},
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (p, g) => ({ own: {}, out: subtract(p, add(g, 0.1)) }),
  })
  for (const seed of [42, 7, 1234])
    expect(E.isRight(check(laws.optimiser('mine', rule), { seed, runs: 300 }))).toBe(true)
})
