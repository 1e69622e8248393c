import { describe, expect, it } from 'vitest'
import { float64, numbersOf, objectOf, tensorOf, type Obj, type Tensor, type Type } from '../../src/object/index.js'

import {
  adam,
  chain,
  clipByValue,
  decayWeights,
  nesterov,
  optimisers,
  sgd,
  type AnyMove,
} from '../../src/optimiser/index.js'

import { cosineRate } from '../../src/schedule/index.js'

import { deviation, filled, pointOf, tensorAt } from '../oracle.js'
import { running, trajectory, type At } from './trajectory.js'

const any = (move: unknown): AnyMove => move as AnyMove

const space: Obj = objectOf([float64(2, 3), float64(3), float64()])
const params = (seed = 1): Tensor[] => pointOf(space, seed)
const gradients = (n = 4, a: Obj = space): Tensor[][] => Array.from({ length: n }, (_, i) => pointOf(a, 20 + i))
describe('the look-ahead of nesterov', () => {
  it('is p + μv, and nothing else looks ahead', () => {
    for (const [name, move] of Object.entries(optimisers)) {
      const { look } = running(move, space)
      const at = trajectory(move, params(), gradients(2))[2] as At
      const ahead = deviation(look(at), at.params)
      if (name === 'nesterov') {
        const wanted = at.params.map((p, i) =>
          tensorAt(
            p as Type,
            numbersOf(p).map((v, k) => v + (numbersOf(at.state[i] as Tensor)[k] ?? 0) / 2),
          ),
        )
        expect(deviation(look(at), wanted)).toBe(0)
        expect(ahead).toBeGreaterThan(0.01)
      } else expect(ahead).toBe(0)
    }
  })
})

describe('a transform before a rule', () => {
  it('sees the parameters where the gradient was taken', () => {
    const { start, put } = running(any(chain(decayWeights(1 / 4), nesterov({ rate: 1 / 8, decay: 1 / 2 }))), space)
    let at = start(params())
    let [v, p] = [params().map((t) => numbersOf(t).map(() => 0)), params().map(numbersOf)]
    for (const g of gradients(3)) {
      at = put(at, g)
      const ahead = p.map((xs, i) => xs.map((x, k) => x + (v[i]?.[k] ?? 0) / 2))
      const steep = g.map((t, i) => numbersOf(t).map((d, k) => d + (ahead[i]?.[k] ?? 0) / 4))
      v = v.map((xs, i) => xs.map((x, k) => x / 2 - (steep[i]?.[k] ?? 0) / 8))
      p = p.map((xs, i) => xs.map((x, k) => x + (v[i]?.[k] ?? 0)))
      expect(at.params.map(numbersOf)).toEqual(p)
    }
  })
  it('acts first: a clip does not see what comes after it', () => {
    const [g] = gradients(1) as [Tensor[]]
    const { start, put } = running(any(chain(clipByValue(1 / 2), chain(decayWeights(1 / 4), sgd({ rate: 1 })))), space)
    const clipped = g.map((t) => numbersOf(t).map((d) => Math.min(Math.max(d, -1 / 2), 1 / 2)))
    const wanted = params().map((t, i) => numbersOf(t).map((x, k) => x - ((clipped[i]?.[k] ?? 0) + x / 4)))
    expect(put(start(params()), g).params.map(numbersOf)).toEqual(wanted)
  })
})

describe('the counter', () => {
  const one = objectOf([[2]])
  const at = (count: number): At => ({
    state: [
      ...Array.from({ length: 2 }, () => filled({ dtype: 'float32', shape: [2] }, 0)),
      tensorOf(float64(), [count]) as Tensor,
    ],
    params: pointOf(one, 1),
  })
  it('does not stop at 2²⁴, where one of float32 would', () => {
    const { put } = running(any(adam({ rate: 1e-3 })), one)
    let here = at(2 ** 24)
    for (const step of [1, 2, 3]) {
      here = put(here, pointOf(one, step))
      expect(numbersOf(here.state[2] as Tensor)).toEqual([2 ** 24 + step])
    }
    expect(Math.fround(2 ** 24 + 1)).toBe(2 ** 24)
  })
  it('drives a schedule past 2²⁴', () => {
    const { put, start } = running(any(sgd({ rate: cosineRate(1, 0, 2 ** 26) })), one)
    const [g] = [pointOf(one, 1)]
    const moved = (count: number): number => {
      const after = put({ ...start(pointOf(one, 2)), state: [tensorOf(float64(), [count]) as Tensor] }, g)
      return (
        Math.abs((numbersOf(after.params[0] as Tensor)[0] ?? 0) - (numbersOf(pointOf(one, 2)[0] as Tensor)[0] ?? 0)) /
        Math.abs(numbersOf(g[0] as Tensor)[0] ?? 1)
      )
    }
    expect(moved(2 ** 25)).toBeCloseTo(0.5, 6)
    expect(moved(2 ** 26)).toBe(0)
  })
})
