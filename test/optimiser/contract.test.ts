import { describe, expect, it } from 'vitest'
import { optimiserTable } from '../../laws/catalogue/optimiser.js'
import { evaluate } from '../../src/backend/reference/index.js'
import { dense } from '../../src/layer/index.js'
import { learner, stepOf } from '../../src/learn/index.js'
import { squaredError } from '../../src/loss/index.js'
import { float64, integer, numbersOf, objectOf, types, unit, type Obj, type Tensor } from '../../src/object/index.js'
import { adam, adamW, moveOptic, optimisers, plain, sgd, type AnyMove, type Rule } from '../../src/optimiser/index.js'
import { putOf } from '../../src/optic/index.js'
import { constant } from '../../src/primitive/index.js'
import { constantRate } from '../../src/schedule/index.js'

import { diagram, retype, sameNormalForm } from '../../src/term/index.js'
import { deviation, pointOf } from '../oracle.js'
import { trajectory, type At } from './trajectory.js'

const any = (move: unknown): AnyMove => move as AnyMove

/** Every rule that has a rate, at a rate of any kind. */
const rated = Object.entries(optimiserTable).flatMap(([name, { rule }]) =>
  typeof rule === 'function' && !name.includes(',') ? [[name, rule] as const] : [],
)
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
  it.each(rated)('%s makes a step at a number, a schedule and a port', (_, make) => {
    for (const r of [rate, constantRate(rate), { port: 'rate' }])
      expect(
        stepOf(learner(dense(3, 2), squaredError, make(r) as unknown as Rule<object, object>), 2).term.dom.length,
      ).toBeGreaterThan(3)
  })
  it.each(rated)('%s refuses a schedule where the rig has no fractions', (_, make) => {
    expect(() => moveOptic(any(make(constantRate(0.5))), objectOf([integer(2)]))).toThrow(TypeError)
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
