import { describe, expect, it } from 'vitest'
import { compile, type Backend } from '../../src/backend/index.js'
import { reference } from '../../src/backend/reference/index.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { batchModel } from '../../src/compile/index.js'
import { circuits } from '../../src/circuit/index.js'
import { keyOf, uniform } from '../../src/initialiser/index.js'
import { dense, layers, tanh } from '../../src/layer/index.js'
import { learner, stepOf } from '../../src/learn/index.js'
import { losses, squaredError } from '../../src/loss/index.js'
import { numbersOf, size, types, type Tensor, type Type } from '../../src/object/index.js'
import { andThen, named, reverseDerivative } from '../../src/optic/index.js'
import { optimisers, type Rule } from '../../src/optimiser/index.js'
import type { Term } from '../../src/term/index.js'

const wasm = await tensorflow('wasm')
const plainly = reference()

/** A point of some types: numbers in (−1, 1) of a seed, classes for int32, positive where asked. */
function pointOf(all: readonly Type[], seed: number, positive: (i: number) => boolean = () => false): Tensor[] {
  return all.map((t, i): Tensor => {
    const draws = uniform(keyOf(1000 * seed + i), size(t.shape))
    const numbers = Array.from(draws, (u) =>
      t.dtype === 'int32' ? Math.floor(3 * u) : positive(i) ? 0.1 + u : 2 * u - 1,
    )
    const data =
      t.dtype === 'int32'
        ? Int32Array.from(numbers)
        : t.dtype === 'float64'
          ? Float64Array.of(3)
          : Float32Array.from(numbers)
    return { dtype: t.dtype, shape: [...t.shape], data } as unknown as Tensor
  })
}

/** 128 units in the last place of the largest entry: a few hundred rounded operations, each of half a unit. */
const slack = 128 * 2 ** -24

async function agree(term: Term, seed: number, positive?: (i: number) => boolean): Promise<void> {
  const run = (backend: Backend): Promise<Tensor[]> =>
    compile(term, backend).call(pointOf(types(term.dom), seed, positive))
  const [expected, given] = await Promise.all([run(plainly), run(wasm)])
  expect(given.length).toBe(expected.length)
  for (const [k, want] of expected.entries()) {
    const [a, b] = [numbersOf(want), numbersOf(given[k] as Tensor)]
    const scale = Math.max(1, ...a.map(Math.abs))
    for (const [i, x] of a.entries()) expect(Math.abs(x - (b[i] ?? Number.NaN))).toBeLessThanOrEqual(slack * scale)
  }
}

describe('wasm agrees with the reference', () => {
  for (const [name, model] of [...Object.entries(layers), ...Object.entries(circuits)]) {
    it(`layer ${name}, forward on 5 examples`, () => agree(batchModel(5, model), 1))
    it(`layer ${name}, reverse derivative on 5 examples`, () => agree(reverseDerivative(batchModel(5, model)), 2))
    it(`layer ${name}, reverse derivative twice`, () => agree(reverseDerivative(reverseDerivative(model.term)), 3))
  }
  for (const [name, loss] of Object.entries(losses)) {
    it(`loss ${name}`, () => agree(loss.term, 4))
    it(`loss ${name}, reverse derivative`, () => agree(reverseDerivative(loss.term), 5))
  }
  const model = andThen('out', dense(3, 2))(andThen(tanh)(named('hidden', dense(4, 3))))
  for (const [name, move] of Object.entries(optimisers))
    it(`a step with ${name}`, async () => {
      const { term, ports } = stepOf(learner(model, squaredError, move as unknown as Rule<object, object>), 6)
      await agree(term, 6, (i) => i < ports.state.length)
    })
  it('leaves nothing behind', () => {
    expect(wasm.memory().buffers).toBe(0)
  })
})
