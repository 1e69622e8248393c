import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import {
  byteClassifier,
  classifier,
  evaluator,
  plainByteClassifier,
  plainClassifier,
  plainEvaluator,
  plainTrainable,
  startPool,
  trainable,
  type Evaluator,
  type Lanes,
} from '../../src/backend/gates/index.js'
import { evaluateNetlist, type Netlist } from '../../src/compile/netlist/index.js'
import { numbers, randomNetlist } from '../netlist.js'
import { bitAt, bySample, nets, randomLanes } from './gates-net.js'

const pool = await startPool(2)
afterAll(() => pool.close())

const sizes = [0, 1, 31, 32, 33, 127, 128, 130, 513, 1100]

/** The same lanes, word for word; of arrays as long as these the differences are not to be printed. */
function expectSame(mine: Lanes, other: Lanes): void {
  expect([mine.planes, mine.samples]).toEqual([other.planes, other.samples])
  const differs = mine.words.findIndex((word, i) => word !== other.words[i])
  expect([differs, mine.words.length]).toEqual([-1, other.words.length])
}

/** What is wrong with lanes, bit by bit, against what each sample should be; the bits above the last sample are 0. */
function expectBits(
  lanes: Lanes,
  planes: number,
  bits: (s: number) => readonly number[],
  few: readonly number[],
): void {
  expect(lanes.planes).toBe(planes)
  for (const s of few) expect([s, Array.from({ length: planes }, (_, p) => bitAt(lanes, p, s))]).toEqual([s, bits(s)])
  const width = Math.ceil(lanes.samples / 32)
  if (lanes.samples % 32 > 0)
    for (let p = 0; p < planes; p++) expect((lanes.words[(p + 1) * width - 1] ?? 0) >>> (lanes.samples % 32)).toBe(0)
}
const someOf = (samples: number): readonly number[] =>
  [...new Set([0, 1, 30, 31, 32, 33, 126, 127, 128, 511, 512, samples - 1])].filter((s) => s >= 0 && s < samples)

const engines: readonly (readonly [string, (netlist: Netlist) => Evaluator])[] = [
  ['plain', plainEvaluator],
  ['wasm', (netlist) => evaluator(netlist)],
  ['wasm, one vector', (netlist) => evaluator(netlist, { vectors: 1 })],
  ['two threads', (netlist) => evaluator(netlist, { pool, vectors: 2 })],
  ['plain, to be trained', (netlist) => plainTrainable(netlist)],
  ['to be trained', (netlist) => trainable(netlist)],
  ['to be trained, two threads', (netlist) => trainable(netlist, { pool, vectors: 1 })],
]

describe.each(engines)('%s', (_, make) => {
  it.each(nets)('values and the reverse of %s are those of each sample', (_, netlist) => {
    const engine = make(netlist)
    for (const samples of sizes) {
      const x = randomLanes(samples + 1, netlist.inputs, samples)
      const dy = randomLanes(samples + 2, netlist.outputs.length, samples)
      const [y, dx] = [engine.forward(x), engine.reverse(x, dy)]
      const at = (s: number) => bySample(netlist, netlist.tables, (i) => bitAt(x, i, s))
      const few = someOf(samples)
      expectBits(y, netlist.outputs.length, (s) => at(s).outputs, few)
      expectBits(dx, netlist.inputs, (s) => at(s).reverse((o) => bitAt(dy, o, s)), few)
    }
    engine.dispose()
  })
})

describe('all engines agree on every word', () => {
  const reference = engines[0]?.[1] ?? plainEvaluator
  it.each(engines.slice(1))('%s', (_, make) => {
    for (let seed = 0; seed < 40; seed++) {
      const next = numbers(seed + 1)
      const arities = Array.from({ length: 1 + next(5) }, () => (next(2) === 0 ? 2 : next(11)))
      const netlist = randomNetlist(seed + 100, next(20), 1 + next(120), arities, next(30))
      const samples = next(700)
      const x = randomLanes(seed, netlist.inputs, samples)
      const dy = randomLanes(seed + 1, netlist.outputs.length, samples)
      const [mine, other] = [make(netlist), reference(netlist)]
      expectSame(mine.forward(x), other.forward(x))
      expectSame(mine.reverse(x, dy), other.reverse(x, dy))
      mine.dispose()
    }
  })

  it('over more samples than are staged at a time', () => {
    const netlist = randomNetlist(31, 20, 600, [2], 30)
    const samples = 70_001
    const x = randomLanes(1, 20, samples)
    const dy = randomLanes(2, 30, samples)
    const reference = plainEvaluator(netlist)
    const [y, dx] = [reference.forward(x), reference.reverse(x, dy)]
    for (const engine of [evaluator(netlist), evaluator(netlist, { pool }), trainable(netlist)]) {
      expectSame(engine.forward(x), y)
      expectSame(engine.reverse(x, dy), dx)
    }
  })
})

