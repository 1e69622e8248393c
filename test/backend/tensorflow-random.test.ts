import '@tensorflow/tfjs-backend-cpu'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, type Backend } from '../../src/backend/index.js'
import { evaluate } from '../../src/backend/reference/evaluate.js'
import { load } from '../../src/backend/tensorflow/load.js'
import { backendOn, tensorflow } from '../../src/backend/tensorflow/tensorflow.js'
import { objectOf, showTensor, size, types, type Ob, type Tensor } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import {
  abs,
  add,
  argmax,
  broadcast,
  clip,
  concat,
  contract,
  gather,
  iota,
  less,
  maximum,
  multiply,
  negate,
  pad,
  reduceMax,
  relu,
  reshape,
  scatterAdd,
  select,
  sign,
  slice,
  step,
  sum,
  transpose,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, show, wired, type Term } from '../../src/term/index.js'
import { difference, tensorOfType, words32 } from './draw.js'

const dom: Ob = [[2, 3], [3, 4], [3], []]

/** One more wire from a list of wires by a triple of naturals: every triple is one. */
function grown(wires: readonly Wire[], [op, first, second]: readonly [number, number, number]): Wire {
  const x = wires[first % wires.length] as Wire
  const { shape } = x.type
  const like = wires.filter((w) => w.type.shape.join() === shape.join())
  const y = like[second % like.length] as Wire
  const axis = shape.length === 0 ? 0 : second % shape.length
  const letters = [...'abcdefg'].slice(0, shape.length).join('')
  const someAxis = shape.length > 0 && size(shape) > 0
  const steps: (() => Wire)[] = [
    () => add(x, y),
    () => multiply(x, y),
    () => add(x, negate(y)),
    () => relu(x),
    () => multiply(step(x), y),
    () => multiply(sign(x), abs(y)),
    () => maximum(x, y),
    () => clip(x, -2, 1),
    () => select(less(x, y), y, 1),
    () => broadcast(x, [axis], [...shape.slice(0, axis), 2, ...shape.slice(axis)]),
    () => (someAxis ? sum(x, [axis]) : sum(x)),
    () => sum(x),
    () => reshape(x, [size(shape)]),
    () => reshape(x, shape.length > 1 ? [(shape[0] ?? 1) * (shape[1] ?? 1), ...shape.slice(2)] : [1, ...shape]),
    () => transpose(x, [...shape.keys()].reverse()),
    () =>
      someAxis
        ? slice(
            x,
            shape.map((_, a) => (a === axis ? 1 : 0)),
            shape.map((n, a) => (a === axis ? n - 1 : n)),
          )
        : x,
    () =>
      someAxis
        ? pad(
            x,
            shape.map((_, a) => (a === axis ? 1 : 0)),
            shape.map(() => 0),
          )
        : x,
    () => (someAxis ? concat([x, y, x], axis) : x),
    () => contract(x, y, { left: letters, right: letters, out: '' }),
    () => contract(x, y, { left: letters, right: letters, out: letters.slice(0, 1) }),
    () =>
      contract(x, y, {
        left: `${letters}`,
        right: letters.replace(/^./, 'z'),
        out: shape.length === 0 ? '' : `z${letters[0] ?? ''}`,
      }),
    () => contract(x, wires[3] as Wire, { left: letters, right: '', out: [...letters].reverse().join('') }),
    () => (someAxis ? reduceMax(x, axis) : x),
    () => (someAxis ? gather(x, argmax(x, axis)) : x),
    () => (someAxis ? gather(x, iota(x.algebra, [3, 2], second % 2)) : x),
    () => (someAxis ? scatterAdd(iota(x.algebra, [shape[0] ?? 0], 0), x, 1 + (second % 3)) : x),
  ]
  return (steps[op % steps.length] as () => Wire)()
}

/** The term of a list of triples: its outputs are the last wires, and all wires where `all`. */
function decode(blueprint: readonly (readonly [number, number, number])[], all: boolean): Term {
  return diagram(objectOf(dom), (inputs) => {
    const wires = [...inputs]
    for (const triple of blueprint) {
      const w = grown(wires, triple)
      if (size(w.type.shape) <= 200 && w.type.shape.length <= 5) wires.push(w)
    }
    return all ? wires : wires.slice(-3)
  })
}

const blueprints = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 14 })

/** Runs one program of a term at two points and says where it leaves the reference; numbers from 2²⁰ on are passed over. */
async function judged(
  backend: Backend,
  term: Term,
  guard: Term,
  seed: number,
): Promise<'passed over' | string | undefined> {
  const program = compile(term, backend)
  let said: 'passed over' | string | undefined
  for (let point = 0; point < 2 && said === undefined; point++) {
    const word = words32(2 * seed + point + 1)
    const inputs = types(term.dom).map((t) => tensorOfType(t, 'repeating', word))
    const bounded = evaluate(guard, inputs).every((t) =>
      Array.from(t.data as Float32Array).every((v) => Math.abs(v) < 2 ** 20),
    )
    const given = await program.call(inputs)
    const far = evaluate(term, inputs).flatMap((t, i) => difference(given[i] as Tensor, t) ?? [])
    if (!bounded) said = 'passed over'
    else if (far.length > 0) said = `${far.join()}\n${show(flatten(term))}\n${inputs.map(showTensor).join('\n')}`
  }
  program.dispose()
  return said
}

const backends: { readonly [name: string]: () => Promise<Backend> } = {
  cpu: () => tensorflow('cpu'),
  wasm: () => tensorflow('wasm'),
  'wasm by kernel functions': async () => backendOn({ ...(await load('wasm')), direct: false }),
}

describe.each(Object.entries(backends))('random programs on tensorflow %s', (_, open) => {
  it('are the reference, exactly', { timeout: 120_000 }, async () => {
    const backend = await open()
    let run = 0
    await fc.assert(
      fc.asyncProperty(blueprints, fc.nat(1000), async (blueprint, seed) => {
        const said = await judged(backend, decode(blueprint, false), decode(blueprint, true), seed)
        if (said === undefined) run += 1
        expect(said === undefined || said === 'passed over' ? '' : said).toBe('')
      }),
      { numRuns: 150 },
    )
    expect(run).toBeGreaterThan(75)
  })

  it('have derivatives that are the reference, exactly', { timeout: 120_000 }, async () => {
    const backend = await open()
    let run = 0
    await fc.assert(
      fc.asyncProperty(blueprints, fc.nat(1000), async (blueprint, seed) => {
        const term = flatten(reverseDerivative(decode(blueprint, false)))
        const wires = term.boxes.reduce((n, line) => n + line.term.cod.length, term.dom.length)
        const said = await judged(backend, term, wired(term.dom, term.boxes, [...Array(wires).keys()]), seed)
        if (said === undefined) run += 1
        expect(said === undefined || said === 'passed over' ? '' : said).toBe('')
      }),
      { numRuns: 100 },
    )
    expect(run).toBeGreaterThan(50)
  })
})
