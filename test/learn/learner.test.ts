import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/evaluate.js'
import {
  composeLearner,
  composeParaSetLens,
  composeSetLens,
  gradientLearner,
  halfSquareError,
  identityLearner,
  identitySetLens,
  interpretLearner,
  learnerOfParaSetLens,
  parametrised,
  paraSetLens,
  paraSetLensOfLearner,
  reparametriseLearner,
  swapLearner,
  swapSetLens,
  tensorLearner,
  tensorParaSetLens,
  type Bijection,
  type Learner,
  type ParaSetLens,
  type Point,
} from '../../src/learn/functor/index.js'
import { float64, numbersOf, objectOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { multiply } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram } from '../../src/term/index.js'

/** Learners with three arbitrary functions between finite sets. */
type Finite = Learner<number, number, number>
const set = fc.nat(4)
const finite: fc.Arbitrary<Finite> = fc
  .tuple(
    fc.func<[number, number], number>(set),
    fc.func<[number, number, number], number>(set),
    fc.func<[number, number, number], number>(set),
  )
  .map(([implement, update, request]) => ({ implement, update, request }))
const lens: fc.Arbitrary<ParaSetLens<number, number, number>> = fc
  .tuple(
    fc.func<[number, number], number>(set),
    fc.func<[number, number, number], [number, number]>(fc.tuple(set, set)),
  )
  .map(([get, put]) => ({ get: ([p, a]) => get(p, a), put: ([p, a], b) => put(p, a, b) }))

/** All that is seen of a learner at a point and a label. */
const seen = <P, A, B>(f: Learner<P, A, B>, p: P, a: A, b: B): unknown => [
  f.implement(p, a),
  f.update(p, a, b),
  f.request(p, a, b),
]
const laid = <P, A, B>(f: ParaSetLens<P, A, B>, p: P, a: A, b: B): unknown => [f.get([p, a]), f.put([p, a], b)]
const tries = { numRuns: 200, seed: 5 }

describe('learners over functions', () => {
  it('compose associatively, up to (P × Q) × R ≅ P × (Q × R)', () => {
    type Left = readonly [readonly [number, number], number]
    const regroup: Bijection<Left, readonly [number, readonly [number, number]]> = {
      to: ([[p, q], r]) => [p, [q, r]],
      from: ([p, [q, r]]) => [[p, q], r],
    }
    fc.assert(
      fc.property(finite, finite, finite, fc.tuple(set, set, set), set, set, (f, g, h, [p, q, r], a, d) => {
        const left = composeLearner(composeLearner(f, g), h)
        const right = reparametriseLearner(composeLearner(f, composeLearner(g, h)), regroup)
        expect(seen(left, [[p, q], r], a, d)).toEqual(seen(right, [[p, q], r], a, d))
      }),
      tries,
    )
  })
  it('have identities, up to 1 × P ≅ P ≅ P × 1', () => {
    const first: Bijection<number, readonly [Point, number]> = { to: (p) => [[], p], from: ([, p]) => p }
    const second: Bijection<number, readonly [number, Point]> = { to: (p) => [p, []], from: ([p]) => p }
    fc.assert(
      fc.property(finite, set, set, set, (f, p, a, b) => {
        const it = seen(f, p, a, b)
        expect(seen(reparametriseLearner(composeLearner(identityLearner<number>(), f), first), p, a, b)).toEqual(it)
        expect(seen(reparametriseLearner(composeLearner(f, identityLearner<number>()), second), p, a, b)).toEqual(it)
      }),
      tries,
    )
  })
  it('interchange, up to the middle-four swap of parameters', () => {
    type Pairs = readonly [readonly [number, number], readonly [number, number]]
    const swap: Bijection<Pairs, Pairs> = {
      to: ([[p, q], [r, s]]) => [
        [p, r],
        [q, s],
      ],
      from: ([[p, q], [r, s]]) => [
        [p, r],
        [q, s],
      ],
    }
    fc.assert(
      fc.property(
        fc.tuple(finite, finite, finite, finite),
        fc.tuple(set, set, set, set),
        fc.tuple(set, set),
        fc.tuple(set, set),
        ([f, g, h, k], [p, q, r, s], ac, bd) => {
          const left = tensorLearner(composeLearner(f, g), composeLearner(h, k))
          const right = reparametriseLearner(composeLearner(tensorLearner(f, h), tensorLearner(g, k)), swap)
          expect(
            seen(
              left,
              [
                [p, q],
                [r, s],
              ],
              ac,
              bd,
            ),
          ).toEqual(
            seen(
              right,
              [
                [p, q],
                [r, s],
              ],
              ac,
              bd,
            ),
          )
        },
      ),
      tries,
    )
  })
  it('have a symmetry, natural and its own inverse', () => {
    type Pair = readonly [number, number]
    const across: Bijection<readonly [Pair, Point], readonly [Point, Pair]> = {
      to: ([[p, q]]) => [[], [q, p]],
      from: ([, [q, p]]) => [[p, q], []],
    }
    fc.assert(
      fc.property(finite, finite, fc.tuple(set, set), fc.tuple(set, set), fc.tuple(set, set), (f, g, pq, ac, db) => {
        const left = composeLearner(tensorLearner(f, g), swapLearner<number, number>())
        const right = reparametriseLearner(composeLearner(swapLearner<number, number>(), tensorLearner(g, f)), across)
        expect(seen(left, [pq, []], ac, db)).toEqual(seen(right, [pq, []], ac, db))
        const twice = composeLearner(swapLearner<number, number>(), swapLearner<number, number>())
        expect(seen(twice, [[], []], ac, db)).toEqual([ac, [[], []], db])
      }),
      tries,
    )
  })
  it('need not be differentiable: a gradient learner, then a perceptron that teaches it', () => {
    /** Rosenblatt's rule on the line; it requests a step towards the right side of its threshold. */
    const perceptron: Learner<number, number, boolean> = {
      implement: (threshold, x) => x > threshold,
      update: (threshold, x, b) => (x > threshold === b ? threshold : threshold + (b ? -1 : 1)),
      request: (threshold, x, b) => (x > threshold === b ? x : threshold + (b ? 1 : -1)),
    }
    const line = parametrised(
      objectOf([float64()]),
      diagram(objectOf([float64(), float64()]), ([w, x]) => [multiply(w as Wire, x as Wire)]),
    )
    const real = (n: number): readonly Tensor[] => [tensorOf(float64(), [n]) as unknown as Tensor]
    const number = (x: readonly Tensor[]): number => numbersOf(x[0] as Tensor)[0] ?? NaN
    const gradient = interpretLearner(gradientLearner(1 / 4, halfSquareError, line), evaluate)
    const scale: Learner<number, number, number> = {
      implement: (p, a) => number(gradient.implement(real(p), real(a))),
      update: (p, a, b) => number(gradient.update(real(p), real(a), real(b))),
      request: (p, a, b) => number(gradient.request(real(p), real(a), real(b))),
    }
    const both = composeLearner(scale, perceptron)
    const examples: readonly (readonly [number, boolean])[] = [
      [1, false],
      [2, false],
      [-1, true],
      [-2, true],
    ]
    let p: readonly [number, number] = [1, 0]
    for (let epoch = 0; epoch < 20; epoch++) for (const [a, b] of examples) p = both.update(p, a, b)
    expect(examples.map(([a]) => both.implement(p, a))).toEqual(examples.map(([, b]) => b))
    expect(p[0]).toBeLessThan(0)
  })
})

