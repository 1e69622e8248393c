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
  clipByGlobalNorm,
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
import { deviation, filled, pointOf, tensorAt } from '../oracle.js'
import { partOf, ports, running, stateTypes, trajectory, type At } from './trajectory.js'

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

/** Whether a zero gradient at the first state leaves the parameters where they are, and whether training parts is training the whole. */
const claims: { readonly [name: string]: { readonly rests: boolean; readonly separable: boolean } } = {
  plain: { rests: true, separable: true },
  sgd: { rests: true, separable: true },
  momentum: { rests: true, separable: true },
  dampedMomentum: { rests: true, separable: true },
  nesterov: { rests: true, separable: true },
  shiftedNesterov: { rests: true, separable: true },
  adagrad: { rests: true, separable: true },
  rootedAdagrad: { rests: true, separable: true },
  adam: { rests: true, separable: true },
  adamW: { rests: false, separable: true },
  adamHat: { rests: true, separable: true },
  amsgrad: { rests: true, separable: true },
  amsgradRaw: { rests: true, separable: true },
  amsgradCorrected: { rests: true, separable: true },
  'decayWeights, sgd': { rests: false, separable: true },
  'clipByValue, sgd': { rests: true, separable: true },
  'clipByGlobalNorm, adam': { rests: true, separable: false },
}

it('every optimiser claims something, and nothing else does', () => {
  expect(Object.keys(claims).sort()).toEqual(Object.keys(optimisers).sort())
})

describe.each(Object.entries(optimisers))('%s', (name, move) => {
  const claim = claims[name]

  it('is a function: the same terms, the same bytes', () => {
    expect(sameNormalForm(putOf(moveOptic(move, space)), putOf(moveOptic(move, space)))).toBe(true)
    const run = (): Tensor[] => all(trajectory(move, params(), gradients()))
    expect(deviation(run(), run())).toBe(0)
    expect(ports(move)).toBe(0)
  })

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

  it('rests where there are no parameters', () => {
    const { start, put } = running(move, unit)
    const first = start([])
    expect(deviation(put(first, []).state, first.state)).toBe(0)
    expect(put(first, []).params).toEqual([])
  })

  it(`${claim?.rests === true ? 'rests' : 'does not rest'} at a gradient of zero`, () => {
    const zeros = types(space).map((t) => filled(t, 0))
    const [a, ...rest] = trajectory(move, params(), [zeros, zeros, zeros]) as [At, ...At[]]
    for (const b of rest) {
      if (claim?.rests === true) expect(deviation(b.params, a.params)).toBe(0)
      else expect(deviation(b.params, a.params)).toBeGreaterThan(1e-6)
    }
  })

  it('does not see the order of the entries of a tensor', () => {
    const turned = (t: Tensor): Tensor => tensorAt(t as Type, numbersOf(t).reverse())
    const straight = trajectory(move, params(), gradients())
    const reversed = trajectory(
      move,
      params().map(turned),
      gradients().map((g) => g.map(turned)),
    )
    expect(deviation(all(reversed).map(turned), all(straight))).toBe(0)
  })

  it(`${claim?.separable === true ? 'trains' : 'does not train'} the parts of the parameters as the whole`, () => {
    const whole = trajectory(move, params(), gradients())
    const left = trajectory(
      move,
      params().slice(0, 1),
      gradients().map((g) => g.slice(0, 1)),
    )
    const right = trajectory(
      move,
      params().slice(1),
      gradients().map((g) => g.slice(1)),
    )
    const part = (from: number, to: number): Tensor[] =>
      whole.flatMap((at) => [...partOf(move, at.state, 3, from, to), ...at.params.slice(from, to)])
    if (claim?.separable === true) {
      expect(deviation(part(0, 1), all(left))).toBe(0)
      expect(deviation(part(1, 3), all(right))).toBe(0)
    } else expect(deviation(part(0, 1), all(left))).toBeGreaterThan(1e-6)
  })

  it('does not see the names that a tensor has: two parameters of one shape are trained alike', () => {
    const a = objectOf([float64(3), float64(3)])
    const [p] = pointOf(a, 5) as [Tensor, Tensor]
    const g = gradients(3, a).map(([x]) => [x as Tensor, x as Tensor])
    for (const { params: two } of trajectory(move, [p, p], g)) expect(deviation(two.slice(0, 1), two.slice(1))).toBe(0)
  })
})

describe('optimisers that are one another', () => {
  const rate = 1 / 8
  /** The parameters of both, step by step. */
  const same = (f: unknown, g: unknown): number => {
    const [a, b] = [f, g].map((m) => trajectory(any(m), params(), gradients(6)).flatMap((at) => at.params)) as [
      Tensor[],
      Tensor[],
    ]
    return deviation(a, b)
  }

  it('momentum with decay 0 is sgd', () => {
    expect(same(momentum({ rate, decay: 0 }), sgd({ rate }))).toBe(0)
    expect(same(momentum({ rate, decay: 1 / 2 }), sgd({ rate }))).toBeGreaterThan(0.01)
  })
  it('nesterov with decay 0 is sgd', () => {
    expect(same(nesterov({ rate, decay: 0 }), sgd({ rate }))).toBe(0)
  })
  it('adamW with decay 0 is adam, and it is the same term', () => {
    expect(
      sameNormalForm(
        putOf(moveOptic(any(adamW({ rate, decay: 0 })), space)),
        putOf(moveOptic(any(adam({ rate })), space)),
      ),
    ).toBe(true)
  })
  it('decayWeights by 0 before sgd is sgd', () => {
    expect(same(chain(decayWeights(0), sgd({ rate })), sgd({ rate }))).toBe(0)
  })
  it('clips at a bound that nothing reaches are the identity', () => {
    for (const clip of [clipByValue(1e9), clipByGlobalNorm(1e9)]) {
      expect(same(chain(clip, sgd({ rate })), sgd({ rate }))).toBe(0)
      expect(same(chain(clip, adam({ rate })), adam({ rate }))).toBe(0)
    }
  })
  it('a constant schedule is its number', () => {
    for (const make of [sgd, momentum, nesterov, adagrad, adam] as ((o: { rate: number }) => unknown)[])
      expect(same(make({ rate: constantRate(rate) as unknown as number }), make({ rate }))).toBe(0)
  })
  it('a port given the number is the number', () => {
    const steered = any(sgd({ rate: { port: 'rate' } }))
    const { start, put } = running(steered, space)
    const [g] = gradients(1) as [Tensor[]]
    expect(ports(steered)).toBe(1)
    const out = put(start(params()), g, [tensorOf(float64(), [rate]) as Tensor])
    expect(deviation(out.params, (trajectory(any(sgd({ rate })), params(), [g])[1] as At).params)).toBe(0)
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
