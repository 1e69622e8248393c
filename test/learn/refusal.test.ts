import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { reference } from '../../src/backend/reference/index.js'
import { dense } from '../../src/layer/index.js'
import { fit, learner, minusOne, stepOf } from '../../src/learn/index.js'
import type { Distance } from '../../src/loss/index.js'
import { squaredError } from '../../src/loss/index.js'
import { float64, objectOf } from '../../src/object/index.js'
import { plain, separableRule, sgd, type Empty } from '../../src/optimiser/index.js'
import { multiply, reshape, subtract } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram } from '../../src/term/index.js'
import { left, sides } from './sides.js'

const line = dense(2, 3)
const vector: Distance = {
  distance: 'vector',
  body: (label, prediction) => prediction.map((y, i) => subtract(y, label[i] as Wire)),
}

describe('a learner is refused where it is written', () => {
  it('with a loss that answers nothing', () => {
    const none: Distance = { distance: 'none', body: () => [] }
    expect(() => learner(line, none, sgd({ rate: 1 }))).toThrow(
      'learner: the loss none answers no tensor, needs at least one',
    )
  })
  it('with a loss over the reals that is no scalar, unless a cap is given', () => {
    expect(() => learner(line, vector, sgd({ rate: 1 }))).toThrow(
      'learner: the loss vector answers [3], needs one scalar; apply sum or mean, or say which cap',
    )
    expect(stepOf(learner(line, vector, plain(), { cap: minusOne })).term.cod.length).toBe(3)
  })
  it('with a rule that answers another shape', () => {
    const flat = separableRule<Empty, Empty>({
      name: 'flat',
      own: {},
      counts: false,
      ports: {},
      scalars: () => ({}),
      step: (p) => ({ own: {}, out: reshape(p, [p.type.shape.reduce((a, b) => a * b, 1)]) }),
    })
    expect(() => stepOf(learner(line, squaredError, flat))).toThrow(
      'flat: its put answers [6] ⊗ [3], needs [2, 3] ⊗ [3]',
    )
  })
  it('with a rule that asks for a scalar it has not', () => {
    const lost = separableRule<Empty, Empty>({
      name: 'lost',
      own: {},
      counts: false,
      ports: {},
      scalars: () => ({}),
      step: (p, _, __, scalar) => ({ own: {}, out: multiply(scalar('rate'), p) }),
    })
    expect(() => stepOf(learner(line, squaredError, lost))).toThrow('lost: no scalar is called rate')
  })
  it('with an operand that is none', () => {
    expect(() =>
      diagram(objectOf([float64()]), ([x]) => [multiply(undefined as unknown as number, x as Wire)]),
    ).toThrow('multiply: an operand is undefined, needs a wire or a number')
  })
})

it('a fit without epochs, or with metrics and nothing to measure them on, is refused', async () => {
  const two = learner(dense(2, 2), squaredError, sgd({ rate: 1 }))
  const run = (options: object): Promise<E.Either<{ readonly message: string }, unknown>> =>
    fit(two as never, sides(4) as never, { backend: reference(), ...options } as never)()
  expect(left((await run({})) as never).message).toBe('fit: epochs is missing, needs an integer ≥ 1')
  expect(left((await run({ epochs: 1, metrics: ['accuracy'] })) as never).message).toBe(
    'fit: metrics need validation data: pass validation',
  )
})