describe('Learn ≅ Para(SLens)', () => {
  it('there and back is the identity, both ways', () => {
    fc.assert(
      fc.property(finite, lens, set, set, set, (f, l, p, a, b) => {
        expect(seen(learnerOfParaSetLens(paraSetLensOfLearner(f)), p, a, b)).toEqual(seen(f, p, a, b))
        expect(laid(paraSetLensOfLearner(learnerOfParaSetLens(l)), p, a, b)).toEqual(laid(l, p, a, b))
      }),
      tries,
    )
  })
  it('takes composition to composition and tensor to tensor', () => {
    fc.assert(
      fc.property(
        finite,
        finite,
        fc.tuple(set, set),
        set,
        set,
        fc.tuple(set, set),
        fc.tuple(set, set),
        (f, g, pq, a, c, ac, bd) => {
          const [F, G] = [paraSetLensOfLearner(f), paraSetLensOfLearner(g)]
          expect(laid(composeParaSetLens(F, G), pq, a, c)).toEqual(
            laid(paraSetLensOfLearner(composeLearner(f, g)), pq, a, c),
          )
          expect(laid(tensorParaSetLens(F, G), pq, ac, bd)).toEqual(
            laid(paraSetLensOfLearner(tensorLearner(f, g)), pq, ac, bd),
          )
          expect(seen(learnerOfParaSetLens(composeParaSetLens(F, G)), pq, a, c)).toEqual(
            seen(composeLearner(f, g), pq, a, c),
          )
        },
      ),
      tries,
    )
  })
  it('takes identity to identity and symmetry to symmetry', () => {
    fc.assert(
      fc.property(set, set, fc.tuple(set, set), fc.tuple(set, set), (a, b, ab, ba) => {
        expect(seen(learnerOfParaSetLens(paraSetLens(identitySetLens<number>())), [], a, b)).toEqual(
          seen(identityLearner<number>(), [], a, b),
        )
        expect(seen(learnerOfParaSetLens(paraSetLens(swapSetLens<number, number>())), [], ab, ba)).toEqual(
          seen(swapLearner<number, number>(), [], ab, ba),
        )
      }),
      tries,
    )
  })
  it('a teacher that forgets to ask is another lens (negative control)', () => {
    const deaf = <A, B>(f: ParaSetLens<number, A, B>): ParaSetLens<number, A, B> => ({
      get: f.get,
      put: ([p, a], b) => [f.put([p, a], b)[0], a],
    })
    const same = fc.check(
      fc.property(finite, set, set, set, (f, p, a, b) =>
        expect(seen(learnerOfParaSetLens(deaf(paraSetLensOfLearner(f))), p, a, b)).toEqual(seen(f, p, a, b)),
      ),
      tries,
    )
    expect(same.failed).toBe(true)
    expect(composeSetLens(swapSetLens<number, number>(), swapSetLens<number, number>()).put([1, 2], [3, 4])).toEqual([
      3, 4,
    ])
  })
})
