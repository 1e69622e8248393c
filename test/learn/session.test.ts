import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { BackendError, type Backend } from '../../src/backend/index.js'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { dense, relu } from '../../src/layer/index.js'
import {
  dream,
  dreamer,
  initialise,
  learner,
  namedTensors,
  session,
  start,
  step,
  stepOf,
} from '../../src/learn/index.js'
import { softmaxCrossEntropy, squaredError } from '../../src/loss/index.js'
import { int, numbersOf, tensorOf, type Tensor } from '../../src/object/index.js'
import { adam, momentum, sgd } from '../../src/optimiser/index.js'
import { andThen, diagram, named, wire } from '../../src/optic/index.js'

const model = pipe(named('hidden', dense(2, 3)), andThen(relu), andThen('out', dense(3, 2)))
const classifier = learner(model, softmaxCrossEntropy(2), adam({ rate: 1 / 16 }))
const x = tensorOf([4, 2], [0, 0, 0, 1, 1, 0, 1, 1])
const y = tensorOf(int(4), [0, 1, 1, 0])

/** Something of another type than the compiler allows. */
const wrong = (value: unknown): never => value as never
const bytes = (point: unknown): unknown =>
  JSON.parse(JSON.stringify(point, (_, v: unknown) => (ArrayBuffer.isView(v) ? Array.from(v as Float64Array) : v)))
/** The reference backend, whose device lacks exp. */
const poor = (): Backend => ({
  ...reference(),
  name: 'poor',
  compile(program) {
    const missing = program.boxes.filter((b) => b.term.operation.name === 'logSumExp')
    if (missing.length > 0) throw new BackendError('poor: "logSumExp" is unsupported at dtype float32')
    return reference().compile(program)
  },
})

