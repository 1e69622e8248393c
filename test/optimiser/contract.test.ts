import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { dense } from '../../src/layer/index.js'
import { learner, stepOf } from '../../src/learn/index.js'
import { squaredError } from '../../src/loss/index.js'
import {
  float64,
  integer,
  numbersOf,
  object,
  objectOf,
  tensorOf,
  types,
  unit,
  type Obj,
  type Tensor,
  type Type,
} from '../../src/object/index.js'
import {
  adagrad,
  adam,
  adamW,
  chain,
  before,
  clipByValue,
  decayWeights,
  momentum,
  moveOptic,
  nesterov,
  optimisers,
  adamHat,
  amsgrad,
  amsgradCorrected,
  amsgradRaw,
  dampedMomentum,
  plain,
  rootedAdagrad,
  sgd,
  shiftedNesterov,
  type AnyMove,
  type Rate,
  type Rule,
} from '../../src/optimiser/index.js'
import { putOf } from '../../src/optic/index.js'
import { constant } from '../../src/primitive/index.js'
import { constantRate } from '../../src/schedule/index.js'

import { diagram, retype, sameNormalForm } from '../../src/term/index.js'
import { deviation, pointOf } from '../oracle.js'
import { running, stateTypes, trajectory, type At } from './trajectory.js'

const any = (move: unknown): AnyMove => move as AnyMove

/** Every rule that has a rate, at a rate of any kind. */
const rated: { readonly [name: string]: (rate: Rate) => unknown } = {
  sgd: (rate) => sgd({ rate }),
  momentum: (rate) => momentum({ rate }),
  dampedMomentum: (rate) => dampedMomentum({ rate, dampening: 0.5 }),
  nesterov: (rate) => nesterov({ rate }),
  shiftedNesterov: (rate) => shiftedNesterov({ rate }),
  adagrad: (rate) => adagrad({ rate }),
  rootedAdagrad: (rate) => rootedAdagrad({ rate }),
  adam: (rate) => adam({ rate }),
  adamW: (rate) => adamW({ rate, decay: 0.5 }),
  adamHat: (rate) => adamHat({ rate }),
  amsgrad: (rate) => amsgrad({ rate }),
  amsgradRaw: (rate) => amsgradRaw({ rate }),
  amsgradCorrected: (rate) => amsgradCorrected({ rate }),
}
const space: Obj = objectOf([float64(2, 3), float64(3), float64()])
const params = (seed = 1): Tensor[] => pointOf(space, seed)
const gradients = (n = 4, a: Obj = space): Tensor[][] => Array.from({ length: n }, (_, i) => pointOf(a, 20 + i))
const all = (points: readonly At[]): Tensor[] => points.flatMap((p) => [...p.state, ...p.params])

describe.each(Object.entries(optimisers))('%s', (_, move) => {
  it('moves', () => {
    const [a, b] = trajectory(move, params(), gradients(1)) as [At, At]
    expect(deviation(b.params, a.params)).toBeGreaterThan(1e-4)
    for (const t of all(trajectory(move, params(), gradients(50))))
      for (const v of numbersOf(t)) expect(Number.isFinite(v)).toBe(true)
  })

  it('keeps a state of one type: that of each parameter, and float64 for counters', () => {
    for (const dtype of ['float64', 'float32'] as const) {
      const a = object(types(space).map((t): Type => ({ dtype, shape: t.shape })))
      const wanted = stateTypes(move, a)
      for (const { state } of trajectory(move, pointOf(a, 1), gradients(2, a)))
        expect(state.map((t) => `${t.dtype}[${t.shape.join(', ')}]`)).toEqual(wanted.map((w) => w.replace(/^\S+ /, '')))
      for (const text of wanted)
        expect(text).toMatch(/\.count /.test(text) ? / float64\[\]$/ : new RegExp(` ${dtype}\\[`))
    }
  })
})

describe('optimisers that are one another', () => {
  const rate = 1 / 8
  it('adamW with decay 0 is adam, and it is the same term', () => {
    expect(
      sameNormalForm(
        putOf(moveOptic(any(adamW({ rate, decay: 0 })), space)),
        putOf(moveOptic(any(adam({ rate })), space)),
      ),
    ).toBe(true)
  })
  it('lists every rule that has a rate', () => {
    const rules = Object.keys(optimisers).filter((name) => name !== 'plain' && !name.includes(','))
    expect(Object.keys(rated).sort()).toEqual(rules.sort())
  })
  it.each(Object.entries(rated))('%s takes a number, a schedule and a port for its rate, and they agree', (_, make) => {
    const at = (r: Rate): AnyMove => any(make(r))
    for (const r of [rate, constantRate(rate), { port: 'rate' }])
      expect(
        stepOf(learner(dense(3, 2), squaredError, at(r) as unknown as Rule<object, object>), 2).term.dom.length,
      ).toBeGreaterThan(3)
    const { start, put } = running(at({ port: 'rate' }), space)
    const [g] = gradients(1) as [Tensor[]]
    const steered = put(start(params()), g, [tensorOf(float64(), [rate]) as Tensor])
    expect(deviation(steered.params, (trajectory(at(rate), params(), [g])[1] as At).params)).toBeLessThan(1e-12)
  })
  it.each(Object.entries(rated))('%s refuses a schedule where the rig has no fractions', (_, make) => {
    const move = any(make(constantRate(0.5)))
    const whole = objectOf([integer(2)])
    expect(() => moveOptic(move, whole)).toThrow(TypeError)
  })
  it('chains associate', () => {
    const [f, g, h] = [clipByValue(1 / 2), decayWeights(1 / 4), momentum({ rate, decay: 1 / 2 })] as const
    const put = (m: unknown): ReturnType<typeof putOf> => putOf(moveOptic(any(m), space))
    expect(sameNormalForm(put(chain(before(f, g), h)), put(chain(f, chain(g, h) as never)))).toBe(true)
  })
  it('sgd(ε) is plain with cap −ε', () => {
    const model = dense(3, 2)
    const scaled = learner(model, squaredError, plain(), {
      cap: (loss) => diagram(loss, (_, algebra) => [constant(algebra, -rate, types(loss)[0]?.dtype ?? 'float32', [])]),
    })
    const [f, g] = [stepOf(scaled, 4).term, stepOf(learner(model, squaredError, sgd({ rate })), 4).term].map((t) =>
      retype(t, 'float64', 'float32'),
    )
    for (const seed of [1, 2, 3]) {
      const point = pointOf(f?.dom ?? unit, seed)
      expect(
        deviation(evaluate(f ?? diagram(unit, () => []), point), evaluate(g ?? diagram(unit, () => []), point)),
      ).toBe(0)
    }
  })
})
