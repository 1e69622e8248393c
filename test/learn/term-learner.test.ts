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
import { learnerOf, numbers, objects, plan, pointOf } from './generate.js'

describe('learners over terms', () => {
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
