import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitModels, circuitClaims, gates as terms } from '../../laws/catalogue/circuit.js'
import { boxes } from '../../src/circuit/index.js'
import { bitsOf, entriesOf, tensorsOf } from '../../laws/part/circuit-point.js'
import { netlists } from '../../laws/part/netlist-value.js'
import { evaluate } from '../../src/backend/reference/index.js'
import {
  aigOf,
  booleanDifference,
  coverOf,
  derivativeIsDifference,
  entryOf,
  evaluateNetlist,
  formalPolynomials,
  gateAt,
  gates,
  isMultilinear,
  miter,
  moebius,
  monomialOf,
  netlist,
  netlistOf,
  netlistOfAig,
  netlistOfPolynomials,
  showPolynomial,
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

const values = netlists()
if (!('arbitrary' in values)) throw new Error('netlists are drawn')
const small = values.arbitrary.filter(({ f }) => f.inputs <= 8)
const right = <L extends { readonly message: string }, A>(e: E.Either<L, A>): A => {
  if (E.isLeft(e)) throw new Error(e.left.message)
  return e.right
}
const digits = (n: number, i: number): number[] => Array.from({ length: n }, (_, k) => (i >>> k) & 1)
/** Points of Z₂ⁿ: all of them to 2¹⁰, else 300. */
const points = (n: number): number[][] =>
  n <= 10
    ? Array.from({ length: 2 ** n }, (_, i) => digits(n, i))
    : Array.from({ length: 300 }, (_, i) =>
        Array.from({ length: n }, (_, k) => (Math.imul(i + 7, 0x9e3779b1 + 2 * k) >>> 13) & 1),
      )
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

describe('polynomials', () => {
  it('are printed', () => {
    const of = (k: number, f: (i: number) => number): string => showPolynomial(moebius(tableOf(k, f), k), k)
    expect(of(3, (i) => (i & 1 & (i >>> 1)) ^ (i >>> 2) ^ 1)).toBe('x0 x1 + x2 + 1')
    expect(of(2, () => 0)).toBe('0')
    expect(of(0, () => 1)).toBe('1')
    expect(of(2, (i) => (i === 0 ? 0 : 1))).toBe('x0 x1 + x0 + x1')
  })
  it('Möbius is the sum over subsets, an involution, and a circuit', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.array(fc.nat(1), { minLength: 256, maxLength: 256 }), (k, bits) => {
        const table = tableOf(k, (i) => bits[i] ?? 0)
        const coefficients = moebius(table, k)
        for (let s = 0; s < 2 ** k; s++) {
          let sum = 0
          for (let t = 0; t <= s; t++) if ((t & s) === t) sum ^= bits[t] ?? 0
          expect(entryOf(coefficients, s)).toBe(sum)
        }
        expect([...moebius(coefficients, k)]).toEqual([...table])
        expect(tablesOf(netlistOfPolynomials(k, [coefficients])).map((t) => [...t])).toEqual([[...table]])
      }),
      { numRuns: 60 },
    )
  })
})

describe('formal derivative and Boolean difference', () => {
  const agree = (term: Term): boolean => {
    const formal = right(netlistOf(reverseDerivative(term)))
    const boolean = booleanDifference(right(netlistOf(term)))
    return points(formal.inputs).every((x) => evaluateNetlist(formal, x).join() === evaluateNetlist(boolean, x).join())
  }
  it.each(Object.entries(terms))(
    '%s: they agree exactly where its polynomial says, and where it claims to be safe',
    (name, term) => {
      const polynomials = formalPolynomials(term)
      expect(agree(term)).toBe(polynomials.every(derivativeIsDifference))
      expect(agree(term)).toBe(circuitClaims[name]?.includes('safe'))
      if (polynomials.every(isMultilinear)) expect(agree(term)).toBe(true)
    },
  )
  it('agree exactly where the polynomial says, of random polynomials with powers', () => {
    const monomial = fc.array(fc.nat(4), { minLength: 3, maxLength: 3 })
    const seen = { true: 0, false: 0, notMultilinear: 0 }
    fc.assert(
      fc.property(fc.array(monomial, { maxLength: 5 }), (given) => {
        const exponents = [...new Map(given.map((m) => [m.join(), m])).values()]
        const term = diagram(objectOf([bit(), bit(), bit()]), (x, algebra) => [
          exponents
            .map((m) =>
              m
                .flatMap((e, i) => new Array<Wire>(e).fill(x[i] as Wire))
                .reduce((a, b) => multiply(a, b), constant(algebra, 1, 'bit', [])),
            )
            .reduce((a, b) => add(a, b), constant(algebra, 0, 'bit', [])),
        ])
        const [p = new Set<string>()] = formalPolynomials(term)
        expect(new Set(exponents.map((m) => monomialOf(new Map(m.entries()))))).toEqual(p)
        const holds = derivativeIsDifference(p)
        seen[`${holds}`]++
        if (holds && !isMultilinear(p)) seen.notMultilinear++
        expect(agree(term)).toBe(holds)
      }),
      { numRuns: 400, seed: 42 },
    )
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(10)
    const cube = diagram(objectOf([bit()]), ([x]) => [
      add(multiply(x as Wire, x as Wire), multiply(multiply(x as Wire, x as Wire), multiply(x as Wire, x as Wire))),
    ])
    expect(formalPolynomials(cube).map(isMultilinear)).toEqual([false])
    expect(agree(cube)).toBe(true)
  })
})
