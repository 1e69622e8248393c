import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import type { Backend, Workspace } from '../../src/backend/backend.js'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { dense, tanh } from '../../src/layer/index.js'
import { learner, namedTensors, session, start } from '../../src/learn/index.js'
import { softmaxCrossEntropy } from '../../src/loss/index.js'
import { int, objectOf, showType, tensorOf, types, type Tensor, type Type } from '../../src/object/index.js'
import { andThen, named } from '../../src/optic/index.js'
import { adam, nesterov, optimisers } from '../../src/optimiser/index.js'
import { add, multiply, reshape, transpose } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, show, wired, type Diagram } from '../../src/term/index.js'
import { workspace } from '../../src/backend/wasm/workspace.js'
import { difference } from './draw.js'
import { belowOf, integers, randomProgram, type Below } from './wasm-program.js'
import { choicesAt, times } from './wasm-run.js'

const compiled = await wasm()
const model = pipe(named('hidden', dense(4, 8)), andThen(tanh), andThen('out', dense(8, 3)))
const loss = softmaxCrossEntropy(3)
const batch = (n: number, shift = 0) => ({
  x: tensorOf(
    [n, 4],
    Float32Array.from({ length: 4 * n }, (_, i) => (((i + shift) * 7) % 32) / 32),
  ),
  y: tensorOf(
    int(n),
    Int32Array.from({ length: n }, (_, i) => (i + shift) % 3),
  ),
})
const entries = (tensors: { readonly [name: string]: Tensor }): number[] =>
  Object.values(tensors).flatMap((t) => Array.from(t.data, Number))
/** The largest error, relative where numbers are above 1. */
const distance = (a: readonly number[], b: readonly number[]): number =>
  a.length === b.length
    ? Math.max(0, ...a.map((x, i) => Math.abs(x - (b[i] ?? Infinity)) / Math.max(1, Math.abs(b[i] ?? 0))))
    : Infinity

describe('a session on compiled wasm', () => {
  it.each(Object.keys(optimisers))('takes the steps of the reference with %s, over two batch sizes', async (name) => {
    const classifier = learner(model, loss, optimisers[name] as never)
    const point = start(classifier, 3)
    const [work, wanted] = [compiled, reference()].map((backend) => session(classifier, backend, point as never))
    if (work === undefined || wanted === undefined) throw new TypeError('no session')
    for (let i = 0; i < 12; i++) {
      const { x, y } = batch(i % 3 === 2 ? 5 : 16, i)
      work.step(x, y)
      wanted.step(x, y)
    }
    expect(distance(await work.losses(), await wanted.losses())).toBeLessThan(1e-6)
    const [given, other] = [await work.read(), await wanted.read()].map((p) => entries(namedTensors(classifier, p)))
    expect(distance(given ?? [], other ?? [])).toBeLessThan(2e-6)
    expect(distance(given ?? [], entries(namedTensors(classifier, point as never)))).toBeGreaterThan(1e-4)
    work.dispose()
    wanted.dispose()
  })
})

const vector = (...x: number[]): Tensor => tensorOf([x.length], x) as Tensor
type Body = (wires: readonly [Wire, Wire, Wire]) => readonly Wire[]
/** Outputs over two arrays that are replaced, and one that is given. */
const bodies: { readonly [name: string]: Body } = {
  'each array with the other': ([a, b]) => [b, a],
  'one array with the sum, the other with the one': ([a, b]) => [add(a, b), a, a],
  'one array as it is, the other with the sum': ([a, b, x]) => [a, add(b, x), a],
  'both arrays with one output': ([a, , x]) => {
    const y = multiply(a, x)
    return [y, y, y]
  },
  'both arrays with what is given': ([, , x]) => [x, x, x],
  'both arrays with the first': ([a]) => [a, a, a],
  'each with the other, and the old ones are told': ([a, b]) => [b, a, b, a],
  'a sum, and the old ones are told': ([a, b, x]) => [add(a, x), add(b, x), a, b],
  'each with the transpose of the other': ([a, b]) =>
    [b, a].map((w) => reshape(transpose(reshape(w, [3, 3]), [1, 0]), [9])),
  'the transpose of itself, and a sum with what it was': ([a, b]) => [
    reshape(transpose(reshape(a, [3, 3]), [1, 0]), [9]),
    add(a, b),
  ],
}

describe('a program over a workspace', () => {
  it.each(Object.entries(bodies))('replaces %s', (_, body) => {
    const term = diagram(objectOf([[9], [9], [9]]), (wires) => body(wires as unknown as [Wire, Wire, Wire]))
    let now: readonly Tensor[] = [vector(1, 2, 3, 4, 5, 6, 7, 8, 9), vector(9, 1, 8, 2, 7, 3, 6, 4, 5)]
    const space = compiled.workspace?.(types(objectOf([[9], [9]])))
    const update = space?.compile(flatten(term), [
      { input: 0, output: 0, slot: 0 },
      { input: 1, output: 1, slot: 1 },
    ])
    if (space === undefined || update === undefined) throw new TypeError('no workspace')
    for (const [i, t] of now.entries()) space.write(i, t)
    for (const x of [vector(1, 0, 2, 0, 3, 0, 1, 1, 2), vector(2, 2, 2, 1, 1, 1, 0, 1, 3)])
      for (let repeat = 0; repeat < 2; repeat++) {
        update.write(0, x)
        const wanted = evaluate(term, [...now, x])
        update.run()
        now = wanted.slice(0, 2)
        expect(wanted.map((t, i) => difference(update.output(i), t))).toEqual(wanted.map(() => undefined))
        expect(now.map((t, i) => difference(space.read(i), t))).toEqual([undefined, undefined])
      }
    space.dispose()
  })
})

