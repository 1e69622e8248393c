import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/backend/index.js'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { batch } from '../../src/compile/index.js'
import { dense, relu, softmax, tanh } from '../../src/layer/index.js'
import { dreamer, learner, minusOne, objective, stepOf, type Composite } from '../../src/learn/index.js'
import { softmaxCrossEntropy, squaredError, type UntypedLoss } from '../../src/loss/index.js'
import {
  float64,
  numbersOf,
  object,
  objectOf,
  product,
  showObject,
  tensorOf,
  types,
  type Obj,
  type Tensor,
  type Type,
} from '../../src/object/index.js'
import {
  adam,
  environmentOf,
  optimisers,
  plain,
  portObject,
  sgd,
  slotTypes,
  stateObject,
  wiresOf,
  type AnyMove,
  type Rule,
} from '../../src/optimiser/index.js'
import {
  andThen,
  gradient,
  hessianVectorProduct,
  named,
  parameterObject,
  reverseDerivative,
  type Untyped,
} from '../../src/optic/index.js'
import { constant, multiply, primitives, sum, type PrimitiveName } from '../../src/primitive/index.js'
import { cosineRate } from '../../src/schedule/index.js'
import type { Algebra, Wire } from '../../src/structure/index.js'
import { apply, diagram, flatten, retype, sameNormalForm, type Term } from '../../src/term/index.js'
import { along, deviation, pointOf } from '../oracle.js'

const model = pipe(named('hidden', dense(4, 5)), andThen(relu), andThen('out', dense(5, 3)))
const loss = softmaxCrossEntropy(3)
const anyRule = (move: unknown): Rule<object, object> => move as Rule<object, object>

const moves: readonly (readonly [string, AnyMove])[] = [
  ...Object.entries(optimisers),
  ['sgd at a port', sgd({ rate: { port: 'rate' } }) as unknown as AnyMove],
  ['adam on a schedule', adam({ rate: cosineRate(1, 0.5, 10) }) as unknown as AnyMove],
]

const many = (n: number, a: Obj): Obj => object(types(a).map((t): Type => ({ dtype: t.dtype, shape: [n, ...t.shape] })))
const flags = (n: number, value: boolean): boolean[] => new Array<boolean>(n).fill(value)

/** model ; loss ; mean at n examples, wired by hand: P ⊗ X ⊗ Y → [], or at one example. */
function objectiveByHand(f: Untyped, e: UntypedLoss, n: number | undefined): Term {
  const [p, x, y] = [parameterObject(f), objectOf(f.dom), objectOf(e.label)]
  const whole = n === undefined ? [p, x, y] : [p, many(n, x), many(n, y)]
  return diagram(whole.reduce(product), (wires, algebra) => {
    const [given, label] = [wires.slice(0, p.length + x.length), wires.slice(p.length + x.length)]
    if (n === undefined) return apply(e.term, [...label, ...apply(f.term, given, algebra)], algebra)
    const predicted = apply(batch(n, f.term, [...flags(p.length, false), ...flags(x.length, true)]), given, algebra)
    const [each] = apply(batch(n, e.term, flags(e.term.dom.length, true)), [...label, ...predicted], algebra)
    return [multiply(1 / n, sum(each as Wire, [0]))]
  })
}

/**
 * A step wired by hand, without optics: look, run forward, run the reverse derivative at the cap, put.
 *
 *     S ⊗ P ⊗ Q ⊗ X ⊗ Y → S ⊗ P ⊗ L
 */
function stepByHand(move: AnyMove, f: Term, learned: Obj, given: Obj, cap: (algebra: Algebra) => Wire): Term {
  const [s, q] = [stateObject(move, learned), portObject(move)]
  const slots = slotTypes(move.slots, types(learned))
  return diagram([s, learned, q, given].reduce(product), (wires, algebra) => {
    let at = 0
    const next = (a: Obj): readonly Wire[] => wires.slice(at, (at += a.length))
    const [state, p, ports, rest] = [next(s), next(learned), next(q), next(given)]
    const named = new Map(Object.keys(move.ports).map((name, i) => [name, ports[i] as Wire]))
    const looked = move.get(environmentOf(slots, state), p, named)
    const out = apply(f, [...looked, ...rest], algebra)
    const back = apply(reverseDerivative(f), [...looked, ...rest, cap(algebra)], algebra).slice(0, learned.length)
    const put = move.put(environmentOf(slots, state), p, back, named)
    return [...wiresOf(slots, put.state), ...put.out, ...out]
  })
}
const up = (algebra: Algebra): Wire => constant(algebra, 1, 'float32', [])

