import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { circle } from '../src/initialiser/circle.js'
import {
  coins,
  constant,
  fans,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  initialisers,
  keyOf,
  normal,
  permutation,
  split,
  uniform,
  type Initialiser,
} from '../src/initialiser/index.js'
import { ln } from '../src/initialiser/logarithm.js'
import { threefry, threefryBits } from '../src/primitive/threefry.js'

const sha256 = (a: Float64Array | Int32Array): string =>
  createHash('sha256').update(new Uint8Array(a.buffer)).digest('hex')
const mean = (xs: ArrayLike<number>): number => Array.from(xs).reduce((s, x) => s + x, 0) / xs.length
const moment = (xs: ArrayLike<number>, k: number): number => mean(Array.from(xs, (x) => x ** k))
const correlation = (xs: Float64Array, ys: Float64Array): number =>
  mean(xs.map((x, i) => x * (ys[i] ?? NaN))) / Math.sqrt(moment(xs, 2) * moment(ys, 2))

describe('threefry', () => {
  // Random123 1.14, tests/kat_vectors, threefry2x32 with 20 rounds: counter, key, expected
  it.each([
    [[0, 0], [0, 0], '6b200159 99ba4efe'],
    [[0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '1cb996fc bb002be7'],
    [[0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344], 'c4923a9c 483df7a0'],
  ] as const)('gives the published block of counter %j', (counter, key, expected) => {
    const words = threefry(key, counter)
    expect(words.map((w) => (w >>> 0).toString(16).padStart(8, '0')).join(' ')).toBe(expected)
    expect(words.every((w) => w === (w | 0))).toBe(true)
  })

  it('draws the blocks of counters 0, 1, … in order, a prefix whatever the length', () => {
    const all = threefryBits([3, 4], 7)
    expect([...all.slice(2, 4)]).toEqual(threefry([3, 4], [1, 0]))
    for (let n = 0; n <= 7; n++) expect(threefryBits([3, 4], n)).toEqual(all.slice(0, n))
    expect(() => threefryBits([3, 4], 1.5)).toThrow('threefryBits: 1.5 is not a number of words: needs an integer ≥ 0')
  })
})

describe('draws', () => {
  const key = split(keyOf(2026), 'hidden.weight')

  // the hashes come from an independent implementation in Python, of the same arithmetic in IEEE doubles
  it('have the same bytes in every engine', () => {
    expect(key).toEqual([-586203731, -1332301778])
    expect(split(key, -5)).toEqual([-2086145743, -414442638])
    expect(split(key, 'é€😀x')).toEqual([-674816767, 1402692180])
    expect(sha256(uniform(key, 1000))).toBe('70c21635837f1c11f60c791c24e8f26c9455508fd165c651317176c8a20106b6')
    expect(sha256(normal(key, 1000))).toBe('a8f98350f7a83b68e9593027a62d52fbf2cea25d623be36c51c927769d7b6fd8')
    expect(sha256(permutation(key, 1000))).toBe('7678aede01ca2a5021b83b87db54a6745b89359986a34928927f55fd9998e309')
  })

  it('ln and circle are within their stated errors of Math', () => {
    for (let i = 0; i < 20_000; i++) {
      const x = (((Math.imul(i, 214013) + 7) >>> 0) + 1) * 2 ** -32
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(
        4 * 2 ** -53 * Math.max(Math.abs(Math.log(x)), 2 ** -40),
      )
      const t = i / 20_000
      const [c, s] = circle(t)
      expect(Math.abs(c - Math.cos(2 * Math.PI * t))).toBeLessThan(2 ** -49)
      expect(Math.abs(s - Math.sin(2 * Math.PI * t))).toBeLessThan(2 ** -49)
    }
    expect(ln(1)).toBe(0)
    expect([0, 0.25, 0.5, 0.75].map(circle)).toEqual([
      [1, 0],
      [-0, 1],
      [-1, -0],
      [0, -1],
    ])
  })

  it('have the moments of their distributions', () => {
    const n = 200_000
    const u = uniform(key, n)
    expect(u.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 24))).toBe(true)
    // five standard errors each: var u = 1/12, var u² = 4/45; var z = 1, var z² = 2, var z³ = 15, var z⁴ = 96
    expect(Math.abs(mean(u) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(moment(u, 2) - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / n))
    const z = normal(key, n)
    expect(Math.abs(mean(z))).toBeLessThan(5 * Math.sqrt(1 / n))
    expect(Math.abs(moment(z, 2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
    expect(Math.abs(moment(z, 3))).toBeLessThan(5 * Math.sqrt(15 / n))
    expect(Math.abs(moment(z, 4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n))
    const inside = mean(z.map((x) => (Math.abs(x) < 1 ? 1 : 0)))
    expect(Math.abs(inside - 0.6826894921)).toBeLessThan(5 * Math.sqrt(0.217 / n))
  })

  it('are prefixes whatever the number', () => {
    for (const draw of [uniform, normal])
      for (const n of [0, 1, 2, 9]) expect(draw(key, n)).toEqual(draw(key, 20).slice(0, n))
  })

  it('permute without bias', () => {
    const counts = new Map<string, number>()
    const n = 24_000
    for (let i = 0; i < n; i++) {
      const order = permutation(split(key, i), 4).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    const chiSquared = [...counts.values()].reduce((s, c) => s + (c - n / 24) ** 2 / (n / 24), 0)
    expect(chiSquared).toBeLessThan(58) // 23 degrees of freedom: p = 7e-5
    expect([...permutation(key, 1000)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(permutation(key, 0).length).toBe(0)
    expect(() => permutation(key, -1)).toThrow('permutation: -1 is not a size: needs an integer ≥ 0 below 2^31')
  })
})

describe('splitting', () => {
  const key = keyOf(7)

  it('gives every name a key of its own', () => {
    const names: (string | number)[] = [
      '',
      '\0',
      '\0\0',
      'a',
      'ab',
      'abc',
      'abcd',
      'abcde',
      '1',
      'weight',
      'bias',
      'a.b',
    ]
    for (let i = -5000; i < 5000; i++) names.push(i, `layer${i}`)
    names.push(2 ** 32, -(2 ** 32), 2 ** 53 - 1)
    const keys = new Set(names.map((name) => split(key, name).join(' ')))
    keys.add(key.join(' '))
    expect(keys.size).toBe(names.length + 1)
  })

  it('makes independent streams: correlations of 20,000 draws are within five standard errors', () => {
    const n = 20_000
    const streams = [
      key,
      split(key, 'a'),
      split(key, 'b'),
      split(key, 0),
      split(key, 1),
      split(split(key, 'a'), 'a'),
      keyOf(8),
    ]
    const draws = streams.map((k) => normal(k, n))
    for (const [i, x] of draws.entries())
      for (const y of draws.slice(i + 1)) expect(Math.abs(correlation(x, y))).toBeLessThan(5 / Math.sqrt(n))
  })

  it('refuses what is not a seed or a name', () => {
    expect(() => keyOf(0.5)).toThrow('keyOf: 0.5 is not a seed: needs an integer between -(2^53 - 1) and 2^53 - 1')
    expect(() => split(key, NaN)).toThrow('split: NaN is not a name: needs a string or a safe integer')
    expect(keyOf(2 ** 32)).not.toEqual(keyOf(0))
  })
})

describe('initialisers', () => {
  const key = keyOf(1)

  it.each(Object.entries(initialisers))('%s fills shapes by key, with finite numbers', (name, initialise) => {
    for (const shape of [
      [3, 5],
      [3, 3, 4, 8],
      [0, 4],
    ]) {
      const entries = initialise(key, shape)
      expect(entries.length).toBe(shape.reduce((n, k) => n * k, 1))
      expect(Array.from(entries).every(Number.isFinite)).toBe(true)
      expect(initialise(key, shape)).toEqual(entries)
    }
    const draws = !/zeros|ones|constant/u.test(name)
    expect(initialise(keyOf(2), [3, 5]).join() !== initialise(key, [3, 5]).join()).toBe(draws)
    if (/glorot|he/u.test(name))
      for (const shape of [[], [10]])
        expect(() => initialise(key, shape)).toThrow(
          `${name}: [${shape.join(', ')}] has no fans: needs a weight [in, out] or a filter [k…, in, out]`,
        )
    else expect(initialise(key, []).length).toBe(1)
  })

  it('coins are fair bits', () => {
    const bits = coins(key, [100, 100])
    expect([...new Set(bits)].sort()).toEqual([0, 1])
    expect(Math.abs(mean(bits) - 1 / 2)).toBeLessThan(5 / 200)
  })

  it.each<[string, Initialiser, readonly number[], number, number]>([
    ['glorotUniform', glorotUniform, [300, 500], 2 / 800, Math.sqrt(6 / 800)],
    ['glorotNormal', glorotNormal, [300, 500], 2 / 800, Infinity],
    ['heUniform', heUniform, [300, 500], 2 / 300, Math.sqrt(6 / 300)],
    ['heNormal', heNormal, [300, 500], 2 / 300, Infinity],
    ['heNormal of a filter', heNormal, [5, 5, 20, 40], 2 / 500, Infinity],
    ['glorotUniform of a filter', glorotUniform, [5, 5, 20, 40], 2 / 1500, Math.sqrt(6 / 1500)],
  ])('%s has its published variance', (_, initialise, shape, variance, limit) => {
    const x = initialise(key, shape)
    expect(Math.abs(mean(x))).toBeLessThan(5 * Math.sqrt(variance / x.length))
    expect(Math.abs(moment(x, 2) / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / x.length))
    expect(Array.from(x).every((v) => Math.abs(v) <= limit)).toBe(true)
  })

  it('fans follow the conventions', () => {
    expect(fans('f', [784, 128])).toEqual({ in: 784, out: 128 })
    expect(fans('f', [3, 3, 16, 32])).toEqual({ in: 144, out: 288 })
    expect(() => constant(NaN)).toThrow('constant: NaN is not a finite number')
    expect(() => glorotUniform(key, [2, -1])).toThrow('glorotUniform: [2, -1] is not a shape: sizes are integers ≥ 0')
  })
})
