import { describe, expect, it } from 'vitest'
import { BackendError, compile, type Backend } from '../../src/backend/index.js'
import { evaluate, reference } from '../../src/backend/reference/index.js'
import { simplify, splitHost, type Split } from '../../src/compile/index.js'
import { dense } from '../../src/layer/index.js'
import { learner, stepOf } from '../../src/learn/index.js'
import { squaredError } from '../../src/loss/index.js'
import {
  float64,
  numbersOf,
  objectOf,
  tensorOf,
  types,
  type Type,
  type Ob,
  type Tensor,
} from '../../src/object/index.js'
import { adam, momentum, optimisers, sgd, type Rule } from '../../src/optimiser/index.js'
import { add, broadcast, cast, exp, multiply, sum } from '../../src/primitive/index.js'
import { cosineRate } from '../../src/schedule/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten, type Flat } from '../../src/term/index.js'
import { deviation, pointOf, tensorAt } from '../oracle.js'

const narrow = ({ dtype }: Type): boolean => dtype !== 'float64'
const split = (program: Flat): Split => splitHost(program, narrow, 'narrow')
const program = (dom: Ob, body: (x: readonly Wire[]) => readonly Wire[]): Flat => flatten(diagram(objectOf(dom), body))

/** Every type in a program. */
const typesIn = (f: Flat): string[] =>
  [...types(f.dom), ...f.boxes.flatMap((b) => [...types(b.term.cod)])].map((t) => `${t.dtype}[${t.shape.join()}]`)

/** The outputs of a split at a point, both parts by the reference meaning. */
function runSplit(s: Split, point: readonly Tensor[]): Tensor[] {
  const host = evaluate(
    s.host,
    s.hostInputs.map((i) => point[i] as Tensor),
  )
  const device = evaluate(s.device, [...s.deviceInputs.map((i) => point[i] as Tensor), ...host.slice(s.hostOuts)])
  return s.outs.map(({ side, at }) => (side === 'host' ? host : device)[at] as Tensor)
}

describe('float64 scalars beside a float32 program', () => {
  const steps = Object.entries({
    ...optimisers,
    scheduled: sgd({ rate: cosineRate(1, 0.5, 10) }),
    'scheduled momentum': momentum({ rate: cosineRate(1, 0.5, 10) }),
  }).map(
    ([name, move]) =>
      [name, stepOf(learner(dense(3, 2), squaredError, move as unknown as Rule<object, object>), 2)] as const,
  )

  it.each(steps)('%s: the two parts together are the whole', (_, { term, ports }) => {
    const whole = simplify(flatten(term))
    const parts = split(whole)
    const point = pointOf(whole.dom, 1).map((t, i) =>
      i < ports.state.length ? tensorAt(t, numbersOf(t).map(Math.abs)) : t,
    )
    const outs = evaluate(whole, point)
    expect(outs.flatMap(numbersOf).every(Number.isFinite)).toBe(true)
    expect(deviation(runSplit(parts, point), outs)).toBe(0)
    expect(typesIn(parts.device).filter((t) => t.startsWith('float64'))).toEqual([])
    expect(typesIn(parts.host).filter((t) => !t.endsWith('[]'))).toEqual([])
    expect([...parts.hostInputs, ...parts.deviceInputs].sort((a, b) => a - b)).toEqual(
      whole.dom.length === 0 ? [] : Array.from({ length: whole.dom.length }, (__, i) => i),
    )
    const counts = types(whole.dom).filter((t) => t.dtype === 'float64').length
    expect([parts.hostInputs.length, parts.hostOuts]).toEqual([counts, counts])
    expect(parts.host.boxes.length > 0).toBe(counts > 0)
  })

  it('are handed over as float32 scalars', () => {
    const { host, device, hostOuts, deviceInputs } = split(
      simplify(flatten(stepOf(learner(dense(3, 2), squaredError, adam({ rate: 1e-3 })), 2).term)),
    )
    const handed = types(host.cod).slice(hostOuts)
    expect(handed.map((t) => `${t.dtype}[${t.shape.join()}]`)).toEqual(['float32[]', 'float32[]'])
    expect(types(device.dom).slice(deviceInputs.length)).toEqual(handed)
  })

  it('leave a program without them as it is', () => {
    const f = program([[3], [3]], ([x, y]) => [add(x as Wire, y as Wire)])
    const s = split(f)
    expect([s.host.boxes.length, s.device.boxes.length, s.hostInputs, s.deviceInputs]).toEqual([0, 1, [], [0, 1]])
  })

  it('go straight through where nothing reads them', () => {
    const f = program([float64(), [3]], ([c, x]) => [x as Wire, c as Wire, add(c as Wire, 1)])
    const s = split(f)
    expect(s.outs).toEqual([
      { side: 'device', at: 0 },
      { side: 'host', at: 0 },
      { side: 'host', at: 1 },
    ])
    const point = [tensorOf(float64(), [2 ** 24]) as Tensor, tensorOf([3], [1, 2, 3]) as Tensor]
    expect(runSplit(s, point).map(numbersOf)).toEqual([[1, 2, 3], [2 ** 24], [2 ** 24 + 1]])
  })
})