describe('the literal composite of optimiser, model, loss and cap', () => {
  for (const n of [undefined, 3])
    it.each(moves)(
      `has the normal form of the step wired by hand: %s, ${n === undefined ? 'one example' : 'a batch of 3'}`,
      (_, move) => {
        const { term, ports } = stepOf(learner(model, loss, anyRule(move)), n)
        const f = objectiveByHand(model as unknown as Untyped, loss as unknown as UntypedLoss, n)
        expect(sameNormalForm(term, stepByHand(move, f, ports.params, product(ports.x, ports.y), up))).toBe(true)
        expect(showObject(term.dom)).toBe(
          showObject([ports.state, ports.params, ports.rate, ports.x, ports.y].reduce(product)),
        )
        expect(showObject(term.cod)).toBe(showObject([ports.state, ports.params, ports.loss].reduce(product)))
        expect(showObject(ports.loss)).toBe('[]')
      },
    )

  it('and another form where the cap, the model or the rule is another', () => {
    const inputs = stepOf(learner(model, loss, sgd({ rate: 1 / 8 })), 3).ports
    const hand = stepByHand(
      sgd({ rate: 1 / 8 }) as unknown as AnyMove,
      objectiveByHand(model as unknown as Untyped, loss as unknown as UntypedLoss, 3),
      parameterObject(model),
      product(inputs.x, inputs.y),
      up,
    )
    expect(sameNormalForm(hand, stepOf(learner(model, loss, sgd({ rate: 1 / 8 })), 3).term)).toBe(true)
    expect(sameNormalForm(hand, stepOf(learner(model, loss, sgd({ rate: 1 / 8 }), { cap: minusOne }), 3).term)).toBe(
      false,
    )
    expect(sameNormalForm(hand, stepOf(learner(model, loss, sgd({ rate: 1 / 4 })), 3).term)).toBe(false)
    expect(
      sameNormalForm(
        hand,
        stepOf(
          learner(
            pipe(named('hidden', dense(4, 5)), andThen(tanh), andThen('out', dense(5, 3))),
            loss,
            sgd({ rate: 1 / 8 }),
          ),
          3,
        ).term,
      ),
    ).toBe(false)
  })

  it.each(moves)('is the step of a dreamer with the port of the input open: %s', (_, move) => {
    const { term, ports } = stepOf(dreamer(model, squaredError, anyRule(move)))
    const [p, x] = [parameterObject(model), objectOf(model.dom)]
    const e = squaredErrorAt3
    const f = objectiveByHand(model as unknown as Untyped, e, undefined)
    const turned = diagram([x, p, objectOf(e.label)].reduce(product), (w, algebra) =>
      apply(
        f,
        [...w.slice(x.length, x.length + p.length), ...w.slice(0, x.length), ...w.slice(x.length + p.length)],
        algebra,
      ),
    )
    expect(showObject(ports[ports.learned])).toBe('[4]')
    const hand = stepByHand(move, turned, ports.x, product(ports.params, ports.y), up)
    const [s, q] = [ports.state.length, ports.rate.length]
    const placed = diagram([ports.state, p, ports.rate, x, ports.y].reduce(product), (w, algebra) => {
      const [state, params, rest] = [w.slice(0, s), w.slice(s, s + p.length), w.slice(s + p.length)]
      return apply(
        hand,
        [...state, ...rest.slice(q, q + x.length), ...rest.slice(0, q), ...params, ...rest.slice(q + x.length)],
        algebra,
      )
    })
    expect(sameNormalForm(term, placed)).toBe(true)
  })

  it('learns by one put, of which learner and dreamer read one port each', () => {
    const real = (t: Term): Term => retype(t, 'float64', 'float32')
    const f = objective(model as unknown as Untyped, squaredErrorAt3, undefined)
    const [p, x] = [parameterObject(model), objectOf(model.dom)]
    const all = pointOf(real(f).dom, 1)
    const [ps, xs, ys] = [
      all.slice(0, p.length),
      all.slice(p.length, p.length + x.length),
      all.slice(p.length + x.length),
    ]
    const back = evaluate(reverseDerivative(real(f)), [...all, tensorOf(float64(), [1]) as Tensor])
    const minus = (a: readonly Tensor[], b: readonly Tensor[]): number[] =>
      a.flatMap((t, i) => numbersOf(t).map((v, k) => v - (numbersOf(b[i] as Tensor)[k] ?? 0)))
    const learned = evaluate(real(stepOf(learner(model, squaredError, plain())).term), [...ps, ...xs, ...ys])
    const dreamt = evaluate(real(stepOf(dreamer(model, squaredError, plain())).term), [...ps, ...xs, ...ys])
    expect(minus(learned.slice(0, p.length), ps)).toEqual(expectClose(back.slice(0, p.length).flatMap(numbersOf)))
    expect(minus(dreamt.slice(0, x.length), xs)).toEqual(
      expectClose(back.slice(p.length, p.length + x.length).flatMap(numbersOf)),
    )
  })
})

