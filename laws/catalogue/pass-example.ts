import { pipe } from 'fp-ts/lib/function.js'
import { batchModel } from '../../src/compile/index.js'
import {
  conv2d,
  dense,
  each,
  embedding,
  flatten,
  gelu,
  gru,
  layerNorm,
  maxPool2d,
  multiHeadAttention,
  relu,
  tanh,
} from '../../src/layer/index.js'
import { learner, stepOf } from '../../src/learn/index.js'
import { softmaxCrossEntropy } from '../../src/loss/index.js'
import { objectOf, types, type Obj } from '../../src/object/index.js'
import { andThen, named, residual, reverseDerivative, type Para } from '../../src/optic/index.js'
import { adam, nesterov, sgd, type Rule } from '../../src/optimiser/index.js'
import { add, cast, contract, logSumExp, reduceMax, reshape, sum, transpose } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram } from '../../src/term/index.js'
import type { Example } from '../part/interpreter-zoo.js'

const perceptron = pipe(
  named('first', dense(20, 33)),
  andThen(relu),
  andThen('second', dense(33, 12)),
  andThen(tanh),
  andThen('out', dense(12, 10)),
)
const convolutions = pipe(
  named('filter', conv2d([8, 8, 1], 5, { size: 3 })),
  andThen(relu),
  andThen(maxPool2d([6, 6, 5], { size: 2 })),
  andThen(flatten),
  andThen('out', dense(45, 10)),
)
const transformer = pipe(
  named('words', embedding(7, 6, [5])),
  andThen('attention', residual(multiHeadAttention(5, 6, 2, { causal: true }))),
  andThen('norm', each(5, layerNorm(6, { epsilon: 1 }))),
  andThen('wide', each(5, dense(6, 9))),
  andThen(gelu),
  andThen(flatten),
  andThen('out', dense(45, 10)),
)
const recurrence = pipe(named('time', gru(3, 2, 3)), andThen(flatten), andThen('out', dense(9, 10)))

type Body = (x: Wire, y: Wire) => readonly Wire[]
const turned = (w: Wire): Wire => transpose(w, [1, 0])
/** What steps have nothing of. */
const bodies: { readonly [name: string]: Body } = {
  'reshapes of a transpose': (x, y) => [add(reshape(reshape(turned(x), [35]), [7, 5]), turned(y))],
  'a scalar product of transposes': (x, y) => [contract(turned(x), turned(y), { left: 'ij', right: 'ij', out: '' })],
  'a sum of sums': (x) => [sum(sum(cast(x, 'int32'), [0]), [0])],
  'the largest twice': (x) => [logSumExp(x, 1), reduceMax(x, 1)],
}

/**
 * Steps of training at sizes that no vector divides, one for each kind of kernel, the derivatives of their models, and what these
 * have nothing of: every pass of a compiler finds something in one of them.
 */
export function passExamples(): readonly Example[] {
  const dom = objectOf([
    [5, 7],
    [5, 7],
  ])
  return [
    ...stepsOf('perceptron', perceptron, [sgd({ rate: 1 / 64 }), adam({ rate: 1 / 64 })]),
    ...stepsOf('convolutions', convolutions, [nesterov({ rate: 1 / 64, decay: 1 / 2 })]),
    ...stepsOf('transformer', transformer, [adam({ rate: 1 / 64 })]),
    ...stepsOf('recurrence', recurrence, [sgd({ rate: 1 / 64 })]),
    ...Object.entries(bodies).map(([name, body]): Example => {
      const term = diagram(dom, ([x, y]) => body(x as Wire, y as Wire))
      return { name, term }
    }),
  ]
}

function stepsOf(name: string, model: unknown, rules: readonly unknown[]): readonly Example[] {
  const para = model as Para<object, [[20]], [[10]]>
  const steps = rules.map((rule, i): Example => {
    const { term, ports } = stepOf(learner(para, softmaxCrossEntropy(10), rule as Rule<object, object>), 7)
    return { name: `a step of ${name}, ${i}`, term, entry: near(term, ports.state.length) }
  })
  const batched = batchModel(5, para)
  return [...steps, { name: `R[${name}]`, term: reverseDerivative(batched), entry: near(batched, 0) }]
}

/** Positive states, and parameters and inputs of small size. */
const near =
  ({ dom }: { readonly dom: Obj }, states: number) =>
  (i: number, n: number): number | undefined => {
    const t = types(dom)[i]
    if (t?.dtype === 'int32' || t?.dtype === 'bit') return undefined
    return i < states ? 1 + (n % 4) : (2 * (n % 32) - 31) / 64
  }
