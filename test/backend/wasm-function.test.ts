import { describe, expect, it } from 'vitest'
import { erf as errorFunction } from '../../src/backend/reference/erf.js'
import { hasRelaxed } from '../../src/backend/wasm/index.js'
import { prepare } from '../../src/backend/wasm/prepare.js'
import { object, type Tensor } from '../../src/object/index.js'
import { erf, exp, log, sigmoid, tanh } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, flatten } from '../../src/term/index.js'
import { runPrepared } from './wasm-run.js'

/** Of all bit patterns, every 32,749th (a prime), those on either side of the limits of the functions, and an interval densely. */
function patternsOver(from: number, to: number): Float32Array {
  const words = Array.from({ length: Math.floor(2 ** 32 / 32749) }, (_, i) => (i * 32749) >>> 0)
  const near = [87, 87.3, 88, 88.72284, 89, 1, 0.5, Math.SQRT1_2, 4, 7.905, 4e-4, 1.1754943508222875e-38, 9.01, 17.3]
  const around = near.flatMap((x) => {
    const [word = 0] = new Uint32Array(Float32Array.of(x).buffer)
    return Array.from({ length: 1001 }, (_, i) => [word + i - 500, (word + i - 500) ^ 0x80000000]).flat()
  })
  const powers = Array.from({ length: 277 }, (_, i) => 2 ** (i - 149)).flatMap((x) => [x, -x])
  const dense = Array.from({ length: 150_000 }, (_, i) => from + ((to - from) * (i + 0.5)) / 150_000)
  return Float32Array.from([...new Float32Array(Uint32Array.from([...words, ...around]).buffer), ...powers, ...dense])
}

/** The distance of neighbouring float32 at a number. */
function unit(x: number): number {
  const at = Math.max(Math.abs(x), 2 ** -126)
  const [word = 0] = new Uint32Array(Float32Array.of(at).buffer)
  const [below = 0] = new Float32Array(Uint32Array.of(word & 0x7f800000).buffer)
  return below * 2 ** -23
}
const largest = Math.fround(3.4028234663852886e38)

interface Case {
  readonly body: (x: Wire) => Wire
  readonly value: (x: number) => number
  /** The largest error in units of the last place, measured and rounded up. */
  readonly ulp: number
  /** Where numbers are taken most densely. */
  readonly over: readonly [number, number]
  /** Results below are flushed to zero. */
  readonly flushed?: number
  readonly specials: readonly (readonly [number, number])[]
}
const { NaN: nan, Infinity: infinity } = globalThis
const functions: { readonly [name: string]: Case } = {
  exp: {
    body: exp,
    value: Math.exp,
    over: [-104, 89],
    ulp: 1.3,
    flushed: 2 ** -125.49,
    specials: [
      [0, 1],
      [-0, 1],
      [infinity, infinity],
      [-infinity, 0],
      [89, infinity],
      [-89, 0],
      [1e-45, 1],
    ],
  },
  log: {
    body: log,
    value: Math.log,
    over: [0, 4],
    ulp: 0.9,
    specials: [
      [0, -infinity],
      [-0, -infinity],
      [1, 0],
      [infinity, infinity],
      [-1, nan],
      [-1e-45, nan],
      [-infinity, nan],
    ],
  },
  tanh: {
    body: tanh,
    value: Math.tanh,
    over: [-9, 9],
    ulp: 6.3,
    specials: [
      [0, 0],
      [-0, -0],
      [infinity, 1],
      [-infinity, -1],
      [89, 1],
      [1e-45, 1e-45],
      [-1e-45, -1e-45],
    ],
  },
  sigmoid: {
    body: sigmoid,
    value: (x) => 1 / (1 + Math.exp(-x)),
    over: [-104, 20],
    ulp: 3.2,
    flushed: 2 ** -127.99,
    specials: [
      [0, 0.5],
      [-0, 0.5],
      [infinity, 1],
      [-infinity, 0],
      [89, 1],
      [-89, 0],
    ],
  },
  erf: {
    body: erf,
    value: errorFunction,
    over: [-4.5, 4.5],
    ulp: 7.6,
    specials: [
      [0, 0],
      [-0, -0],
      [infinity, 1],
      [-infinity, -1],
      [89, 1],
      [-89, -1],
      [1e-45, 1e-45],
    ],
  },
}

const engines: readonly (readonly [string, boolean])[] = [
  ['plain', false],
  ...(hasRelaxed() ? ([['relaxed', true]] as const) : []),
]

function at(body: (x: Wire) => Wire, x: Float32Array, relaxed: boolean): Float32Array {
  const term = diagram(object([{ dtype: 'float32', shape: [x.length] }]), ([w]) => [body(w as Wire)])
  const input: Tensor = { dtype: 'float32', shape: [x.length], data: x }
  return runPrepared(prepare(flatten(term), { relaxed }), [input])[0][0]?.data as Float32Array
}

describe.each(Object.entries(functions))(
  '%s of compiled wasm',
  (_, { body, value, ulp, over, flushed = 0, specials }) => {
    it.each(engines)(`is within ${ulp} units of the last place by %s SIMD`, (__, relaxed) => {
      const patterns = patternsOver(...over)
      const given = at(body, patterns, relaxed)
      let [worst, place, wrong] = [0, 0, '']
      for (const [i, x] of patterns.entries()) {
        const [y, wanted] = [given[i] ?? nan, value(x)]
        if (Number.isNaN(wanted) || Math.abs(wanted) > largest) {
          if (!Object.is(y, Number.isNaN(wanted) ? nan : Math.fround(wanted))) wrong = `${x} ↦ ${y}, not ${wanted}`
          continue
        }
        if (y === 0 && Math.abs(wanted) <= flushed) continue
        const error = Math.abs(y - wanted) / unit(wanted)
        if (!(error <= worst)) [worst, place] = [error, x]
      }
      expect(wrong).toBe('')
      expect(`${place}: ${worst <= ulp ? 'within' : worst}`).toBe(`${place}: within`)
    })

    it.each(engines)('is exact where that is known by %s SIMD', (__, relaxed) => {
      const all = [...specials, [nan, nan]] as const
      for (const repeat of [1, 5]) {
        const x = all.flatMap(([a]) => Array.from({ length: repeat }, () => a))
        const y = all.flatMap(([, b]) => Array.from({ length: repeat }, () => Math.fround(b)))
        expect(Array.from(at(body, Float32Array.from(x), relaxed))).toEqual(y)
      }
    })
  },
)

it.each(engines)('tanh and erf never pass ±1 by %s SIMD', (_, relaxed) => {
  const x = patternsOver(-9, 9)
  for (const body of [tanh, erf]) expect(at(body, x, relaxed).filter((y) => Math.abs(y) > 1)).toHaveLength(0)
})