const squaredErrorAt3 = (learner(model, squaredError, plain()) as unknown as { readonly parts: Composite }).parts.loss
const expectClose = (numbers: readonly number[]): unknown[] => numbers.map((v): unknown => expect.closeTo(v, 12))

describe('a step', () => {
  it.each(moves)('is closed and first-order, of the primitives of the list only: %s', (_, move) => {
    for (const n of [undefined, 3]) {
      const { term } = stepOf(learner(model, loss, anyRule(move)), n)
      const program = flatten(term)
      expect(program.boxes.length).toBeGreaterThan(10)
      let wires = program.dom.length
      for (const { term: leaf, inputs, first } of program.boxes) {
        expect(leaf.kind).toBe('primitive')
        expect(primitives[leaf.operation.name as PrimitiveName]).toBe(leaf.operation)
        expect(JSON.parse(JSON.stringify(leaf.attributes))).toEqual(leaf.attributes)
        expect(inputs.every((i) => i >= 0 && i < first)).toBe(true)
        expect(first).toBe(wires)
        wires += leaf.cod.length
      }
      expect(program.outs.every((i) => i < wires)).toBe(true)
      expect(showObject(program.dom)).toBe(showObject(term.dom))
    }
  })

  it('of 784-128-10 at 128 examples is such a program, of a size that does not depend on the batch', () => {
    const digits = learner(
      pipe(named('hidden', dense(784, 128)), andThen(relu), andThen('out', dense(128, 10))),
      softmaxCrossEntropy(10),
      adam({ rate: 1e-3 }),
    )
    const [one, large] = [flatten(stepOf(digits, 32).term), flatten(stepOf(digits, 128).term)]
    expect(large.boxes.map((b) => b.term.operation.name)).toEqual(one.boxes.map((b) => b.term.operation.name))
    for (const { term: leaf } of large.boxes)
      expect(primitives[leaf.operation.name as PrimitiveName]).toBe(leaf.operation)
    expect(large.boxes.filter((b) => b.term.operation.name === 'contract').length).toBe(5)
  })
})

describe('the reverse of the reverse', () => {
  const mlp = pipe(named('hidden', dense(784, 128)), andThen(relu), andThen('out', dense(128, 10)))
  const models: readonly (readonly [string, Term])[] = [
    [
      '784-128-10 with relu, softmax cross-entropy, 2 examples',
      objective(mlp as unknown as Untyped, softmaxCrossEntropy(10) as unknown as UntypedLoss, 2),
    ],
    [
      '4-5-3 with relu, softmax cross-entropy, 3 examples',
      objective(model as unknown as Untyped, loss as unknown as UntypedLoss, 3),
    ],
    [
      '4-5-3 with tanh and softmax, squared error, 3 examples',
      objective(
        pipe(
          named('hidden', dense(4, 5)),
          andThen(tanh),
          andThen('out', dense(5, 3)),
          andThen(softmax),
        ) as unknown as Untyped,
        squaredErrorAt3,
        3,
      ),
    ],
  ]
  it.each(models)('of %s compiles, and is the Hessian of dual numbers to 1e-9', async (_, f) => {
    const scalar = retype(f, 'float64', 'float32')
    const work = compile(hessianVectorProduct(scalar), reference())
    const shrink = (all: readonly Tensor[]): Tensor[] =>
      all.map((t) =>
        t.dtype === 'float64'
          ? ({ ...t, data: (t.data as unknown as Float64Array).map((v) => v / 8) } as unknown as Tensor)
          : t,
      )
    const [point, direction] = [shrink(pointOf(scalar.dom, 1)), shrink(pointOf(scalar.dom, 2))]
    const given = await work.call([...point, ...direction])
    const wanted = along(gradient(scalar), point, direction).tangents
    expect(deviation(given, wanted)).toBeLessThan(1e-9)
    expect(wanted.slice(0, 4).every((t) => numbersOf(t).some((v) => Math.abs(v) > 1e-9))).toBe(true)
    expect(compile(hessianVectorProduct(f), reference()).dom.length).toBe(2 * f.dom.length)
  })
})
