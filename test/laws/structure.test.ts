import { describe, expect, it } from 'vitest'
import { lensTable, learning } from '../../laws/catalogue/structure.js'
import { discover, reference, sameValues, termsByNormalForm, termsByValue, type Rounded } from '../../laws/index.js'
import { lawfulLens, type LensClaim } from '../../laws/part/lawful-lens.js'
import { dagger } from '../../laws/structure/linear.js'
import { parametrisedOver } from '../../laws/subject/parametric-subject.js'
import {
  halfSquareError,
  parametrised,
  parametrisedMorphisms as para,
  termLearners as learn,
  type Parametrised,
} from '../../src/learn/functor/index.js'
import { float64, integer, objectOf } from '../../src/object/index.js'
import { differentialTerms } from '../../src/optic/index.js'
import { add, multiply } from '../../src/primitive/index.js'
import type { Entries, Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'

const paraOver = parametrisedOver(termsByNormalForm(), para)
const scalar = objectOf([float64()])
const vector = (...entries: number[]): string => `float64[2] [${entries.join(', ')}]`

describe('lenses', () => {
  /** The point at which a law fails that does not hold, shrunk. */
  const witnesses: { readonly [name: string]: { readonly [C in LensClaim]?: Readonly<Record<string, string>> } } = {
    'the gradient learner': {
      putGet: { s: `${vector(0, 0)} ⊗ ${vector(0, 0)}`, v: vector(0, 1), w: vector(0, 0) },
      putPut: { s: `${vector(0, 0)} ⊗ ${vector(0, 0)}`, v: vector(0, 1), w: vector(0, 0) },
    },
    'a map with its reverse derivative': {
      getPut: { s: vector(0, 1), v: vector(0, 0), w: vector(0, 0) },
      putGet: { s: vector(0, 0), v: vector(0, 1), w: vector(0, 0) },
      putPut: { s: vector(0, 1), v: vector(0, 0), w: vector(0, 1) },
    },
  }
  it.each(Object.keys(lensTable))('%s has the laws of its row, and stored witnesses against the others', (name) => {
    const [lens, ...claims] = lensTable[name] ?? []
    if (lens === undefined) throw new Error(name)
    const found = discover(lawfulLens(name, lens))
    expect(found.filter((r) => r.ok).map((r) => r.law)).toEqual(claims)
    const fails = found.flatMap((r) => (r.ok ? [] : [[r.law, r.where] as const]))
    expect(Object.fromEntries(fails)).toEqual(witnesses[name] ?? {})
  })
})

describe('what does not hold', () => {
  /** w ↦ (x ↦ w + x) and w ↦ (x ↦ wx). */
  const [adds, scales]: readonly [Parametrised, Parametrised] = [
    parametrised(
      scalar,
      diagram(objectOf([float64(), float64()]), ([w, x]) => [add(w as Wire, x as Wire)]),
    ),
    parametrised(
      scalar,
      diagram(objectOf([float64(), float64()]), ([w, x]) => [multiply(w as Wire, x as Wire)]),
    ),
  ]

  it('interchange in Para and Learn without the swap of parameters', () => {
    const one = para.identity(scalar)
    const left = para.tensor(para.compose(one, adds), para.compose(scales, one))
    const right = para.compose(para.tensor(one, scales), para.tensor(adds, one))
    expect(paraOver.compare(left, right, []).equal).toBe(false)
    expect(paraOver.compare(paraOver.permute(left, [1, 0]), right, []).equal).toBe(true)
    const L = learning(reference, halfSquareError)
    const [f, g] = [L.morphism(adds), L.morphism(scales)]
    const both = learn.tensor(learn.compose(learn.identity(scalar), f), learn.compose(g, learn.identity(scalar)))
    const turned = learn.compose(learn.tensor(learn.identity(scalar), g), learn.tensor(f, learn.identity(scalar)))
    const point = [2, 4, 6, 8, 3, 5]
    expect(L.to.compare(both, turned, point).equal).toBe(false)
    expect(L.to.compare(L.to.permute(both, [1, 0]), turned, point).equal).toBe(true)
  })

  it('L(f^α) = L(f)^α for the bijection α(w) = 2w of parameters: 4 · 1 learns 5 from 8, 2(2 · 1) learns 8', () => {
    const { morphism } = learning(reference, halfSquareError)
    const twice: Parametrised = parametrised(
      scalar,
      diagram(objectOf([float64(), float64()]), ([w, x]) => [multiply(2, multiply(w as Wire, x as Wire))]),
    )
    const update = (f: Parametrised, w: number): number => {
      const inputs = [w, 1, 8].map((data): Entries<number> => ({ dtype: 'float64', shape: [], data: [data] }))
      const [out] = reference.interpret(morphism(f).update, inputs, reference.plain as never)
      return out?.data[0] ?? NaN
    }
    expect([update(scales, 4), 2 * update(twice, 2)]).toEqual([5, 8])
  })

  it('f†† = f and additivity, for f = multiply', () => {
    const c = differentialTerms
    const f = diagram(objectOf([integer(), integer()]), ([x, y]) => [multiply(x as Wire, y as Wire)])
    const integers = termsByValue(reference, { dtype: 'integer' })
    const point = [1, 3]
    const values = (g: Term): readonly Entries<Rounded>[] => integers.values(g, integers.point(g.dom, point))
    const twice = c.compose(c.add(c.identity(f.dom), c.identity(f.dom)), f)
    expect(sameValues(values(dagger(c, dagger(c, f))), values(f)).explain()).toMatchObject({
      lhs: 'integer[] [0]',
      rhs: 'integer[] [2]',
    })
    expect(sameValues(values(twice), values(c.add(f, f))).explain()).toMatchObject({
      lhs: 'integer[] [8]',
      rhs: 'integer[] [4]',
    })
  })
})