describe('a session', () => {
  it('does what the step says, step by step', async () => {
    const { term } = stepOf(classifier, 4)
    const point = start(classifier, 7)
    const work = session(classifier, reference(), point)
    let own = Object.values(namedTensors(classifier, point))
    const params = own.splice(0, 4)
    own = [...own, ...params]
    for (let i = 0; i < 3; i++) {
      work.step(x, y)
      const outs = evaluate(term, [...own, x as Tensor, y as unknown as Tensor])
      own = outs.slice(0, own.length)
      expect(await work.losses()).toEqual(numbersOf(outs[own.length] as Tensor))
    }
    const read = Object.values(namedTensors(classifier, await work.read()))
    expect([...read.slice(4), ...read.slice(0, 4)]).toEqual(own)
    expect(work.steps).toBe(3)
    work.dispose()
  })

  it('takes batches of any size over the same buffers', async () => {
    const backend = reference()
    const work = session(classifier, backend, start(classifier, 1))
    work.step(x, y)
    const held = backend.memory().buffers
    work.step(tensorOf([1, 2], [1, 1]), tensorOf(int(1), [0]))
    work.step(tensorOf([2, 2], [1, 1, 0, 0]), tensorOf(int(2), [0, 1]))
    work.step(x, y)
    expect(await work.losses()).toHaveLength(4)
    expect(backend.memory().buffers).toBe(held - 1)
    work.dispose()
    expect(backend.memory().buffers).toBe(0)
  })

  it('keeps the number of buffers over many steps', async () => {
    const backend = reference()
    const work = session(classifier, backend, start(classifier, 1))
    work.step(x, y)
    await work.losses()
    const held = backend.memory()
    for (let i = 0; i < 50; i++) work.step(x, y)
    await work.losses()
    expect(backend.memory()).toEqual(held)
    work.dispose()
    expect(backend.memory().buffers).toBe(0)
  })

  it('keeps the last 1,024 losses', async () => {
    const line = learner(dense(1, 1), squaredError, sgd({ rate: 1 / 64 }))
    const work = session(line, reference(), start(line, 1))
    const one = tensorOf([1, 1], [1])
    for (let i = 0; i < 1030; i++) work.step(one, tensorOf([1, 1], [i === 5 ? 1000 : i === 6 ? 2000 : 0]))
    const losses = await work.losses()
    expect(losses).toHaveLength(1024)
    expect(losses[0]).toBeGreaterThan(1e6)
    expect(losses[1]).toBeLessThan(1e6)
    expect(await work.losses()).toEqual([])
    expect(work.steps).toBe(1030)
    work.dispose()
  })

  it('gives copies, and is given them', async () => {
    const point = start(classifier, 1)
    const before = bytes(point)
    const work = session(classifier, reference(), point)
    for (const at of [await work.read(), (work.step(x, y), await work.read())]) {
      const kept = bytes(await work.read())
      at.params.hidden.weight.data.fill(9)
      expect(bytes(await work.read())).toEqual(kept)
    }
    expect(bytes(point)).toEqual(before)
    work.dispose()
  })

  it('goes on from what is written', async () => {
    const first = session(classifier, reference(), start(classifier, 1))
    first.step(x, y)
    const middle = await first.read()
    first.step(x, y)
    const second = session(classifier, reference(), start(classifier, 2))
    second.write(middle)
    second.step(x, y)
    expect(bytes(await second.read())).toEqual(bytes(await first.read()))
    first.dispose()
    second.dispose()
  })

  it('is reproduced by its seed, byte for byte', async () => {
    const run = async (seed: number): Promise<unknown> => {
      const work = session(classifier, reference(), start(classifier, seed))
      for (let i = 0; i < 5; i++) work.step(x, y)
      return bytes(await work.read())
    }
    expect(await run(3)).toEqual(await run(3))
    expect(await run(3)).not.toEqual(await run(4))
  })

  it('is the pure step', async () => {
    const point = start(classifier, 5)
    const work = session(classifier, reference(), point)
    work.step(x, y)
    const pure = await step(classifier, reference(), point, x, y)
    expect(bytes(pure.point)).toEqual(bytes(await work.read()))
    expect([pure.loss]).toEqual(await work.losses())
  })

  it('has its rate at a port', async () => {
    const steered = learner(model, softmaxCrossEntropy(2), sgd({ rate: { port: 'rate' } }))
    const fixed = learner(model, softmaxCrossEntropy(2), sgd({ rate: 1 / 4 }))
    const a = await step(steered, reference(), start(steered, 1), x, y, { rate: 1 / 4 })
    const b = await step(fixed, reference(), start(fixed, 1), x, y)
    expect(bytes(a.point.params)).toEqual(bytes(b.point.params))
    const still = await step(steered, reference(), start(steered, 1), x, y, { rate: 0 })
    expect(bytes(still.point.params)).toEqual(bytes(start(steered, 1).params))
    const work = session(steered, reference(), start(steered, 1))
    expect(() => (work.step as unknown as (a: unknown, b: unknown) => void)(x, y)).toThrow(
      'step: the port rate has no value',
    )
  })
})

describe('a batch that does not fit is refused, and nothing is lost', () => {
  const cases: readonly (readonly [string, unknown, unknown])[] = [
    ['step: x is float32[4, 3], needs float32[4, 2]', tensorOf([4, 3], new Array<number>(12).fill(0)), y],
    ['step: x is float32[4], needs float32[4, 2]', tensorOf([4], [1, 2, 3, 4]), y],
    ['step: x is int32[4, 2], needs float32[4, 2]', tensorOf(int(4, 2), [0, 0, 0, 0, 0, 0, 0, 0]), y],
    ['step: y is int32[3], needs int32[4]', x, tensorOf(int(3), [0, 1, 1])],
    ['step: y is float32[4], needs int32[4]', x, tensorOf([4], [0, 1, 1, 0])],
    [
      'step: an empty batch: x is float32[0, 2]; needs at least one example',
      tensorOf([0, 2], []),
      tensorOf(int(0), []),
    ],
    ['step: x has no axis of examples', tensorOf([], [1]), y],
    ['step: label 2 at row 3 is out of range: the loss has 2 classes, 0–1', x, tensorOf(int(4), [0, 1, 1, 2])],
    ['step: label -1 at row 0 is out of range: the loss has 2 classes, 0–1', x, tensorOf(int(4), [-1, 1, 1, 0])],
    ['step: x is float32[4, 2] and has 7 entries, needs 8', { ...x, data: new Float32Array(7) }, y],
    ['step: y is missing', x, []],
  ]
  it.each(cases)('%s', async (message, inputs, labels) => {
    const backend = reference()
    const work = session(classifier, backend, start(classifier, 1))
    work.step(x, y)
    const [before, held] = [bytes(await work.read()), backend.memory()]
    expect(() => work.step(wrong(inputs), wrong(labels))).toThrow(message)
    expect([bytes(await work.read()), backend.memory(), work.steps]).toEqual([before, held, 1])
    work.dispose()
  })

  it('by the number of its place where there are several', () => {
    const two = diagram({ left: dense(2, 2), right: dense(3, 2) }, [[2], [3]], ({ left, right }, a, b) =>
      wire.add(left(a), right(b)),
    )
    const pair = learner(two, squaredError, sgd({ rate: 1 }))
    const work = session(pair, reference(), start(pair, 1))
    const [a, b, z] = [tensorOf([1, 2], [1, 2]), tensorOf([1, 3], [1, 2, 3]), tensorOf([1, 2], [0, 0])]
    work.step([a, b], z)
    expect(() => work.step(wrong([a, a]), z)).toThrow('step: x[1] is float32[1, 2], needs float32[1, 3]')
  })
})

