import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { costOf, rewrite, rules, simplify, type Rule as RewriteRule } from '../../src/compile/index.js'
import { dense, relu, softmax } from '../../src/layer/index.js'
import { learner, stepOf } from '../../src/learn/index.js'
import { binaryCrossEntropy, softmaxCrossEntropy, squaredError } from '../../src/loss/index.js'
import { numbersOf, object, type Dtype, type Obj, type Type } from '../../src/object/index.js'
import { optimisers, type Rule } from '../../src/optimiser/index.js'
import { andThen, named } from '../../src/optic/index.js'
import { add, multiply, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, normalForm, type Flat } from '../../src/term/index.js'
import { pipe } from 'fp-ts/lib/function.js'
import { deviation, pointOf, tensorAt } from '../oracle.js'
import { every, of, witnesses, type Body, type Witness } from '../../laws/catalogue/rule-witness.js'

const domOf = (w: Witness, dtype: Dtype): Obj => object(w.shapes.map((shape): Type => ({ dtype, shape })))
const programOf = (w: Witness, body: Body, dtype: Dtype): Flat =>
  flatten(diagram(domOf(w, dtype), (x, algebra) => [body(x as [Wire, Wire], algebra)]))
const cases = Object.entries(witnesses).flatMap(([name, all]) =>
  all.flatMap((w, i) => (w.dtypes ?? every).map((dtype) => ({ name, i, w, dtype }))),
)

describe('the rules', () => {
  it('have witnesses, each of them', () => {
    expect(Object.keys(witnesses).sort()).toEqual(rules.map((r) => r.name).sort())
    expect(new Set(rules.map((r) => r.name)).size).toBe(rules.length)
    for (const { law } of rules) expect(law).toMatch(/\S/)
  })

  it.each(cases)('$name, at $dtype, program $i', ({ name, w, dtype }) => {
    const rule = rules.find((r) => r.name === name) as RewriteRule
    const before = programOf(w, w.from, dtype)
    expect(normalForm(rewrite(before, [rule]))).not.toBe(normalForm(before))
    expect(normalForm(rewrite(before, [rule]))).toBe(normalForm(programOf(w, w.to, dtype)))
  })

  it('leave alone what they do not hold for', () => {
    const untouched = (dtype: Dtype, body: Body, ...shapes: number[][]): boolean => {
      const program = programOf({ shapes, from: body, to: body }, body, dtype)
      return normalForm(simplify(program)) === normalForm(program)
    }
    expect(untouched('float32', ([x]) => sum(sum(x, [0]), [0]), [2, 3])).toBe(true)
    expect(untouched('float32', ([x], a) => add(sum(of(a, x, 0.1, 10), [0]), x), [])).toBe(true)
    expect(untouched('float64', ([x]) => multiply(0, x), [3])).toBe(true)
    expect(untouched('bit', ([x]) => multiply(-1, x), [3])).toBe(true)
    expect(untouched('integer', ([x], a) => add(multiply(of(a, x, 2 ** 40), of(a, x, 2 ** 40)), x), [])).toBe(true)
  })
})

describe('steps of learners', () => {
  const classifier = pipe(named('hidden', dense(3, 4)), andThen(relu), andThen('out', dense(4, 3)))
  const smooth = pipe(named('hidden', dense(2, 3)), andThen(softmax))
  const steps = Object.entries(optimisers).flatMap(([name, move]) => {
    const rule = move as unknown as Rule<object, object>
    return [
      [`${name}, squared error`, stepOf(learner(classifier, squaredError, rule), 2)] as const,
      [`${name}, softmax cross-entropy`, stepOf(learner(classifier, softmaxCrossEntropy(3), rule), 2)] as const,
      [`${name}, binary cross-entropy of softmax`, stepOf(learner(smooth, binaryCrossEntropy, rule), 1)] as const,
    ]
  })
  it.each(steps)('%s: the same values, not one bit changed, at less cost', (_, { term, ports }) => {
    const before = flatten(term)
    const after = simplify(before)
    const point = pointOf(before.dom, 3).map((t, i) =>
      i < ports.state.length ? tensorAt(t, numbersOf(t).map(Math.abs)) : t,
    )
    const outs = evaluate(before, point)
    expect(outs.flatMap(numbersOf).filter((v) => !Number.isFinite(v))).toEqual([])
    expect(deviation(evaluate(after, point), outs)).toBe(0)
    expect(normalForm(simplify(after))).toBe(normalForm(after))
    const [a, b] = [costOf(before), costOf(after)]
    expect(b.flops).toBeLessThanOrEqual(a.flops)
    expect(b.primitives).toBeLessThan(a.primitives)
  })
})
