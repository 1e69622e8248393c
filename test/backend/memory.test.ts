import { backend, memory as tensors, setBackend } from '@tensorflow/tfjs-core'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { dense, relu } from '../../src/layer/index.js'
import { learner, session, start } from '../../src/learn/index.js'
import { softmaxCrossEntropy } from '../../src/loss/index.js'
import { int, tensorOf } from '../../src/object/index.js'
import { andThen, named } from '../../src/optic/index.js'
import { adam } from '../../src/optimiser/index.js'

const wasm = await tensorflow('wasm')
await setBackend('wasm')

/** What is held, by us, by the wasm backend and by tfjs. */
const held = (): object => ({ ...wasm.memory(), tensors: tensors().numTensors, data: backend().numDataIds() })

describe('a session holds after many steps what it held after the first', () => {
  for (const [inputs, hidden, outputs, batch, steps] of [
    [4, 8, 3, 16, 100_000],
    [784, 128, 10, 128, 1_000],
  ] as const)
    it(`${steps} steps of ${inputs}-${hidden}-${outputs}, batch ${batch}`, { timeout: 120_000 }, async () => {
      const model = pipe(named('hidden', dense(inputs, hidden)), andThen(relu), andThen('out', dense(hidden, outputs)))
      const digits = learner(model, softmaxCrossEntropy(outputs), adam({ rate: 1e-4 }))
      const work = session(digits, wasm, start(digits, 1))
      const x = tensorOf(
        [batch, inputs],
        Float32Array.from({ length: batch * inputs }, (_, i) => ((i * 7) % 32) / 32),
      )
      const y = tensorOf(
        int(batch),
        Int32Array.from({ length: batch }, (_, i) => i % outputs),
      )
      const step = async (): Promise<void> => {
        work.step(x, y)
        await work.losses()
      }
      await step()
      const first = held()
      for (let i = 1; i < steps; i++) await step()
      expect(held()).toEqual(first)
      work.dispose()
      expect(wasm.memory().buffers).toBe(0)
    })
})
