import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitModels, gates as terms } from '../../laws/catalogue/circuit.js'
import { boxes } from '../../src/circuit/index.js'
import { bitsOf, entriesOf, tensorsOf } from '../../laws/part/circuit-point.js'
import { netlists } from '../../laws/part/netlist-value.js'
import { evaluate } from '../../src/backend/reference/index.js'
import {
  aigOf,
  coverOf,
  entryOf,
  evaluateNetlist,
  gateAt,
  gates,
  miter,
  netlist,
  netlistOf,
  netlistOfAig,
  simplifyNetlist,
  tableOf,
  tablesOf,
  twoInput,
  type Netlist,
} from '../../src/compile/index.js'
import { bit, float64, int, objectOf } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import {
  add,
  argmax,
  cast,
  concat,
  constant,
  contract,
  equal,
  gather,
  iota,
  multiply,
  pad,
  primitives,
  scatterAdd,
  select,
  slice,
  transpose,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import { points, right } from '../netlist.js'

const values = netlists()
if (!('arbitrary' in values)) throw new Error('netlists are drawn')
const small = values.arbitrary.filter(({ f }) => f.inputs <= 8)
const agrees = (term: Term): void => {
  const circuit = right(netlistOf(term))
  const n = bitsOf(term.dom)
  expect([circuit.inputs, circuit.outputs.length]).toEqual([n, bitsOf(term.cod)])
  for (const x of points(n))
    expect([...evaluateNetlist(circuit, x)]).toEqual(entriesOf(evaluate(term, tensorsOf(term.dom, x))))
}
const all: { readonly [name: string]: Term } = {
  ...terms,
  // A box that counts in integers is the circuit that its expansion is.
  ...Object.fromEntries(Object.entries(bitModels).map(([name, m]) => [name, boxes[name]?.expansion ?? m.term])),
}
const on = (shapes: readonly (readonly number[])[], f: (...x: readonly Wire[]) => Wire): Term =>
  diagram(objectOf(shapes.map((s) => bit(...s))), (x) => [f(...x)])
const indices = (x: Wire): Wire => iota(x.algebra, [3], 0)

describe('netlist', () => {
  const not = { operands: [0], table: [1] }
  const message = (parts: Parameters<typeof netlist>[0]): string => {
    const made = netlist(parts)
    return E.isLeft(made) ? `${made.left.problem}: ${made.left.message}` : 'a netlist'
  }
  it('refuses wires, cycles, tables and sizes, by gate', () => {
    expect(message({ inputs: 1, gates: [not], outputs: [1] })).toBe('a netlist')
    expect(message({ inputs: 1, gates: [not, { operands: [9], table: [1] }], outputs: [] })).toBe(
      'wire: netlist: gate 1 reads wire 9, there are 3',
    )
    expect(message({ inputs: 1, gates: [not], outputs: [-1] })).toBe('wire: netlist: output 0 is wire -1, there are 2')
    expect(message({ inputs: 0, gates: [{ operands: [0.5], table: [1] }], outputs: [] })).toContain('reads wire 0.5')
    expect(
      message({
        inputs: 1,
        gates: [
          { operands: [2], table: [1] },
          { operands: [1], table: [1] },
        ],
        outputs: [],
      }),
    ).toBe('cycle: netlist: gate 0 is on a cycle')
    expect(message({ inputs: 1, gates: [{ operands: [0], table: [1, 0] }], outputs: [] })).toBe(
      'table: netlist: the table of gate 0 has 2 words, 1 operands need 1',
    )
    expect(message({ inputs: 1, gates: [{ operands: [0], table: [4] }], outputs: [] })).toBe(
      'table: netlist: word 0 of the table of gate 0 is 4, needs an integer in 0 … 3',
    )
    expect(message({ inputs: 1, gates: [{ operands: new Array<number>(17).fill(0), table: [0] }], outputs: [] })).toBe(
      'table: netlist: gate 0 has 17 operands, needs at most 16',
    )
    expect(message({ inputs: -1, gates: [], outputs: [] })).toContain('size: netlist: -1 inputs')
  })
  it('sorts gates given in any order', () => {
    const made = right(
      netlist({
        inputs: 2,
        gates: [
          { operands: [3, 0], table: [8] },
          { operands: [0, 1], table: [6] },
        ],
        outputs: [2],
      }),
    )
    for (const [x = 0, y = 0] of points(2)) expect([...evaluateNetlist(made, [x, y])]).toEqual([(x ^ y) & x])
  })
  it('sorts a chain of 200,000 gates given backwards', () => {
    const n = 200_000
    const chain = Array.from({ length: n }, (_, g) => ({ operands: [g === n - 1 ? 0 : 2 + g], table: [1] }))
    const made = right(netlist({ inputs: 1, gates: chain, outputs: [1] }))
    expect([...evaluateNetlist(made, [1])]).toEqual([1])
    expect(gates(simplifyNetlist(made))).toBe(0)
  })
  it('has the tables that its points have', () => {
    fc.assert(
      fc.property(small, ({ f }) => {
        const tables = tablesOf(f)
        for (const [i, x] of points(f.inputs).entries())
          expect([...evaluateNetlist(f, x)]).toEqual(tables.map((t) => entryOf(t, i)))
      }),
      { numRuns: 50 },
    )
  })
})

describe('netlistOf', () => {
  it.each(Object.entries(all))('%s is its term, and so is its derivative', (_, term) => {
    agrees(term)
    agrees(reverseDerivative(term))
  })
  it.each(Object.entries(boxes))('%s, which counts in integers, is refused by name', (_, { model }) => {
    const made = netlistOf(model.term)
    expect(E.isLeft(made) && made.left.message).toMatch(/^netlistOf: "cast" at bit\[/u)
  })
  const layouts: { readonly [name: string]: Term } = {
    contract: on(
      [
        [2, 3],
        [3, 2],
      ],
      (x, y) => contract(x as Wire, y as Wire, { left: 'ij', right: 'jk', out: 'ik' }),
    ),
    transpose: on([[2, 3]], (x) => transpose(x as Wire, [1, 0])),
    pad: on([[3]], (x) => pad(x as Wire, [1], [2])),
    concat: on([[2], [3]], (x, y) => concat([x as Wire, y as Wire], 0)),
    slice: on([[2, 3]], (x) => slice(x as Wire, [0, 1], [2, 2])),
    equal: on([[2], [2]], (x, y) => equal(x as Wire, y as Wire)),
    select: on([[2], [2], [2]], (c, x, y) => select(c as Wire, x as Wire, y as Wire)),
    gather: on([[4]], (x) => gather(x as Wire, indices(x as Wire))),
    scatterAdd: on([[3]], (x) => scatterAdd(indices(x as Wire), x as Wire, 2)),
    'a known bit': on([[3]], (x) => multiply(x as Wire, cast(iota((x as Wire).algebra, [3], 0), 'bit'))),
  }
  it.each(Object.entries(layouts))('%s over bits', (_, term) => agrees(term))
  it('refuses by name what is no circuit', () => {
    const message = (term: Term): unknown => {
      const made = netlistOf(term)
      return E.isLeft(made) ? made.left.message : 'a circuit'
    }
    const real = diagram(objectOf([float64()]), ([x]) => [x as Wire])
    expect(message(real)).toBe('netlistOf: the boundary has float64[], needs bits')
    const counted = on([[3]], (x) => cast(add(cast(x as Wire, 'int32'), 1), 'bit'))
    expect(message(counted)).toBe('netlistOf: "cast" at bit[3]: it looks at a bit that is not known')
    const halves = on([[]], (x) => add(x as Wire, cast(constant((x as Wire).algebra, 0.5, 'float64', []), 'bit')))
    expect(message(halves)).toMatch(/^netlistOf: "constant" at I: its values are float64, needs bits$/)
    const found = on([[3]], (x) => cast(argmax(cast(x as Wire, 'int32'), 0), 'bit'))
    expect(message(found)).toContain('it looks at a bit')
    expect(message(diagram(objectOf([int(2)]), ([x]) => [cast(x as Wire, 'bit')]))).toContain('int32[2], needs bits')
  })
  it('takes every primitive whose rule needs only a ring', () => {
    const ring = ['add', 'multiply', 'negate', 'constant', 'sum', 'contract', 'gather', 'windows', 'fold']
    expect(ring.filter((name) => !(name in primitives))).toEqual([])
  })
})

describe('decompositions', () => {
  const same = (f: Netlist, g: Netlist): void =>
    expect(tablesOf(g).map((t) => [...t])).toEqual(tablesOf(f).map((t) => [...t]))
  it('into two-operand gates and and-inverter graphs keep the function', () => {
    fc.assert(
      fc.property(small, ({ f }) => {
        const two = twoInput(f)
        expect(Array.from({ length: gates(two) }, (_, g) => gateAt(two, g).operands.length <= 2)).not.toContain(false)
        same(f, two)
        const aig = aigOf(f)
        for (const [g, x] of aig.left.entries()) {
          expect(x).toBeLessThan(2 * (aig.inputs + 1 + g))
          expect(aig.right[g]).toBeLessThanOrEqual(x)
        }
        same(f, netlistOfAig(aig))
        expect(tablesOf(miter(f, two)).map((t) => t.some((w) => w !== 0))).toEqual([false])
      }),
      { numRuns: 200 },
    )
  })
  it('a miter of circuits that differ is 1 somewhere', () => {
    const f = right(netlist({ inputs: 2, gates: [{ operands: [0, 1], table: [8] }], outputs: [2] }))
    const g = right(netlist({ inputs: 2, gates: [{ operands: [0, 1], table: [9] }], outputs: [2] }))
    expect(tablesOf(miter(f, g)).map((t) => [...t])).toEqual([[1]])
  })
  it('covers are the table, and no cube can be left out', () => {
    const table = fc.tuple(fc.nat(7), fc.array(fc.nat(1), { minLength: 128, maxLength: 128 }))
    fc.assert(
      fc.property(table, ([k, bits]) => {
        const t = tableOf(k, (i) => bits[i] ?? 0)
        const cubes = coverOf(t, k)
        const at = (all: typeof cubes): number[] =>
          Array.from({ length: 2 ** k }, (_, i) =>
            all.some((c) => c.every((x, j) => x === null || x === ((i >>> j) & 1))) ? 1 : 0,
          )
        const wanted = bits.slice(0, 2 ** k)
        expect(at(cubes)).toEqual(wanted)
        for (const c of cubes) expect(at(cubes.filter((d) => d !== c))).not.toEqual(wanted)
      }),
    )
  })
})