describe('a held batch', () => {
  const classifier = learner(model, loss, nesterov({ rate: 1 / 8, decay: 1 / 2 }))
  const opened = () => session(classifier, compiled, start(classifier, 3))

  it('is stepped on as the batch is, between others', async () => {
    const [work, wanted] = [opened(), opened()]
    const all = [batch(16, 1), batch(16, 2), batch(5, 3)]
    const held = all.map(({ x, y }) => work.hold(x, y))
    for (const i of [0, 0, 1, 0, 2, 2, 0, 1]) {
      const { x, y } = all[i] as (typeof all)[number]
      work.stepOn(held[i] as (typeof held)[number])
      wanted.step(x, y)
    }
    work.step(all[1]?.x as never, all[1]?.y as never)
    work.stepOn(held[1] as (typeof held)[number])
    for (let i = 0; i < 2; i++) wanted.step(all[1]?.x as never, all[1]?.y as never)
    expect(await work.losses()).toEqual(await wanted.losses())
    expect(entries(namedTensors(classifier, await work.read()))).toEqual(
      entries(namedTensors(classifier, await wanted.read())),
    )
    work.dispose()
    wanted.dispose()
  })

  it('of another session is refused', () => {
    const [work, other] = [opened(), opened()]
    const { x, y } = batch(4)
    const held = other.hold(x, y)
    expect(() => work.stepOn(held)).toThrow('session: the batch is held by another session')
    expect(() => other.stepOn(held)).not.toThrow()
    work.dispose()
    other.dispose()
  })
})

describe('memory', () => {
  it('is after 100,000 steps of 4-8-3 what it was after the first', { timeout: 120_000 }, async () => {
    const classifier = learner(model, loss, adam({ rate: 1e-4 }))
    const spaces: Workspace[] = []
    const watched: Backend = {
      ...compiled,
      workspace(of) {
        const space = compiled.workspace?.(of) as Workspace
        spaces.push(space)
        return space
      },
    }
    const work = session(classifier, watched, start(classifier, 1))
    const { x, y } = batch(16)
    const held = work.hold(x, y)
    const all = (): unknown => [compiled.memory(), spaces.map((s) => s.bytes())]
    work.stepOn(held)
    const first = all()
    expect(spaces).toHaveLength(1)
    for (let i = 1; i < 100_000; i++) {
      if (i % 2 === 0) work.step(x, y)
      else work.stepOn(held)
      if (i % 1000 === 0) await work.losses()
    }
    expect(all()).toEqual(first)
    work.dispose()
  })
})

describe('random programs over a workspace', () => {
  it('replace arrays by outputs of their types, with choices of passes', { timeout: 600_000 }, () => {
    let replaced = 0
    const faults = Array.from({ length: 80 * times }, (_, i) => i + 1).flatMap((seed) => {
      const below = belowOf(seed)
      const term = replacing(randomProgram(below, 3 + below(8)), below)
      const dom = types(term.dom)
      const inputs = dom.map((t) => integers(t, below))
      const count = term.outs.length
      replaced += count
      const wanted = evaluate(term, inputs)
      return choicesAt(seed).flatMap(([name, passes]) => {
        const space = workspace(dom.slice(0, count), { passes })
        const update = space.compile(
          flatten(term),
          term.outs.map((_, i) => ({ input: i, output: i, slot: i })),
        )
        const found = [1, 2].flatMap(() => {
          for (const [i, t] of inputs.entries()) {
            if (i < count) space.write(i, t)
            else update.write(i - count, t)
          }
          update.run()
          return wanted.map((t, i) => difference(space.read(i), t)).filter((d) => d !== undefined)
        })
        space.dispose()
        return found.map((d) => `seed ${seed}, passes: ${name}: ${d}\n${show(flatten(term))}`)
      })
    })
    expect(faults).toEqual([])
    expect(replaced).toBeGreaterThan(80)
  })
})

/** A program whose outputs are one wire of its type for each of the first inputs: late ones, or inputs. */
function replacing(program: Diagram, below: Below): Diagram {
  const wires: Type[] = [...types(program.dom), ...program.boxes.flatMap((b) => types(b.term.cod))]
  const outs = types(program.dom)
    .slice(0, 2 + below(2))
    .map((t) => {
      const alike = [...wires.keys()].filter((i) => showType(wires[i] as Type) === showType(t))
      const near = below(4) > 0 ? alike.slice(-3) : alike
      return near[below(near.length)] as number
    })
  return wired(program.dom, program.boxes, outs)
}
