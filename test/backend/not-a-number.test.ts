import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { compile, type Backend } from '../../src/backend/index.js'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { tensorflow } from '../../src/backend/tensorflow/index.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { leakyRelu } from '../../src/layer/index.js'
import { float64, numbersOf, objectOf, tensorOf, type Ob, type Tensor } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import {
  abs,
  argmax,
  clip,
  logSumExp,
  maximum,
  reduceMax,
  relu,
  sign,
  step,
  type Operand,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import { pullback } from '../oracle.js'

const { NaN: nan, Infinity: infinity } = globalThis
const specials = [nan, infinity, -infinity, 0, 1.5, -0.5]
/** All triples of them, and all pairs. */
const triples = specials.flatMap((a) => specials.flatMap((b) => specials.map((c) => [a, b, c])))
const pairs = specials.flatMap((a) => specials.map((b) => [a, b] as const))

const term = (dom: Ob, body: (...wires: Wire[]) => Wire): Term => diagram(objectOf(dom), (wires) => [body(...wires)])
/** `max`, in which `Math.max` propagates NaN. */
const highest = (line: readonly number[]): number => Math.max(...line)
const place = (line: readonly number[]): number =>
  line.findIndex((x) => (Number.isNaN(highest(line)) ? Number.isNaN(x) : x === highest(line)))

const entrywise: { readonly [name: string]: readonly [(x: Wire) => Wire, (x: number) => number] } = {
  relu: [relu, (x) => Math.max(x, 0)],
  step: [step, (x) => (Number.isNaN(x) ? x : Number(x > 0))],
  sign: [sign, Math.sign],
  abs: [abs, Math.abs],
  clip: [(x) => clip(x, -1, 1), (x) => Math.min(Math.max(x, -1), 1)],
  'leakyRelu(0)': [leakyRelu(0).body, (x) => Math.max(x, 0)],
  'leakyRelu(0.25)': [leakyRelu(0.25).body, (x) => (x > 0 ? x : x / 4)],
}
const linewise: { readonly [name: string]: readonly [(x: Wire) => Wire, (line: readonly number[]) => number] } = {
  argmax: [(x) => argmax(x, 1), place],
  reduceMax: [(x) => reduceMax(x, 1), highest],
  logSumExp: [
    (x) => logSumExp(x, 1),
    (line) =>
      Math.abs(highest(line)) === infinity ? highest(line) : Math.log(line.reduce((s, x) => s + Math.exp(x), 0)),
  ],
}

const backends: { readonly [name: string]: () => Promise<Backend> } = {
  reference: () => Promise.resolve(reference()),
  cpu: () => tensorflow('cpu'),
  wasm: () => tensorflow('wasm'),
  'compiled wasm': () => wasm(),
}
async function outs(backend: Backend, f: Term, inputs: readonly Tensor[]): Promise<number[]> {
  const program = compile(f, backend)
  const read = await program.call(inputs)
  program.dispose()
  return read.flatMap(numbersOf)
}
const tensor = (shape: number[], entries: readonly number[]): Tensor => tensorOf(shape, entries) as unknown as Tensor
/** The same sizes apart from the sign of zero, to the rounding of float32. */
function expectAlike(given: readonly number[], wanted: readonly number[]): void {
  expect(given.length).toBe(wanted.length)
  const far = given.flatMap((a, i) => {
    const b = wanted[i] ?? nan
    return a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-6 ? [] : [`${i}: ${a} for ${b}`]
  })
  expect(far).toEqual([])
}

describe.each(Object.entries(backends))('%s, at NaN and the infinities', (_, open) => {
  it.each(Object.entries(entrywise))('%s', async (__, [body, value]) => {
    for (const x of [specials, triples.flat()])
      expectAlike(await outs(await open(), term([[x.length]], body), [tensor([x.length], x)]), x.map(value))
  })

  it('maximum is NaN where either operand is', async () => {
    const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
    const n = pairs.length
    for (const repeat of [1, 3]) {
      const [xs, ys] = [x, y].map((v) => Array.from({ length: repeat }, () => v).flat()) as [number[], number[]]
      const given = await outs(
        await open(),
        term([[n * repeat], [n * repeat]], (a, b) => maximum(a as Wire, b as Wire)),
        [tensor([n * repeat], xs), tensor([n * repeat], ys)],
      )
      expectAlike(
        given,
        xs.map((a, i) => Math.max(a, ys[i] ?? 0)),
      )
    }
    const half: Operand = 0.5
    for (const body of [(a: Wire) => maximum(a, half), (a: Wire) => maximum(half, a)])
      expectAlike(
        await outs(await open(), term([[n]], body), [tensor([n], x)]),
        x.map((a) => Math.max(a, half)),
      )
  })

  it.each(Object.entries(linewise))('%s of every line of three', async (__, [body, value]) => {
    const [n, entries] = [triples.length, triples.flat()]
    expectAlike(await outs(await open(), term([[n, 3]], body), [tensor([n, 3], entries)]), triples.map(value))
  })

  it.each(Object.entries(entrywise))('the gradient of %s', async (__, [body]) => {
    const n = 3 * triples.length
    const inputs = [tensor([n], triples.flat()), tensor([n], new Array<number>(n).fill(0.75))]
    const f = reverseDerivative(term([[n]], body))
    expectAlike(await outs(await open(), f, inputs), evaluate(f, inputs).flatMap(numbersOf))
  })

  it('the gradients of maximum and reduceMax go to one entry, also where it is NaN', async () => {
    const n = triples.length
    const backend = await open()
    const larger = reverseDerivative(term([[pairs.length], [pairs.length]], (x, y) => maximum(x as Wire, y as Wire)))
    const [x, y] = [0, 1].map((k) =>
      tensor(
        [pairs.length],
        pairs.map((p) => p[k] ?? 0),
      ),
    ) as [Tensor, Tensor]
    const dy = tensor([pairs.length], new Array<number>(pairs.length).fill(0.75))
    const second = pairs.map(([a, b]) => !Number.isNaN(a) && (a < b || Number.isNaN(b)))
    expect(await outs(backend, larger, [x, y, dy])).toEqual([
      ...second.map((s) => (s ? 0 : 0.75)),
      ...second.map((s) => (s ? 0.75 : 0)),
    ])
    const largest = reverseDerivative(term([[n, 3]], (w) => reduceMax(w as Wire, 1)))
    const given = await outs(backend, largest, [
      tensor([n, 3], triples.flat()),
      tensor([n], new Array<number>(n).fill(0.75)),
    ])
    expect(given).toEqual(triples.flatMap((line) => line.map((_x, i) => (i === place(line) ? 0.75 : 0))))
  })

  it('the gradient of logSumExp is softmax: 0 at −∞ in a finite line, and NaN on a line of −∞ or at ∞ or NaN', async () => {
    const f = reverseDerivative(term([[5, 3]], (x) => logSumExp(x as Wire, 1)))
    const lines = [
      [0, -infinity, 0],
      [-infinity, -infinity, 5],
      [-infinity, -infinity, -infinity],
      [infinity, infinity, infinity],
      [nan, nan, nan],
    ]
    const given = await outs(await open(), f, [tensor([5, 3], lines.flat()), tensor([5], [1, 1, 1, 1, 1])])
    expectAlike(given, [0.5, 0, 0.5, 0, 0, 1, ...new Array<number>(9).fill(nan)])
  })
})

describe('the gradient at NaN of what chooses an entry', () => {
  it('is that of dual numbers', () => {
    const larger = term([float64(2), float64(2)], (x, y) => maximum(x as Wire, y as Wire))
    const largest = term([float64(2, 3)], (x) => reduceMax(x as Wire, 1))
    const at = (shape: number[], entries: number[]): Tensor => tensorOf(float64(...shape), entries) as unknown as Tensor
    for (const [f, point] of [
      [larger, [at([2], [1, nan]), at([2], [nan, 1])]],
      [larger, [at([2], [nan, 1]), at([2], [nan, 2])]],
      [largest, [at([2, 3], [infinity, nan, 1, nan, nan, 2])]],
    ] as const) {
      const dy = at([2], [0.75, 0.5])
      const given = evaluate(reverseDerivative(f), [...point, dy])
      expect(given.map(numbersOf)).toEqual(pullback(f, point, [dy]).map(numbersOf))
    }
  })
})