describe('at all points', () => {
  it.each([1, 2, 3, 4, 5, 6])('netlist %i of up to 12 inputs', (seed) => {
    const netlist = randomNetlist(40 + seed, 2 * seed, 30 * seed, [1, 2, 2, 3, 5], 6)
    const samples = 2 ** netlist.inputs
    const x = randomLanes(1, netlist.inputs, samples)
    const width = Math.ceil(samples / 32)
    x.words.fill(0)
    for (let s = 0; s < samples; s++)
      for (let i = 0; i < netlist.inputs; i++)
        if ((s >>> i) & 1) x.words[i * width + (s >>> 5)] = (x.words[i * width + (s >>> 5)] ?? 0) | (1 << (s & 31))
    for (const engine of [evaluator(netlist), trainable(netlist)]) {
      const y = engine.forward(x)
      for (let s = 0; s < samples; s++) {
        const point = Array.from({ length: netlist.inputs }, (_, i) => (s >>> i) & 1)
        const got = Array.from(netlist.outputs, (_, o) => bitAt(y, o, s))
        expect([s, got]).toEqual([s, [...evaluateNetlist(netlist, point)]])
      }
    }
  })
})

describe('classes', () => {
  it.each([
    [10, 1],
    [10, 7],
    [3, 64],
    [2, 33],
    [1, 5],
    [17, 3],
    [10, 200],
  ])('%i groups of %i outputs', (groups, each) => {
    for (const arities of [[2], [1, 2, 4]]) {
      const netlist = randomNetlist(groups, 19, 600, arities, groups * each)
      for (const samples of [0, 1, 130, 1500]) {
        const x = randomLanes(samples, 19, samples)
        const reference = plainClassifier(netlist, groups)
        for (const engine of [classifier(netlist, groups), classifier(netlist, groups, { pool, vectors: 1 })]) {
          expect(engine.counts(x)).toEqual(reference.counts(x))
          expect(engine.classes(x)).toEqual(reference.classes(x))
          engine.dispose()
        }
      }
    }
  })

  it.each([
    [1, [0]],
    [15, [100]],
    [16, [3, 250]],
    [37, [0, 127, 255]],
    [784, [32]],
  ] as const)('of rows of %i bytes at thresholds %j', (width, thresholds) => {
    const netlist = randomNetlist(width, width * thresholds.length, 900, [2], 60)
    for (const samples of [0, 1, 9, 700, 5000 / (width > 100 ? 4 : 1)]) {
      const next = numbers(samples + 1)
      const rows = Uint8Array.from({ length: samples * width }, () => next(256))
      const expected = plainByteClassifier(netlist, { width, thresholds }, 10).classes(rows)
      for (const engine of [
        byteClassifier(netlist, { width, thresholds }, 10),
        byteClassifier(netlist, { width, thresholds }, 10, { pool }),
      ]) {
        expect(engine.classes(rows)).toEqual(expected)
        engine.dispose()
      }
    }
  })
})

