import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { circuits, lookup, lookups } from '../../src/circuit/index.js'
import { fix, fixBuffers, initialise, moved } from '../../src/learn/index.js'
import { numbersOf, tensorOf, types, type Dtype, type Ob, type Tensor } from '../../src/object/index.js'
import { over, type Para } from '../../src/optic/index.js'
import { expand } from '../../src/term/index.js'
import { pointOf, tensorAt } from '../oracle.js'

type Model = Para<{ readonly [name: string]: [number] }, Ob, Ob>
const models = Object.entries(circuits).map(([name, model]) => [name, model as unknown as Model] as const)
const rigs = ['integer', 'int32', 'float64', 'float32', 'bit'] as const

/** A point of a model's parameters in a rig, entries drawn from a seed; wiring as it is drawn first. */
function pointAt(
  model: Model,
  rig: Dtype,
  seed: number,
  entry: (n: number) => number,
): { readonly [k: string]: Tensor } {
  const first = initialise(model, seed) as { readonly [name: string]: Tensor }
  return Object.fromEntries(
    model.parameters.map((p, i) => {
      const name = p.path[0] ?? ''
      if (p.type.dtype !== 'float32') return [name, first[name] as Tensor]
      const [drawn] = pointOf({ length: 1, leaves: [{ dtype: 'integer', shape: p.type.shape }] }, seed + i)
      return [name, tensorAt({ dtype: rig, shape: p.type.shape }, numbersOf(drawn as Tensor).map(entry)) as Tensor]
    }),
  )
}
const inputs = (model: Model, rig: Dtype, seed: number, entry: (n: number) => number): Tensor[] =>
  pointOf(
    { length: model.dom.length, leaves: types(over('integer', model).term.dom).slice(-model.dom.length) },
    seed,
  ).map((t) => tensorAt({ dtype: rig, shape: t.shape }, numbersOf(t).map(entry)) as Tensor)
const parity = (x: number): number => Math.abs(x) % 2
const read = (model: Model, rig: Dtype, params: object, x: readonly Tensor[]): number[] => {
  const tensors = model.parameters.map((p) => (params as { readonly [k: string]: Tensor })[p.path[0] ?? ''] as Tensor)
  return evaluate(over(rig as 'bit', model).term, [...tensors, ...x]).flatMap(numbersOf)
}
const moving = (model: Model, from: Dtype, to: Dtype, params: object): object =>
  moved(model, from as 'bit', to as 'bit', params as never)

describe.each(models)('%s moved between rigs', (_, model) => {
  it('commutes with evaluation along the homomorphisms from the integers', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const params = pointAt(model, 'integer', seed, (n) => n)
      const x = inputs(model, 'integer', seed + 9, (n) => n)
      const whole = read(model, 'integer', params, x)
      for (const rig of ['int32', 'float64', 'bit'] as const) {
        const there = inputs(model, rig, seed + 9, rig === 'bit' ? parity : (n) => n)
        const wanted = rig === 'bit' ? whole.map(parity) : whole
        expect(read(model, rig, moving(model, 'integer', rig, params), there)).toEqual(wanted)
      }
    }
  })
  it('is the identity on bits, there and back', () => {
    const params = pointAt(model, 'bit', 3, parity)
    for (const rig of rigs) expect(moving(model, rig, 'bit', moving(model, 'bit', rig, params))).toEqual(params)
  })
})

describe('moved', () => {
  it('rounds a relaxed table, halves downwards, and wraps where the rig does', () => {
    const table = tensorOf([2, 1], [0.5, 0.75]) as never
    expect(moved(lookup(1, 1), 'float32', 'bit', { table }).table.data).toEqual(Uint8Array.of(0, 1))
    const large = tensorOf({ dtype: 'integer', shape: [2, 1] }, [2 ** 32 + 3, -1]) as never
    expect(moved(lookup(1, 1), 'integer', 'int32', { table: large }).table.data).toEqual(Int32Array.of(3, -1))
    expect(() => moved(lookup(1, 1), 'bit', 'int32', { table } as never)).toThrow(
      'moved: table is float32[2, 1], needs bit[2, 1]',
    )
  })
})

describe('fix', () => {
  it('makes a circuit of a model and its point: the same values, of inputs alone', () => {
    const model = over('bit', lookups(5, 4, { operands: 3 }))
    const params = initialise(model, 7)
    const fixed = fix(model, params)
    expect(fixed.parameters).toEqual([])
    for (let i = 0; i < 32; i++) {
      const x = tensorOf(
        { dtype: 'bit', shape: [5] },
        [0, 1, 2, 3, 4].map((k) => (i >> k) & 1),
      ) as Tensor
      const given = evaluate(fixed.term, [x]).flatMap(numbersOf)
      expect(given).toEqual(
        evaluate(model.term, [params.table, params.wiring, x] as unknown as Tensor[]).flatMap(numbersOf),
      )
    }
    expect(expand(fixed.term).dom.length).toBe(1)
    expect(fixBuffers(model, params).parameters.map((p) => p.path)).toEqual([['table']])
  })
})

describe('wiring', () => {
  it('reads every wire equally often, no cell one twice, and is decided by the seed', () => {
    for (const [n, m, k] of [
      [5, 7, 2],
      [6, 4, 3],
      [3, 5, 3],
      [2, 3, 4],
    ] as const) {
      const wiring = numbersOf(initialise(lookups(n, m, { operands: k }), 1).wiring as Tensor)
      const reads = Array.from({ length: n }, (_, w) => wiring.filter((x) => x === w).length)
      expect(Math.max(...reads) - Math.min(...reads)).toBeLessThanOrEqual(1)
      const cells = Array.from(
        { length: m },
        (_, j) => new Set(Array.from({ length: k }, (__, i) => wiring[i * m + j])),
      )
      for (const cell of cells) expect(cell.size).toBe(Math.min(n, k))
      expect(numbersOf(initialise(lookups(n, m, { operands: k }), 1).wiring as Tensor)).toEqual(wiring)
      expect(numbersOf(initialise(lookups(n, m, { operands: k }), 2).wiring as Tensor)).not.toEqual(wiring)
    }
  })
  it('refuses sizes that are none', () => {
    expect(() => lookups(0, 1)).toThrow('lookups: 0 is not a number of inputs: needs an integer ≥ 1')
    expect(() => lookups(4, 1, { operands: 13 })).toThrow('lookups: 13 operands, needs at most 12')
  })
})
