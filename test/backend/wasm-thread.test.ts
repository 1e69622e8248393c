import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/backend/backend.js'
import { compileUpdate } from '../../src/backend/program.js'
import {
  call,
  moduleBytes,
  mostPages,
  routine,
  unreachable,
  type Code,
} from '../../src/backend/wasm/assembler/index.js'
import { emitBarrier } from '../../src/backend/wasm/emit/barrier.js'
import { wasm } from '../../src/backend/wasm/index.js'
import { instantiate } from '../../src/backend/wasm/instance.js'
import { heap } from '../../src/backend/wasm/memory.js'
import { startPool } from '../../src/backend/wasm/thread/pool.js'
import { backendWith } from '../../src/backend/wasm/wasm.js'
import { conv2d, dense, flatten, layers, maxPool2d, relu, tanh } from '../../src/layer/index.js'
import { learner, namedTensors, session, start, stepOf, type Learner } from '../../src/learn/index.js'
import { softmaxCrossEntropy, squaredError } from '../../src/loss/index.js'
import { int, object, tensorOf, type Batched, type Ob, type Tensor } from '../../src/object/index.js'
import { andThen, named } from '../../src/optic/index.js'
import { adam, optimisers, sgd, type Rule } from '../../src/optimiser/index.js'
import { primitives, type PrimitiveName } from '../../src/primitive/index.js'
import { keyOf, uniform } from '../../src/initialiser/index.js'
import { primitive, type Term } from '../../src/term/index.js'
import { pointOf } from '../oracle.js'
import { cases } from './cases.js'

const counts = [1, 2, 3]
/** Backends on one, two and three threads that share every kernel that can be. */
const backends = await Promise.all(counts.map((n) => backendWith({ worth: 0 }, n)))
afterAll(async () => {
  await Promise.all(backends.map((backend) => backend.close?.()))
})

/** The bytes of the outputs of a term, run twice over a workspace. */
function bytesOn(backend: Backend, term: Term, point: readonly Tensor[]): string {
  const space = backend.workspace?.([])
  if (space === undefined) throw new TypeError('no workspace')
  const { compiled, update } = compileUpdate(term, backend, space, [])
  const run = (): string => {
    for (const [i, t] of point.entries()) update.write(i, t)
    update.run()
    return compiled.cod
      .map((_, i) => Buffer.from((update.output(i).data as Uint8Array).buffer).toString('base64'))
      .join()
  }
  const [first, second] = [run(), run()]
  space.dispose()
  return first === second ? first : `${first} and then ${second}`
}

/** Inputs and labels of some examples. */
function batch(n: number, shape: readonly number[], classes: number): readonly [Tensor, Tensor] {
  const width = shape.reduce((a, b) => a * b, 1)
  const x = tensorOf(
    [n, ...shape],
    uniform(keyOf(n), n * width).map((u) => 2 * u - 1),
  )
  return [
    x as Tensor,
    tensorOf(
      int(n),
      Int32Array.from({ length: n }, (_, i) => (i * 7) % classes),
    ) as Tensor,
  ]
}

/** Parameters, state and losses after steps on batches of several sizes. */
async function trained<P, S, A extends Ob, Y extends Ob>(
  backend: Backend,
  task: Learner<P, S, object, A, Y>,
  batches: readonly (readonly [Tensor, Tensor])[],
): Promise<object> {
  const work = session(task, backend, start(task, 3))
  const { explain } = work.prepare(batches[0]?.[0].shape[0] ?? 0)
  expect(explain().includes('∥')).toBe(backend.close !== undefined)
  for (const [x, y] of batches) work.step(x as unknown as Batched<A>, y as unknown as Batched<Y>)
  const losses = await work.losses()
  const point = namedTensors(task, await work.read())
  work.dispose()
  return { losses, point }
}

/** Trains on each of the backends and expects the same bytes. */
async function agree<P, S, A extends Ob, Y extends Ob>(
  task: Learner<P, S, object, A, Y>,
  batches: readonly (readonly [Tensor, Tensor])[],
): Promise<void> {
  const [one, ...others] = await Promise.all(backends.map((backend) => trained(backend, task, batches)))
  for (const other of others) expect(other).toEqual(one)
}

const small = pipe(named('hidden', dense(13, 70)), andThen(tanh), andThen('out', dense(70, 5)))

