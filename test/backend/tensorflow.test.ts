import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { BackendError, type Backend, type Buffer } from '../../src/backend/backend.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { float64, int, numbersOf, objectOf, tensorOf, type Ob, type Tensor } from '../../src/object/index.js'
import {
  add,
  broadcast,
  cast,
  clip,
  constant,
  contract,
  exp,
  gather,
  logSumExp,
  maximum,
  multiply,
  randomBits,
  relu,
  select,
  less,
  sign,
  sum,
  tanh,
  transpose,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, type Flat } from '../../src/term/index.js'

const { NaN: nan, Infinity: infinity } = globalThis

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

describe.each(['cpu', 'wasm'])('tensorflow %s', (name) => {
  it('has the dtypes of tfjs', async () => {
    const backend = await tensorflow(name)
    expect(backend.name).toBe(name)
    expect((['float32', 'int32', 'bit', 'float64', 'integer'] as const).map((dtype) => backend.has({ dtype, shape: [] }))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('gives outputs that are inputs, constants or one wire twice as buffers that are disposed one by one', async () => {
    const backend = await tensorflow(name)
    const before = backend.memory()
    const executable = backend.compile(
      program([[3]], (x) => [
        x as Wire,
        x as Wire,
        constant((x as Wire).algebra, 2, 'float32', [2]),
        add(x as Wire, x as Wire),
        add(x as Wire, x as Wire),
      ]),
    )
    const x = backend.upload(vector(1, 2, 3))
    const outs = executable.run([x])
    backend.dispose(x)
    executable.dispose()
    const [a, b, c, d, e] = outs as [Buffer, Buffer, Buffer, Buffer, Buffer]
    backend.dispose(a)
    backend.dispose(d)
    expect(numbersOf(await backend.read(b))).toEqual([1, 2, 3])
    expect(numbersOf(await backend.read(c))).toEqual([2, 2])
    expect(numbersOf(await backend.read(e))).toEqual([2, 4, 6])
    expect(backend.memory().buffers).toBe(before.buffers + 3)
    expect(backend.memory().bytes).toBe(before.bytes + 4 * (3 + 2 + 3))
    for (const out of [b, c, e]) backend.dispose(out)
    expect(backend.memory()).toEqual({ ...before, heap: backend.memory().heap })
  })

  it('does not change its inputs, nor keep the arrays it was given or gave', async () => {
    const backend = await tensorflow(name)
    const source = tensorOf([2], [1, 2])
    const x = backend.upload(source as Tensor)
    source.data[0] = 99
    const first = await backend.read(x)
    expect(numbersOf(first)).toEqual([1, 2])
    ;(first.data as Float32Array)[0] = 7
    expect(numbersOf(await backend.read(x))).toEqual([1, 2])
    backend.dispose(x)
  })

  it('keeps NaN and infinities', async () => {
    const backend = await tensorflow(name)
    const entries = [nan, infinity, -infinity, 2, -2, 0.25, 0, 0.5]
    const f = program([[8]], (x) => [
      relu(x as Wire),
      clip(x as Wire, -1, 1),
      sign(x as Wire),
      maximum(x as Wire, 0.25),
      tanh(x as Wire),
    ])
    const [r, c, s, m, t] = await call(backend, f, [vector(...entries)])
    expect(r).toEqual([nan, infinity, 0, 2, 0, 0.25, 0, 0.5])
    expect(c).toEqual([nan, 1, -1, 1, -1, 0.25, 0, 0.5])
    expect(s).toEqual([nan, 1, -1, 1, -1, 1, 0, 1])
    expect(m).toEqual([nan, infinity, 0.25, 2, 0.25, 0.25, 0.25, 0.5])
    expect(t?.slice(0, 3)).toEqual([nan, 1, -1])
    const g = program([[4, 2]], (x) => [logSumExp(x as Wire, 1)])
    const rows = tensorOf([4, 2], [-infinity, -infinity, infinity, 0, nan, 0, -infinity, 3]) as Tensor
    expect(await call(backend, g, [rows])).toEqual([[-infinity, infinity, nan, 3]])
  })

  it('computes tanh of many entries to 4 units in the last place near 0 and far from it', async () => {
    const backend = await tensorflow(name)
    const entries = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1) * 1.1 ** (i - 300))
    const [out = []] = await call(
      backend,
      program([[400]], (x) => [tanh(x as Wire)]),
      [vector(...entries)],
    )
    for (const [i, x] of Array.from(Float32Array.from(entries)).entries())
      expect(Math.abs((out[i] ?? nan) / Math.tanh(x) - 1)).toBeLessThan(4 * 2 ** -23)
  })

  it('multiplies int32 modulo 2³², by wires and by constants', async () => {
    const backend = await tensorflow(name)
    const f = program([int(4), int(4)], (x, y) => [
      multiply(x as Wire, y as Wire),
      multiply(x as Wire, 1000003),
      multiply(x as Wire, -1640531535),
      sum(x as Wire),
    ])
    const [a, b] = [
      [2147483647, -2147483648, 123456789, -987654321],
      [2147483647, -1, 987654321, -123456789],
    ]
    const imul = (x: readonly number[], y: readonly number[]): number[] => x.map((n, i) => Math.imul(n, y[i] ?? 0))
    const wanted = [
      imul(a, b),
      imul(
        a,
        a.map(() => 1000003),
      ),
      imul(
        a,
        a.map(() => -1640531535),
      ),
      [a.reduce((p, q) => (p + q) | 0)],
    ]
    expect(await call(backend, f, [tensorOf(int(4), a) as Tensor, tensorOf(int(4), b) as Tensor])).toEqual(wanted)
  })

  it('refuses float64 and exact integers, naming every primitive and dtype before anything runs', async () => {
    const backend = await tensorflow(name)
    const f = program([float64(3)], (x) => [exp(add(x as Wire, x as Wire))])
    expect(() => backend.compile(f)).toThrow(BackendError)
    expect(() => backend.compile(f)).toThrow(
      `${name}: "add" is unsupported at dtype float64 (float64[3] ⊗ float64[3]): tfjs has no float64, its floats are float32; ` +
        '"exp" is unsupported at dtype float64 (float64[3]): tfjs has no float64, its floats are float32',
    )
    expect(() => backend.compile(program([[3]], (x) => [cast(x as Wire, 'integer')]))).toThrow(
      `${name}: "cast" is unsupported at dtype float32, integer ([3]): tfjs has no exact integers`,
    )
    expect(() => backend.upload(tensorOf(float64(1), [1]) as Tensor)).toThrow(
      'tensorflow: tfjs has no dtype for float64[1]',
    )
  })

  it('holds as many buffers, tensors and bytes after 1,000 runs as before', { timeout: 60_000 }, async () => {
    const backend = await tensorflow(name)
    const held = (): object => ({
      ...backend.memory(),
      ids: tf.findBackend(name).numDataIds(),
      tensors: tf.memory().numTensors,
    })
    const step = program([[16, 24], [24, 8], [8], int(5), int(2), [3, 4, 5], [3, 5, 2]], (...wires) => {
      const [x, w, bias, rows, key, p, q] = wires as [Wire, Wire, Wire, Wire, Wire, Wire, Wire]
      const z = add(contract(x, w, { left: 'bi', right: 'ij', out: 'bj' }), broadcast(bias, [0], [16, 8]))
      const masked = select(less(z, 0), 0, exp(z))
      const slope = contract(x, masked, { left: 'bi', right: 'bj', out: 'ij' })
      const batched = contract(p, q, { left: 'bij', right: 'bjk', out: 'bik' })
      return [
        add(w, slope),
        sum(masked, [0]),
        gather(w, rows),
        randomBits(key, [3]),
        transpose(batched, [2, 0, 1]),
        x,
        logSumExp(z, 1),
      ]
    })
    const before = held()
    const executable = backend.compile(step)
    const word = (i: number): number => ((i * 37) % 17) / 16
    const given = [[16, 24], [24, 8], [8], int(5), int(2), [3, 4, 5], [3, 5, 2]].map((t) => {
      const shape = Array.isArray(t) ? t : t.shape
      return backend.upload(
        tensorOf(
          t,
          Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (Array.isArray(t) ? word(i) : i)),
        ) as Tensor,
      )
    })
    const once = (): void => {
      for (const b of executable.run(given)) backend.dispose(b)
    }
    for (let i = 0; i < 3; i++) once()
    const settled = held()
    for (let i = 0; i < 1000; i++) once()
    expect(held()).toEqual(settled)
    for (const b of given) backend.dispose(b)
    executable.dispose()
    expect({ ...held(), heap: 0 }).toEqual({ ...before, heap: 0 })
  })
})
