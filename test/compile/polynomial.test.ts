import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circuitClaims, gates as terms } from '../../laws/catalogue/circuit.js'
import {
  booleanDifference,
  derivativeIsDifference,
  entryOf,
  evaluateNetlist,
  formalPolynomials,
  isMultilinear,
  moebius,
  monomialOf,
  netlistOf,
  netlistOfPolynomials,
  showPolynomial,
  tableOf,
  tablesOf,
} from '../../src/compile/index.js'
import { bit, objectOf } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import { add, constant, multiply } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import { points, right } from '../netlist.js'

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
