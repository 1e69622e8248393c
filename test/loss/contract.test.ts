import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import {
  binaryCrossEntropy,
  lossAt,
  losses,
  softmaxCrossEntropy,
  squaredError,
  type UntypedLoss,
} from '../../src/loss/index.js'
import { learner } from '../../src/learn/index.js'
import { dense } from '../../src/layer/index.js'
import { sgd } from '../../src/optimiser/index.js'
import { float64, int, numbersOf, tensorOf, type Tensor, type Type } from '../../src/object/index.js'
import { gradient, hessianVectorProduct } from '../../src/optic/index.js'
import { retype, type Term } from '../../src/term/index.js'
import { pointOf, tensorAt } from '../oracle.js'

const real = (loss: UntypedLoss): Term => retype(loss.term, 'float64', 'float32')
const value = (term: Term, point: readonly Tensor[]): number =>
  numbersOf(evaluate(term, point)[0] as Tensor)[0] ?? Number.NaN

/** Points of the labels: bits where they are probabilities. */
function labelled(name: string, term: Term, seed: number): Tensor[] {
  const [y, z] = pointOf(term.dom, seed) as [Tensor, Tensor]
  return [
    name === 'binaryCrossEntropy'
      ? tensorAt(
          y as Type,
          numbersOf(y).map((v) => (v > 0 ? 1 : 0)),
        )
      : y,
    z,
  ]
}

/** The answers of a loss without an order, for a label and a prediction of three rows. */
type Answers = (label: readonly number[], prediction: readonly number[]) => number[]
const differences: Answers = (y, z) => z.map((v, i) => v - (y[i] ?? Number.NaN))
/** What each loss claims: its least value over predictions for a label, and a prediction where it is reached or nearly; or its answers. */
const claims: {
  readonly [name: string]: { readonly least: number; readonly best: (label: Tensor) => number[] } | Answers
} = {
  squaredError: { least: 0, best: (y) => numbersOf(y) },
  binaryCrossEntropy: { least: 0, best: (y) => numbersOf(y).map((v) => (v === 1 ? 50 : -50)) },
  softmaxCrossEntropy: { least: 0, best: (y) => [0, 1, 2].map((k) => (k === numbersOf(y)[0] ? 50 : 0)) },
  difference: differences,
  earliest: (y, z) => {
    const first = z.findIndex((v, i) => v !== y[i])
    return differences(y, z).map((d, i) => (i <= first ? d : 0))
  },
}

describe.each(Object.entries(losses))('%s', (name, loss) => {
  const f = real(loss)

  it('has the name that it is listed by', () => {
    expect(loss.name).toBe(name)
  })

  it('is as small as it claims, and not smaller', () => {
    const claim = claims[name]
    if (claim === undefined) throw new Error(`${name} claims nothing`)
    for (const seed of [1, 2, 3, 4, 5]) {
      const [y, z] = labelled(name, f, seed) as [Tensor, Tensor]
      if (typeof claim === 'function') {
        expect(numbersOf(evaluate(f, [y, z])[0] as Tensor)).toEqual(claim(numbersOf(y), numbersOf(z)))
        continue
      }
      expect(value(f, [y, z])).toBeGreaterThan(claim.least)
      const best = value(f, [y, tensorAt(z as Type, claim.best(y))])
      expect(best).toBeGreaterThanOrEqual(claim.least)
      expect(best).toBeLessThan(1e-15)
    }
  })
})

it('every loss claims something, and nothing else does', () => {
  expect(Object.keys(claims).sort()).toEqual(Object.keys(losses).sort())
})

describe('far logits', () => {
  const far = [1e4, -1e4, 1e30, -1e30]
  const term = { bce: lossAt(binaryCrossEntropy, [[1]]).term, softmax: softmaxCrossEntropy(2).term }
  for (const dtype of ['float32', 'float64'] as const)
    it(`leave values and slopes finite and right at ${dtype}`, () => {
      const [bce, softmax] = [retype(term.bce, dtype, 'float32'), retype(term.softmax, dtype, 'float32')]
      const at = (shape: number[], ...numbers: number[]): Tensor => tensorAt({ dtype, shape }, numbers)
      const rounded = (x: number): number => (dtype === 'float32' ? Math.fround(x) : x)
      for (const z of far)
        for (const y of [0, 1]) {
          const right = z > 0 === (y === 1)
          expect(value(bce, [at([1], y), at([1], z)])).toBe(right ? 0 : rounded(Math.abs(z)))
          expect(numbersOf(evaluate(gradient(bce), [at([1], y), at([1], z)])[1] as Tensor)).toEqual([
            right ? 0 : y === 1 ? -1 : 1,
          ])
          const point = [tensorOf(int(), [y]) as Tensor, at([2], 0, z)]
          expect(value(softmax, point)).toBe(right ? 0 : rounded(Math.abs(z)))
          const slope = numbersOf(evaluate(gradient(softmax), point)[1] as Tensor)
          expect(slope.map((v) => (v === 0 ? 0 : v))).toEqual(right ? [0, 0] : y === 1 ? [1, -1] : [-1, 1])
        }
    })
})

