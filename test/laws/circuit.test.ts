import { describe, expect, it } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { check, discover, reference, termsByValue } from '../../laws/index.js'
import { reverseDerivative } from '../../laws/laws.js'
import { bitModels, circuitClaims, circuitLaws, gates } from '../../laws/catalogue/circuit.js'
import { circuit } from '../../laws/part/circuit.js'
import { redexGrammar } from '../../laws/part/pass-grammar.js'
import { evaluate } from '../../src/backend/reference/index.js'
import { lookup } from '../../src/circuit/index.js'
import { bit, float64, objectOf, product, type Tensor } from '../../src/object/index.js'
import { differentialTerms, over, reverseDerivative as reverse } from '../../src/optic/index.js'
import { add, multiply } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import {
  apply,
  compose,
  copy,
  diagram,
  discard,
  identity,
  swap,
  tensor,
  type Choice,
  type Grammar,
  type Term,
} from '../../src/term/index.js'

describe('the claims of circuits', () => {
  it('are stated for each, and for nothing else', () => {
    expect(Object.keys(circuitClaims).sort()).toEqual(Object.keys({ ...gates, ...bitModels }).sort())
  })
  it.each(circuitLaws().map((set) => [set.subject, set] as const))('%s claims exactly what holds', (name, set) => {
    expect(discover(set).flatMap((r) => (r.ok ? [r.law] : []))).toEqual(circuitClaims[name])
  })
})

describe('laws.circuit', () => {
  it('refuses what is no circuit, and what has too many points unless it may sample', () => {
    expect(() => circuit('real', identity(objectOf([float64()])))).toThrow(
      'laws.circuit: real has a float64[] at its boundary, needs bits',
    )
    const large = over('bit', lookup(3, 2))
    expect(() => circuit('lookup', large)).toThrow(
      'laws.circuit: lookup has 2^19 points, all are tried up to 2^12; ask for sampled',
    )
    expect(E.isRight(check(circuit('lookup', large, { sampled: true })))).toBe(true)
  })
})

/** The finite difference `⟨w, f(x + eᵢ) + f(x)⟩ᵢ` of a circuit on single bits. */
function difference(f: Term): Term {
  const n = f.dom.length
  return diagram(product(f.dom, f.cod), (wires, algebra) => {
    const [x, w] = [wires.slice(0, n), wires.slice(n)]
    const here = apply(f, x, algebra)
    return x.map((_, i) => {
      const there = apply(
        f,
        x.map((a, j) => (i === j ? add(a, 1) : a)),
        algebra,
      )
      const terms = w.map((b, j) => multiply(b, add(there[j] as Wire, here[j] as Wire)))
      return terms.reduce((a, b) => add(a, b), multiply(0, x[i] as Wire))
    })
  })
}

const bits = (n: number): ReturnType<typeof objectOf> => objectOf(Array.from({ length: n }, () => bit()))
const points = (n: number): Tensor[][] =>
  Array.from({ length: 2 ** n }, (_, i) =>
    Array.from(
      { length: n },
      (__, k) => ({ dtype: 'bit', shape: [], data: Uint8Array.of((i >> k) & 1) }) as unknown as Tensor,
    ),
  )
const tableOf = (f: Term): string =>
  points(f.dom.length)
    .map((x) =>
      evaluate(f, x)
        .map((t) => Number(t.data[0]))
        .join(''),
    )
    .join(' ')
/** `⟨π₀, ⟨π₀ ; f, π₁⟩ ; R[g]⟩ ; R[f]`. */
const chained = (r: (f: Term) => Term, f: Term, g: Term): Term =>
  diagram(product(f.dom, g.cod), (wires, algebra) => {
    const x = wires.slice(0, f.dom.length)
    const inner = apply(r(g), [...apply(f, x, algebra), ...wires.slice(f.dom.length)], algebra)
    return apply(r(f), [...x, ...inner], algebra)
  })

describe('finite differences of functions are no reverse derivative', () => {
  const and = gates['and'] as Term
  it('breaks RD.5 at copy ; and, where R does not', () => {
    const f = copy(bits(1))
    const broken = [tableOf(difference(compose(f, and))), tableOf(chained(difference, f, and))]
    expect(broken).toEqual(['0 0 1 1', '0 0 0 0'])
    expect(tableOf(reverse(compose(f, and)))).toBe(tableOf(chained(reverse, f, and)))
  })
  it('and the law finds it', () => {
    const category = { ...differentialTerms, reverse: difference }
    const step = (f: (x: Wire, y: Wire) => Wire): Choice => ({
      applies: () => true,
      apply: (x, n, peers) => [f(x, peers[n % peers.length] ?? x)],
    })
    const grammar: Grammar = {
      ...redexGrammar('bit'),
      types: [{ dtype: 'bit', shape: [] }],
      choices: [step(add), step(multiply)],
    }
    const s = termsByValue(reference, { dtype: 'bit', category, grammar })
    const report = check(reverseDerivative(s), { only: 'reverse structure/RD.5$', runs: 2000 })
    const [result] = E.isLeft(report) ? report.left.results : []
    expect(result?.ok === false && result.where['g']).toMatch(/multiply/)
  })
  it('satisfies the chain rule of differences instead', () => {
    const d = (f: Term): Term =>
      diagram(product(f.dom, f.dom), (wires, algebra) => {
        const x = wires.slice(0, f.dom.length)
        const moved = x.map((a, i) => add(a, wires[f.dom.length + i] as Wire))
        const [there, here] = [apply(f, moved, algebra), apply(f, x, algebra)]
        return there.map((a, i) => add(a, here[i] as Wire))
      })
    for (const [f, g] of pairsOfPrograms()) {
      const through = diagram(product(f.dom, f.dom), (wires, algebra) =>
        apply(d(g), [...apply(f, wires.slice(0, f.dom.length), algebra), ...apply(d(f), wires, algebra)], algebra),
      )
      expect(tableOf(through)).toBe(tableOf(d(compose(f, g))))
    }
  })
})

/** All composable pairs of gates on at most two wires. */
function pairsOfPrograms(): readonly (readonly [Term, Term])[] {
  const one = bits(1)
  const { not, xor, and } = gates as { readonly [name: string]: Term }
  const steps = [
    ...[not, xor, and].filter((f) => f !== undefined),
    copy(one),
    identity(one),
    identity(bits(2)),
    swap(one, one),
    tensor(identity(one), discard(one)),
    ...(not === undefined ? [] : [tensor(not, identity(one))]),
    ...(and === undefined ? [] : [compose(and, copy(one))]),
    ...(xor === undefined ? [] : [compose(copy(one), xor)]),
  ]
  return steps.flatMap((f) => steps.filter((g) => g.dom.length === f.cod.length).map((g) => [f, g] as const))
}

describe('R on all programs of two gates', () => {
  it('satisfies RD.5 at every point, and is another than the difference of its function at some', () => {
    let unlike = 0
    for (const [f, g] of pairsOfPrograms()) {
      const whole = reverse(compose(f, g))
      expect(tableOf(whole)).toBe(tableOf(chained(reverse, f, g)))
      if (tableOf(whole) !== tableOf(difference(compose(f, g)))) unlike += 1
    }
    expect([pairsOfPrograms().length, unlike]).toEqual([59, 4])
  })
})
