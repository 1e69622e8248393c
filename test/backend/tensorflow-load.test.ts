import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { BackendError, type Backend } from '../../src/backend/backend.js'

import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { numbersOf, objectOf, tensorOf, type Ob, type Tensor } from '../../src/object/index.js'

import { add, broadcast, constant, contract, exp, multiply, sum, transpose } from '../../src/primitive/index.js'

import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, type Flat } from '../../src/term/index.js'

function program(dom: Ob, body: (...wires: Wire[]) => readonly Wire[]): Flat {
  return flatten(diagram(objectOf(dom), (wires) => body(...wires)))
}
async function call(backend: Backend, flat: Flat, inputs: readonly Tensor[]): Promise<number[][]> {
  const executable = backend.compile(flat)
  const given = inputs.map((t) => backend.upload(t))
  const outs = executable.run(given)
  const read = await Promise.all(outs.map((b) => backend.read(b)))
  for (const b of [...given, ...outs]) backend.dispose(b)
  executable.dispose()
  return read.map(numbersOf)
}
const vector = (...numbers: number[]): Tensor => tensorOf([numbers.length], numbers) as Tensor

describe('tensorflow', () => {
  it('gives the memory of an executable back', async () => {
    const backend = await tensorflow('wasm')
    const { wasm } = tf.findBackend('wasm') as unknown as {
      readonly wasm: { _malloc(n: number): number; _free(p: number): void }
    }
    /** Where the allocator places a large block: past all that is taken. */
    const top = (): number => {
      const place = wasm._malloc(2 ** 20)
      wasm._free(place)
      return place
    }
    const flat = program(
      [
        [3, 40, 50],
        [3, 50, 40],
      ],
      (x, y) => {
        const z = contract(x as Wire, y as Wire, { left: 'bij', right: 'bjk', out: 'bik' })
        return [add(exp(z), constant(z.algebra, 1, 'float32', z.type.shape)), transpose(z, [2, 1, 0])]
      },
    )
    const inputs = [
      [3, 40, 50],
      [3, 50, 40],
    ].map((t) =>
      backend.upload(
        tensorOf(
          t,
          Array.from({ length: 6000 }, () => 1),
        ) as Tensor,
      ),
    )
    const once = (): void => {
      const executable = backend.compile(flat)
      for (const b of executable.run(inputs)) backend.dispose(b)
      executable.dispose()
    }
    for (let i = 0; i < 20; i++) once()
    const before = top()
    for (let i = 0; i < 300; i++) once()
    expect(top()).toBe(before)
    for (const b of inputs) backend.dispose(b)
  })

  it('says that memory is out, and gives back what it had taken', async () => {
    const backend = await tensorflow('wasm')
    const held = (): object => ({ ...backend.memory(), heap: 0, ids: tf.findBackend('wasm').numDataIds() })
    const before = held()
    /** All n² sums, which are not touched before a run. */
    const sums = (x: Wire, n: number): Wire => add(broadcast(x, [0], [n, n]), broadcast(multiply(x, 0.5), [1], [n, n]))
    const total = (n: number): Flat =>
      program([[n]], (x) => [sum(sums(x as Wire, n)), constant((x as Wire).algebra, 7, 'float32', [5])])
    const bytes = 4 * 27000 ** 2
    const message = /^wasm: out of memory: \d+ bytes for intermediates$/
    // One such block fits into the 2³² bytes that the module can have, two do not.
    const first = backend.compile(total(27000))
    expect(() => backend.compile(total(27000))).toThrow(BackendError)
    expect(() => backend.compile(total(27000))).toThrow(message)
    first.dispose()
    expect(() => backend.compile(total(50000))).toThrow(message)
    const twice = backend.compile(
      program([[27000]], (x) => [sums(x as Wire, 27000), sums(multiply(x as Wire, 2), 27000)]),
    )
    const x = backend.upload(vector(...new Array<number>(27000).fill(1)))
    expect(() => twice.run([x])).toThrow(new BackendError(`wasm: out of memory: ${bytes} bytes for an array`))
    twice.dispose()
    backend.dispose(x)
    expect(held()).toEqual(before)
    expect(await call(backend, total(2), [vector(1, 3)])).toEqual([[12], [7, 7, 7, 7, 7]])
  })

  it('rejects a backend that is not registered, saying which are and how to get it', async () => {
    await tensorflow('wasm')
    const failure = tensorflow('webgl')
    await expect(failure).rejects.toThrow(BackendError)
    await expect(failure).rejects.toThrow(
      'tensorflow: backend "webgl" is not registered; registered: cpu, wasm; import "@tensorflow/tfjs-backend-webgl" first',
    )
  })
})