describe('a program that cannot be split is refused', () => {
  it.each<readonly [string, Flat]>([
    [
      'narrow: "add" is unsupported at dtype float64 (float64[3]); only scalars are computed beside the program',
      program([float64(3)], ([x]) => [add(x as Wire, x as Wire)]),
    ],
    ['narrow: input 0 of type float64[3] is unsupported: dtype float64 is not there', program([float64(3)], (x) => x)],
    [
      'narrow: "cast" of type float64[] reads a [] of the device',
      program([[3]], ([x]) => [cast(sum(x as Wire), 'float64')]),
    ],
    [
      'narrow: "broadcast" is unsupported at dtype float64 (float64[2]); only scalars are computed beside the program',
      program([float64(), [2]], ([c, x]) => [
        multiply(cast(broadcast(exp(c as Wire), [0], [2]), 'float32'), x as Wire),
      ]),
    ],
  ])('%s', (message, f) => {
    expect(() => split(f)).toThrow(message)
  })

  it('by compile as a BackendError, before the backend sees anything', () => {
    let asked = 0
    const backend: Backend = {
      ...reference(),
      name: 'narrow',
      has: narrow,
      compile: () => ((asked += 1), { run: () => [], dispose: () => undefined }),
    }
    expect(() =>
      compile(
        program([float64(3)], (x) => x),
        backend,
      ),
    ).toThrow(BackendError)
    expect(asked).toBe(0)
  })
})

describe('a compiled program', () => {
  /** The reference backend without float64, which refuses whatever has it. */
  const backend = (): Backend => {
    const whole = reference()
    return {
      ...whole,
      name: 'narrow',
      has: narrow,
      upload: (t) => {
        if (t.dtype === 'float64') throw new Error('float64 reached the device')
        return whole.upload(t)
      },
      compile: (f) => {
        if (typesIn(f).some((t) => t.startsWith('float64'))) throw new Error('float64 reached the device')
        return whole.compile(f)
      },
    }
  }
  const { term, ports } = stepOf(learner(dense(3, 2), squaredError, adam({ rate: 1e-3 })), 2)
  const start = pointOf(term.dom, 1).map((t, i) =>
    i < ports.state.length - 1
      ? tensorAt(t, numbersOf(t).map(Math.abs))
      : t.dtype === 'float64'
        ? tensorAt(t, [2 ** 24])
        : t,
  )

  it('counts past 2²⁴ on a device of float32, and releases all it holds', async () => {
    const narrowed = backend()
    const work = compile(term, narrowed)
    const given = start
      .slice(ports.state.length + ports.params.length)
      .map((t, i) => work.upload(t, ports.state.length + ports.params.length + i))
    let own = start.slice(0, ports.state.length + ports.params.length).map((t, i) => work.upload(t, i))
    const held = narrowed.memory().buffers
    for (let step = 0; step < 3; step++) {
      const outs = work.run([...own, ...given])
      for (const v of own) work.release(v)
      own = outs.slice(0, own.length)
      for (const v of outs.slice(own.length)) work.release(v)
      expect(narrowed.memory().buffers).toBe(held)
    }
    const count = own[ports.state.length - 1]
    if (count === undefined) throw new Error('no counter')
    expect(await work.read(count)).toEqual(tensorOf(float64(), [2 ** 24 + 3]))
    for (const v of [...own, ...given]) work.release(v)
    expect(narrowed.memory().buffers).toBe(0)
  })

  it('answers as the reference does, and refuses tensors of other types by name', async () => {
    const work = compile(term, backend())
    const outs = await work.call(start)
    expect(deviation(outs, evaluate(term, start))).toBeLessThan(1e-6)
    expect(() => work.upload(tensorOf([4], [1, 2, 3, 4]) as Tensor, 0)).toThrow('program: input 0 is [4], needs [3, 2]')
    expect(() => work.upload(tensorOf([4], [1, 2, 3, 4]) as Tensor, 99)).toThrow('program: input 99 is [4], needs none')
  })
})
