import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { context, termsByNormalForm } from '../../laws/index.js'
import { float64, objectOf, types } from '../../src/object/index.js'
import { add, contract, equal, multiply, negate, sin } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import {
  canonical,
  compose,
  diagram,
  flatten,
  isFlat,
  normalForm,
  sameNormalForm,
  wired,
  type Flat,
  type Line,
  type Term,
} from '../../src/term/index.js'

const program = context(termsByNormalForm(), { f: 'A → B', g: 'B → C' }, 6).arbitrary.map(({ values }) => values)
const check = (holds: (v: { readonly f: Term; readonly g: Term }) => void): void => {
  fc.assert(fc.property(program, holds), { seed: 7, numRuns: 200 })
}
const two = objectOf([float64(2), float64(2)])
const binary = (f: (x: Wire, y: Wire) => Wire): Term => diagram(two, ([x, y]) => [f(x as Wire, y as Wire)])

/** The lines of a program in another order that their wires allow: as late as possible. */
function reversed(flat: Flat): Term {
  const maker = new Map<number, Line>()
  for (const line of flat.boxes) types(line.term.cod).forEach((_, k) => maker.set(line.first + k, line))
  const order: Line[] = []
  const done = new Set<Line>()
  const visit = (line: Line): void => {
    if (done.has(line)) return
    done.add(line)
    for (const id of [...line.inputs].reverse()) {
      const before = maker.get(id)
      if (before !== undefined) visit(before)
    }
    order.push(line)
  }
  for (const line of [...flat.boxes].reverse()) visit(line)
  const renamed = new Map(types(flat.dom).map((_, i) => [i, i]))
  let count = flat.dom.length
  for (const line of order) types(line.term.cod).forEach((_, k) => renamed.set(line.first + k, count++))
  const name = (id: number): number => renamed.get(id) ?? -1
  const boxes = order.map((line) => ({ term: line.term, inputs: line.inputs.map(name) }))
  return wired(flat.dom, boxes, flat.outs.map(name))
}

describe('flatten', () => {
  it('is idempotent, and makes programs of primitives that are well wired', () => {
    check(({ f, g }) => {
      const flat = flatten(compose(f, g))
      expect(isFlat(flat)).toBe(true)
      expect(flatten(flat)).toBe(flat)
      expect(normalForm(wired(flat.dom, flat.boxes, flat.outs))).toBe(normalForm(flat))
      expect(flat.boxes.every((line) => line.term.kind === 'primitive')).toBe(true)
    })
  })

  it('numbers values: no two lines are the same', () => {
    check(({ f, g }) => {
      const lines = normalForm(compose(f, g))
        .split('\n')
        .slice(1, -1)
        .map((line) => line.replace(/^\d+ = /, ''))
      expect(new Set(lines).size).toBe(lines.length)
    })
  })

  it('leaves no line that no output needs', () => {
    check(({ f, g }) => {
      const flat = flatten(compose(f, g))
      const read = new Set([...flat.outs, ...flat.boxes.flatMap((line) => line.inputs)])
      for (const line of flat.boxes) expect(types(line.term.cod).some((_, k) => read.has(line.first + k))).toBe(true)
    })
    expect(flatten(diagram(two, ([x, y]) => (sin(y as Wire), [x as Wire]))).boxes).toHaveLength(0)
  })
})

describe('the canonical form', () => {
  it('does not depend on the order in which a program is written', () => {
    let moved = 0
    check(({ f, g }) => {
      const flat = flatten(compose(f, g))
      const other = reversed(flat)
      if (other.kind === 'diagram' && other.boxes.some((b, i) => b.term !== flat.boxes[i]?.term)) moved += 1
      expect(normalForm(other)).toBe(normalForm(flat))
    })
    expect(moved).toBeGreaterThan(20)
  })

  it('is that of itself', () => {
    check(({ f }) => {
      expect(normalForm(canonical(f))).toBe(normalForm(f))
    })
  })

  it('identifies the operands of add, multiply and equal, also deep inside', () => {
    for (const op of [add, multiply, equal]) {
      expect(
        sameNormalForm(
          binary((x, y) => op(x, y)),
          binary((x, y) => op(y, x)),
        ),
      ).toBe(true)
      const deep = (swap: boolean): Term =>
        binary((x, y) => {
          const [a, b] = [sin(negate(x)), negate(sin(y))]
          return swap ? op(b, a) : op(a, b)
        })
      expect(sameNormalForm(deep(true), deep(false))).toBe(true)
    }
  })

  it('keeps apart what only a rig identifies', () => {
    const distinct: readonly (readonly [Term, Term])[] = [
      [binary((x, y) => add(add(x, y), y)), binary((x, y) => add(x, add(y, y)))],
      [binary((x, y) => multiply(x, add(y, y))), binary((x, y) => add(multiply(x, y), multiply(x, y)))],
      [binary((x) => add(x, 0)), binary((x) => x)],
      [binary((x) => negate(negate(x))), binary((x) => x)],
      [binary((x, y) => add(x, negate(y))), binary((x, y) => add(y, negate(x)))],
      [binary((x) => multiply(x, 2)), binary((x) => multiply(x, 3))],
      [
        binary((x, y) => contract(x, y, { left: 'i', right: 'j', out: 'ij' })),
        binary((x, y) => contract(y, x, { left: 'i', right: 'j', out: 'ij' })),
      ],
    ]
    for (const [f, g] of distinct) expect(sameNormalForm(f, g)).toBe(false)
  })
})
