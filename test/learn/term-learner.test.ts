import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/evaluate.js'
import {
  composeLearner,
  composeTermLearner,
  interpretLearner,
  parametrised,
  parametrisedMorphisms as para,
  reparametriseLearner,
  termLearner,
  termLearners as learn,
  type Bijection,
  type Learner,
  type TermLearner,
} from '../../src/learn/functor/index.js'
import { objectOf, product, unit, type Tensor } from '../../src/object/index.js'
import { learnerOf, middleFour, numbers, objects, permuted, plan, pointOf, sameLearner } from './generate.js'

describe('learners over terms', () => {
  it('LE1 (f ; g) ; h = f ; (g ; h), in normal form', () => {
    fc.assert(
      fc.property(objects, objects, objects, objects, plan, plan, plan, (a, b, c, d, p, q, r) => {
        const [f, g, h] = [learnerOf(p, a, b), learnerOf(q, b, c), learnerOf(r, c, d)]
        return sameLearner(learn.compose(learn.compose(f, g), h), learn.compose(f, learn.compose(g, h)))
      }),
      { numRuns: 60, seed: 1 },
    )
  })
  it('LE2 1 ; f = f = f ; 1, in normal form', () => {
    fc.assert(
      fc.property(objects, objects, plan, (a, b, p) => {
        const f = learnerOf(p, a, b)
        return (
          sameLearner(learn.compose(learn.identity(a), f), f) && sameLearner(learn.compose(f, learn.identity(b)), f)
        )
      }),
      { numRuns: 60, seed: 1 },
    )
  })
  it('LE3 (f ; g) ⊗ (h ; k) = (f ⊗ h) ; (g ⊗ k) up to the middle-four swap of parameters, in normal form', () => {
    fc.assert(
      fc.property(
        fc.tuple(objects, objects, objects),
        fc.tuple(objects, objects, objects),
        fc.tuple(plan, plan, plan, plan),
        ([a, b, c], [x, y, z], [p, q, r, s]) => {
          const [f, g, h, k] = [learnerOf(p, a, b), learnerOf(q, b, c), learnerOf(r, x, y), learnerOf(s, y, z)]
          const left = learn.tensor(learn.compose(f, g), learn.compose(h, k))
          const right = learn.compose(learn.tensor(f, h), learn.tensor(g, k))
          return sameLearner(permuted(left, middleFour(f.params, g.params, h.params, k.params)), right)
        },
      ),
      { numRuns: 60, seed: 1 },
    )
  })
  it('LE4 the symmetry is natural up to the swap of parameters, and its own inverse', () => {
    fc.assert(
      fc.property(objects, objects, objects, objects, plan, plan, (a, b, c, d, p, q) => {
        const [f, g] = [learnerOf(p, a, b), learnerOf(q, c, d)]
        const left = learn.compose(learn.tensor(f, g), learn.swap(b, d))
        const right = learn.compose(learn.swap(a, c), learn.tensor(g, f))
        const order = middleFour(unit, f.params, g.params, unit)
        const twice = learn.compose(learn.swap(a, b), learn.swap(b, a))
        return sameLearner(permuted(left, order), right) && sameLearner(twice, learn.identity(product(a, b)))
      }),
      { numRuns: 60, seed: 1 },
    )
  })
  it('the tensor is associative and has the unit object, in normal form', () => {
    fc.assert(
      fc.property(objects, objects, plan, plan, plan, (a, b, p, q, r) => {
        const [f, g, h] = [learnerOf(p, a, b), learnerOf(q, b, a), learnerOf(r, b, b)]
        return (
          sameLearner(learn.tensor(learn.tensor(f, g), h), learn.tensor(f, learn.tensor(g, h))) &&
          sameLearner(learn.tensor(f, learn.identity(unit)), f)
        )
      }),
      { numRuns: 60, seed: 1 },
    )
  })
  it('refuses what does not fit, by name', () => {
    const [two, three] = [objectOf([[2]]), objectOf([[3]])]
    const id = learn.identity(two)
    expect(() => learn.compose(id, learn.identity(three))).toThrow('compose: codomain [2] does not match domain [3]')
    expect(() => termLearner(three, id.implement, id.update, id.request)).toThrow(
      'termLearner: the domain [2] does not begin with the parameters [3]',
    )
    expect(() => termLearner(unit, id.implement, id.request, id.request)).toThrow(
      'termLearner: the update [2] ⊗ [2] → [2] needs [2] ⊗ [2] → I',
    )
    expect(() => parametrised(three, id.implement)).toThrow(
      'parametrised: the domain [2] does not begin with the parameters [3]',
    )
    expect(() => para.compose(para.identity(two), para.identity(three))).toThrow(
      'compose: codomain [2] does not match domain [3]',
    )
  })
  it('interpretation is a functor to learners over functions, P × Q read as a list', () => {
    const run = (f: TermLearner): Learner<readonly Tensor[], readonly Tensor[], readonly Tensor[]> =>
      interpretLearner(f, evaluate)
    fc.assert(
      fc.property(objects, objects, objects, plan, plan, numbers, (a, b, c, p, q, list) => {
        const [f, g] = [learnerOf(p, a, b), learnerOf(q, b, c)]
        const cut: Bijection<readonly Tensor[], readonly [readonly Tensor[], readonly Tensor[]]> = {
          to: (pq) => [pq.slice(0, f.params.length), pq.slice(f.params.length)],
          from: ([left, right]) => [...left, ...right],
        }
        const [left, right] = [run(composeTermLearner(f, g)), reparametriseLearner(composeLearner(run(f), run(g)), cut)]
        const [pq, x, y] = [product(f.params, g.params), a, c].map((o) => pointOf(o, list)) as [
          Tensor[],
          Tensor[],
          Tensor[],
        ]
        expect(left.implement(pq, x)).toEqual(right.implement(pq, x))
        expect(left.update(pq, x, y)).toEqual(right.update(pq, x, y))
        expect(left.request(pq, x, y)).toEqual(right.request(pq, x, y))
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})