describe('the bytes do not depend on the number of threads', () => {
  it.each(Object.entries(optimisers))('training with %s, at two sizes of a batch', async (_, move) => {
    const task = learner(small, softmaxCrossEntropy(5), move as unknown as Rule<object, object>)
    await agree(
      task,
      [17, 17, 6, 17, 1].map((n) => batch(n, [13], 5)),
    )
  })

  it('training a network of convolutions', async () => {
    const model = pipe(
      named('conv', conv2d([9, 9, 2], 6, { size: 4 })),
      andThen(relu),
      andThen(maxPool2d([6, 6, 6], { size: 2 })),
      andThen(flatten),
      andThen('out', dense(54, 4)),
    )
    await agree(
      learner(model, softmaxCrossEntropy(4), adam({ rate: 0.01 })),
      [5, 8, 5].map((n) => batch(n, [9, 9, 2], 4)),
    )
  })

  it.each(Object.entries(layers))('a step of %s', (_, layer) => {
    const { term } = stepOf(learner(layer as never, squaredError, sgd({ rate: 1 / 8 })), 9)
    const point = pointOf(term.dom, 5)
    const [one, ...others] = backends.map((backend) => bytesOn(backend, term, point))
    for (const other of others) expect(other).toBe(one)
  })

  it.each(Object.keys(primitives) as PrimitiveName[])('%s', (name) => {
    for (const { attributes, dom } of cases[name]) {
      const term = primitive(primitives[name], attributes, object(dom))
      const point = pointOf(term.dom, 3)
      const [one, ...others] = backends.map((backend) => bytesOn(backend, term, point))
      for (const other of others) expect(other).toBe(one)
    }
  })
})

/** A module whose `run` is this, given the barrier's number, over shared memory. */
const moduleOf = (body: (barrier: number) => Code): Uint8Array<ArrayBuffer> => {
  const run = routine()
  run.body.push(body(0))
  return moduleBytes({
    imports: [],
    routines: [emitBarrier(2, true).bytes(), run.bytes()],
    exports: { run: 1 },
    shared: mostPages,
  })
}

describe('a thread that fails', () => {
  const meets = moduleOf((barrier) => [call(barrier), call(barrier)])
  const traps = moduleOf((barrier) => [call(barrier), unreachable])
  const refused = new Uint8Array([0, 1, 2])
  it.each([
    ['another one', meets, traps, 'RuntimeError: unreachable'],
    ['the one that calls', traps, meets, 'RuntimeError: unreachable'],
    ['one that refuses its module', meets, refused, 'CompileError'],
  ])('%s: all throw, and go on doing so', async (_, own, other, reason) => {
    const pool = await startPool(2)
    const space = heap(true)
    const { run = () => undefined } = instantiate(own, space)
    const joint = pool.join([other], space.memory)
    for (let i = 0; i < 2; i++) {
      expect(() => joint.run(run)).toThrow('compiled wasm: a thread failed, and what it worked on is lost: ')
      expect(() => joint.run(run)).toThrow(reason)
    }
    joint.drop()
    await pool.close()
  })
})

describe('a backend with threads', () => {
  it('shares what is worth it, and says so', async () => {
    const backend = await wasm({ threads: 2 })
    const task = learner(dense(300, 400), squaredError, sgd({ rate: 0.1 }))
    const large = session(task, backend, start(task, 1))
    expect(large.prepare(32).explain()).toMatch(/^∥ +0 product 32×400×300 /m)
    const tiny = learner(dense(3, 2), squaredError, sgd({ rate: 0.1 }))
    const single = session(tiny, backend, start(tiny, 1))
    expect(single.prepare(32).explain()).not.toContain('∥')
    single.dispose()
    large.dispose()
    await backend.close?.()
  })

  it('runs a step on a batch that is held, and after a change of the parameters', async () => {
    const task = learner(small, softmaxCrossEntropy(5), sgd({ rate: 0.5 }))
    const [x, y] = batch(12, [13], 5)
    const results = []
    for (const backend of backends) {
      const work = session(task, backend, start(task, 3))
      const kept = work.hold(x as never, y as never)
      for (let i = 0; i < 50; i++) work.stepOn(kept)
      work.write(start(task, 4))
      for (let i = 0; i < 50; i++) work.stepOn(kept)
      results.push(await work.losses())
      work.dispose()
    }
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })

  it('runs nothing after it was closed', async () => {
    const backend = await backendWith({ worth: 0 }, 2)
    const task = learner(small, softmaxCrossEntropy(5), sgd({ rate: 0.5 }))
    const work = session(task, backend, start(task, 3))
    const [x, y] = batch(12, [13], 5)
    work.step(x as never, y as never)
    await backend.close?.()
    expect(() => work.step(x as never, y as never)).toThrow('compiled wasm: the backend was closed')
    work.dispose()
  })

  it('refuses a number of threads that is none', async () => {
    await expect(wasm({ threads: 0 })).rejects.toThrow('wasm: 0 threads, needs a whole number from 1 on')
    await expect(wasm({ threads: 1.5 })).rejects.toThrow('wasm: 1.5 threads, needs a whole number from 1 on')
  })

  it('says what a page must do where memory cannot be shared', async () => {
    const shared = Object.getOwnPropertyDescriptor(globalThis, 'SharedArrayBuffer') ?? {}
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer')
    try {
      await expect(wasm({ threads: 2 })).rejects.toThrow(
        'wasm: 2 threads need shared memory, which a page has only when it is isolated: serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
      )
    } finally {
      Object.defineProperty(globalThis, 'SharedArrayBuffer', shared)
    }
  })
})
