import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/backend/reference/index.js'
import { float64, numbersOf, objectOf, tensorOf, type Tensor } from '../../src/object/index.js'
import {
  adagrad,
  adam,
  adamHat,
  adamW,
  amsgrad,
  amsgradCorrected,
  amsgradRaw,
  chain,
  dampedMomentum,
  decayWeights,
  initialState,
  momentum,
  moveOptic,
  nesterov,
  rootedAdagrad,
  sgd,
  shiftedNesterov,
  type AnyMove,
} from '../../src/optimiser/index.js'
import { getOf, gradient, putOf } from '../../src/optic/index.js'
import { contract, multiply, square, subtract, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'

interface Case {
  readonly id: string
  readonly step: string
  readonly problem: string
  readonly hyper: { readonly [name: string]: number | string | boolean }
  readonly trajectory: { readonly [step: string]: readonly number[] }
}
interface Golden {
  readonly checkpoints: readonly number[]
  readonly problems: { readonly [name: string]: { readonly [name: string]: readonly number[] } }
  readonly cases: readonly Case[]
}
const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')) as Golden

/** The optimiser of each case: every published rule that differs has a name of its own. */
const optimiserOf: { readonly [id: string]: (h: { readonly [name: string]: number }) => unknown } = {
  sgd: ({ lr = 0 }) => sgd({ rate: lr }),
  sgd_wd: ({ lr = 0, weightDecay = 0 }) => chain(decayWeights(weightDecay), sgd({ rate: lr })),
  momentum: ({ lr = 0, momentum: decay = 0 }) => momentum({ rate: lr, decay }),
  momentum_damp_wd: ({ lr = 0, momentum: decay = 0, dampening = 0, weightDecay = 0 }) =>
    chain(decayWeights(weightDecay), dampedMomentum({ rate: lr, decay, dampening })),
  momentum_nesterov: ({ lr = 0, momentum: decay = 0 }) => shiftedNesterov({ rate: lr, decay }),
  nesterov_lookahead: ({ lr = 0, momentum: decay = 0 }) => nesterov({ rate: lr, decay }),
  adagrad_torch: ({ lr = 0, eps = 0 }) => adagrad({ rate: lr, epsilon: eps }),
  adagrad_tf: ({ lr = 0, eps = 0, initialAccumulator = 0 }) =>
    rootedAdagrad({ rate: lr, epsilon: eps, initial: initialAccumulator }),
  adam: ({ lr = 0 }) => adam({ rate: lr }),
  adam_mat: ({ lr = 0 }) => adam({ rate: lr }),
  adam_epshat: ({ lr = 0, eps = 0 }) => adamHat({ rate: lr, epsilon: eps }),
  adam_std_eps1e3: ({ lr = 0, eps = 0 }) => adam({ rate: lr, epsilon: eps }),
  adam_l2: ({ lr = 0, weightDecay = 0 }) => chain(decayWeights(weightDecay), adam({ rate: lr })),
  adamw: ({ lr = 0, weightDecay = 0 }) => adamW({ rate: lr, decay: weightDecay }),
  amsgrad_torch: ({ lr = 0 }) => amsgradRaw({ rate: lr }),
  amsgrad_paper: ({ lr = 0, beta2 = 0 }) => amsgrad({ rate: lr, beta2 }),
  amsgrad_optax: ({ lr = 0 }) => amsgradCorrected({ rate: lr }),
}

/** The objective of a problem over a parameter of its shape; constants are given as further inputs. */
function objectiveOf(name: string): {
  readonly term: Term
  readonly shape: readonly number[]
  readonly constants: readonly Tensor[]
} {
  const problem = golden.problems[name] ?? {}
  if (name === 'quad6') {
    const term = diagram(objectOf([float64(6), float64(6, 6), float64(6)]), (w) => {
      const [x, h, b] = w as [Wire, Wire, Wire]
      const hx = contract(h, x, { left: 'ij', right: 'j', out: 'i' })
      return [
        subtract(
          multiply(0.5, contract(x, hx, { left: 'i', right: 'i', out: '' })),
          contract(b, x, { left: 'i', right: 'i', out: '' }),
        ),
      ]
    })
    return {
      term,
      shape: [6],
      constants: [tensorOf(float64(6, 6), problem['H'] ?? []), tensorOf(float64(6), problem['b'] ?? [])],
    }
  }
  const rows = (problem['A'] ?? []).length / 4
  const term = diagram(objectOf([float64(4, 3), float64(rows, 4), float64(rows, 3)]), (x) => {
    const [w, a, b] = x as [Wire, Wire, Wire]
    const error = subtract(contract(a, w, { left: 'ij', right: 'jk', out: 'ik' }), b)
    return [multiply(1 / 10, sum(square(error), [0, 1]))]
  })
  return {
    term,
    shape: [4, 3],
    constants: [tensorOf(float64(rows, 4), problem['A'] ?? []), tensorOf(float64(rows, 3), problem['B'] ?? [])],
  }
}

describe('golden trajectories', () => {
  for (const one of golden.cases)
    it(`${one.id} on ${one.problem} agrees to 1e-9`, () => {
      const make = optimiserOf[one.id]
      if (make === undefined) throw new Error(`no optimiser for ${one.id}`)
      const move = make(one.hyper as { readonly [name: string]: number }) as AnyMove
      const { term, shape, constants } = objectiveOf(one.problem)
      const type = float64(...shape)
      const p = objectOf([type])
      const o = moveOptic(move, p)
      const [get, put] = [getOf(o), putOf(o)]
      let point = tensorOf(type, golden.problems[one.problem]?.['x0'] ?? []) as Tensor
      let state = evaluate(initialState(move, p), [point])
      const slope = gradient(term)
      for (let t = 1; t <= 20; t++) {
        const at = evaluate(get, [...state, point])
        const [g] = evaluate(slope, [...at, ...constants])
        const next = evaluate(put, [...state, point, g as Tensor])
        state = next.slice(0, -1)
        point = next[next.length - 1] as Tensor
        const want = one.trajectory[String(t)]
        if (want === undefined) continue
        for (const [i, x] of numbersOf(point).entries())
          expect(Math.abs(x - (want[i] ?? Number.NaN)) / Math.max(1e-12, Math.abs(want[i] ?? 0))).toBeLessThan(1e-9)
      }
    })
})