describe('a session that cannot be', () => {
  it('is refused where the point is of another model', () => {
    const other = learner(
      pipe(named('hidden', dense(2, 3)), andThen('out', dense(3, 3))),
      softmaxCrossEntropy(3),
      adam({ rate: 1 }),
    )
    expect(() =>
      session(classifier, reference(), wrong({ ...start(classifier, 1), params: start(other, 1).params })),
    ).toThrow('params: out.weight is float32[3, 3], needs float32[3, 2]')
    expect(() =>
      session(classifier, reference(), wrong({ params: start(classifier, 1).params, state: start(other, 1).state })),
    ).toThrow('state: adam.mean.out.weight is float32[3, 3], needs float32[3, 2]')
    const heavy = learner(model, softmaxCrossEntropy(2), momentum({ rate: 1 }))
    expect(() => session(classifier, reference(), wrong(start(heavy, 1)))).toThrow(
      'state: adam.mean.hidden.weight is missing',
    )
  })

  it('says so before anything runs where the backend lacks a primitive', () => {
    const work = session(classifier, poor(), start(classifier, 1))
    expect(() => work.step(x, y)).toThrow('poor: "logSumExp" is unsupported at dtype float32')
    expect(() => work.prepare(2)).toThrow(BackendError)
  })

  it('is refused a batch size that is none, and a step after its end', () => {
    const work = session(classifier, reference(), start(classifier, 1))
    expect(() => work.prepare(0)).toThrow('batch: 0 is not a batch size: needs an integer ≥ 1')
    work.step(x, y)
    work.dispose()
    expect(() => work.step(x, y)).toThrow('session: it is disposed')
  })
})

describe('a dream', () => {
  const asleep = dreamer(model, squaredError, sgd({ rate: 1 / 4 }))
  const params = initialise(model, 3)
  const from = { x: [tensorOf([2], [1, 1]) as Tensor], state: {} }

  it('changes the input and lowers the loss', async () => {
    const backend = reference()
    const work = dream(asleep, backend, params, from)
    for (let i = 0; i < 40; i++) work.step([tensorOf([2], [0.5, -0.25])])
    const losses = await work.losses()
    expect(losses[39]).toBeLessThan((losses[0] ?? 0) / 2)
    const [found] = await work.read()
    expect(numbersOf(found)).not.toEqual([1, 1])
    expect(bytes(params)).toEqual(bytes(initialise(model, 3)))
    work.dispose()
    expect(backend.memory().buffers).toBe(0)
  })

  it('has its rate at a port, and checks labels', async () => {
    const steered = dreamer(model, squaredError, sgd({ rate: { port: 'rate' } }))
    const [a, b] = [dream(asleep, reference(), params, from), dream(steered, reference(), params, from)]
    a.step([tensorOf([2], [0, 1])])
    b.step([tensorOf([2], [0, 1])], { rate: 1 / 4 })
    expect(bytes(await b.read())).toEqual(bytes(await a.read()))
    const labelled = dream(dreamer(model, softmaxCrossEntropy(2), sgd({ rate: 1 })), reference(), params, from)
    expect(() => labelled.step([tensorOf(int(), [2])])).toThrow(
      'step: label 2 at row 0 is out of range: the loss has 2 classes, 0–1',
    )
  })
})