describe('no floats', () => {
  it('are made or computed with by any engine', () => {
    const netlist = randomNetlist(50, 9, 200, [0, 1, 2, 3, 9], 20)
    const x = randomLanes(1, 9, 300)
    const [dy, zero] = [2, 3].map((k) => randomLanes(k, 20, 300)) as [Lanes, Lanes]
    const names = ['Float32Array', 'Float64Array'] as const
    const kept = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name) ?? {})
    const made: string[] = []
    for (const name of names) {
      const trap = new Proxy(globalThis[name], {
        construct: (target, parts: unknown[], by) => {
          made.push(name)
          return Reflect.construct(target, parts, by) as object
        },
      })
      Object.defineProperty(globalThis, name, { value: trap, configurable: true, writable: true })
    }
    try {
      for (const [, make] of engines) {
        const engine = make(netlist)
        engine.forward(x)
        engine.reverse(x, dy)
        engine.dispose()
      }
      for (const engine of [trainable(netlist, { groups: 10 }), plainTrainable(netlist, 10)]) {
        engine.votes(x, { one: dy, zero })
        engine.counts(x)
        engine.update(netlist.tables)
        engine.dispose()
      }
      expect(made).toEqual([])
      // The trap itself is seen.
      expect([new Float32Array(1).length, made]).toEqual([1, ['Float32Array']])
    } finally {
      for (const [i, name] of names.entries()) Object.defineProperty(globalThis, name, kept[i] ?? {})
    }
  })

  it('stand in the sources', () => {
    const folder = new URL('../../src/backend/gates/', import.meta.url)
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    expect(sources.length).toBeGreaterThan(15)
    const floating = /\bFloat\d+Array|\bfloats?\b|\bdouble\b|\bf(?:32|64)\b/
    expect(sources.filter((name) => floating.test(readFileSync(new URL(name, folder), 'utf8')))).toEqual([])
    expect(floating.test('import { floats } from')).toBe(true)
  })
})

describe('what is refused', () => {
  const good = randomNetlist(60, 3, 5, [2], 4)
  const broken: readonly (readonly [string, Partial<Netlist>])[] = [
    [
      'evaluator: gate 0 reads wire 3, needs one before 3',
      { operands: good.operands.map((w, i) => (i === 0 ? 3 : w)) },
    ],
    [
      'evaluator: gate 2 reads wire -1, needs one before 5',
      { operands: good.operands.map((w, i) => (i === 5 ? -1 : w)) },
    ],
    ['evaluator: output 1 is wire 8 of 8', { outputs: Int32Array.of(0, 8) }],
    ['evaluator: -1 inputs, needs a whole number', { inputs: -1 }],
    ['evaluator: the starts do not cover the operands', { operands: good.operands.slice(1) }],
    ['evaluator: the starts do not cover the tables', { tables: good.tables.slice(1) }],
    [
      'evaluator: gate 0 of 2 operands has a table of 2 words, needs 1',
      { tableStart: Int32Array.of(0, 2, 2, 3, 4, 5) },
    ],
  ]
  it.each(broken)('%s', (text, part) => {
    expect(() => evaluator({ ...good, ...part })).toThrow(new RangeError(text))
    expect(() => plainEvaluator({ ...good, ...part })).toThrow(
      new RangeError(text.replace('evaluator', 'plainEvaluator')),
    )
  })

  it('lanes and tables of other sizes', () => {
    const lanes = (planes: number, samples: number): Lanes => randomLanes(1, planes, samples)
    for (const engine of [trainable(good), plainTrainable(good)]) {
      expect(() => engine.forward(lanes(2, 5))).toThrow('forward: 2 planes of 5 samples, needs 3 of 5')
      expect(() => engine.reverse(lanes(3, 5), lanes(4, 6))).toThrow('reverse: 4 planes of 6 samples, needs 4 of 5')
      expect(() => engine.forward({ ...lanes(3, 5), words: new Uint32Array(2) })).toThrow('forward: 2 words, needs 3')
      expect(() => engine.forward({ ...lanes(3, 5), samples: 1.5 })).toThrow(
        'forward: 1.5 samples, needs a whole number',
      )
      expect(() => engine.update(new Uint32Array(4))).toThrow('update: 4 words of tables, needs 5')
    }
    expect(() => classifier(good, 3)).toThrow('classifier: 4 outputs are not 3 groups of as many')
    expect(() => byteClassifier(good, { width: 2, thresholds: [1] }, 2)).toThrow(
      'byteClassifier: 2 bytes at 1 thresholds, needs 3 inputs',
    )
    expect(() => byteClassifier(good, { width: 3, thresholds: [256] }, 2)).toThrow(
      'byteClassifier: threshold 256, needs a whole number from 0 to 255',
    )
    const engine = byteClassifier(good, { width: 3, thresholds: [1] }, 2)
    expect(() => engine.classes(new Uint8Array(4))).toThrow('classes: 4 bytes are not rows of 3')
    engine.dispose()
    expect(() => engine.classes(new Uint8Array(3))).toThrow('gates: the evaluator was disposed')
  })
})