describe('binaryCrossEntropy', () => {
  const f = real(lossAt(binaryCrossEntropy, [[1]]))
  const at = (x: number): Tensor => tensorOf(float64(1), [x]) as Tensor

  it('has at logit 0 the slope ½ − y and the curvature ¼', () => {
    for (const y of [0, 0.25, 1]) {
      const [, slope] = evaluate(gradient(f), [at(y), at(0)]) as [Tensor, Tensor]
      expect(numbersOf(slope)[0]).toBeCloseTo(0.5 - y, 15)
      const [, bend] = evaluate(hessianVectorProduct(f), [at(y), at(0), at(0), at(1)]) as [Tensor, Tensor]
      expect(numbersOf(bend)[0]).toBeCloseTo(0.25, 15)
    }
  })

  it('is −y log σ(z) − (1 − y) log(1 − σ(z))', () => {
    for (const y of [0, 0.25, 0.5, 1])
      for (const z of [-3, -0.5, 0, 1, 4]) {
        const s = 1 / (1 + Math.exp(-z))
        expect(Math.abs(value(f, [at(y), at(z)]) - (-y * Math.log(s) - (1 - y) * Math.log(1 - s)))).toBeLessThan(1e-12)
      }
  })

  it('is least at the logit of its label, where it is the entropy', () => {
    for (const y of [0.25, 0.5, 0.75]) {
      const z = Math.log(y / (1 - y))
      expect(value(f, [at(y), at(z)])).toBeCloseTo(-y * Math.log(y) - (1 - y) * Math.log(1 - y), 14)
      expect(numbersOf(evaluate(gradient(f), [at(y), at(z)])[1] as Tensor)[0]).toBeCloseTo(0, 14)
    }
  })
})

describe('softmaxCrossEntropy', () => {
  const f = real(softmaxCrossEntropy(4) as unknown as UntypedLoss)
  const logits = [0.5, -1.25, 2, 0.125]
  const at = (y: number, z: readonly number[]): Tensor[] => [
    tensorOf(int(), [y]) as Tensor,
    tensorOf(float64(4), z) as Tensor,
  ]
  const exps = logits.map(Math.exp)
  const sum = exps.reduce((a, b) => a + b, 0)

  it('is −log(exp z_y / Σ exp z), with slope softmax(z) − e_y', () => {
    for (const y of [0, 1, 2, 3]) {
      expect(Math.abs(value(f, at(y, logits)) + Math.log((exps[y] ?? 0) / sum))).toBeLessThan(1e-12)
      const slope = numbersOf(evaluate(gradient(f), at(y, logits))[1] as Tensor)
      for (const [k, v] of slope.entries())
        expect(Math.abs(v - ((exps[k] ?? 0) / sum - (k === y ? 1 : 0)))).toBeLessThan(1e-12)
    }
  })

  it('has as many classes as it says', () => {
    expect(softmaxCrossEntropy(4).classes).toBe(4)
    for (const n of [0, -1, 1.5])
      expect(() => softmaxCrossEntropy(n)).toThrow(
        `softmaxCrossEntropy: ${n} is not a number of classes: needs an integer ≥ 1`,
      )
  })
})

describe('squaredError', () => {
  it('is ½ Σ (z − y)², with slope z − y', () => {
    const f = real(lossAt(squaredError, [[2, 2]]))
    const [y, z] = pointOf(f.dom, 1) as [Tensor, Tensor]
    const gap = numbersOf(z).map((v, i) => v - (numbersOf(y)[i] ?? 0))
    expect(value(f, [y, z])).toBe(gap.reduce((s, d) => s + d * d, 0) / 2)
    expect(evaluate(gradient(f), [y, z]).map(numbersOf)).toEqual([gap.map((d) => -d), gap])
  })
})

describe('a loss that does not take what the model answers', () => {
  it('is refused by name, with both objects', () => {
    const eleven: unknown = softmaxCrossEntropy(11)
    expect(() => learner(dense(4, 10), eleven as typeof squaredError, sgd({ rate: 1 }))).toThrow(
      'learner: the loss softmaxCrossEntropy takes [11], the model answers [10]',
    )
  })
})
