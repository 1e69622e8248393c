import { call, double, f32, floats, get, ints, i32, lanes, set, type Code, type Routine } from '../assembler/index.js'
import type { Kernel } from './context.js'

/**
 * Functions on four float32. exp and log after Cephes (S. Moshier), tanh and erf by the rational approximations of Eigen;
 * each is right at infinities, zeros and NaN. Largest errors, with relaxed SIMD as without, of one in 13 of all float32 in
 * 2⁻¹⁴ … 2⁷ (`test/backend/wasm-function.test.ts` asserts them on fewer): exp 1.3 ulp, log 0.9, tanh 6.3 (at 5.8), sigmoid 3.2
 * (at −16.6), erf 7.6 (at 3.9). Results below 2⁻¹²⁵·⁵ of exp, and below 2⁻¹²⁸ of sigmoid, are flushed to zero.
 */
interface Settings {
  readonly relaxed: boolean
}

const multiplyAdd = ({ relaxed }: Settings, a: Code, b: Code, c: Code): Code =>
  relaxed ? floats.multiplyAdd(a, b, c) : floats.add(floats.multiply(a, b), c)

/** A polynomial by Horner's rule, highest coefficient first. */
function polynomial(f: Routine, s: Settings, x: Code, [top = 0, ...rest]: readonly number[]): Code {
  return rest.reduce<Code>((p, c) => multiplyAdd(s, p, x, f.number(c)), f.number(top))
}

/** Code that needs its operand more than once: the local it is in. */
function bound(f: Routine, x: Code, body: (x: Code) => Code): Code {
  const local = f.local('v128')
  return [set(local, x), body(get(local))]
}

const log2e = 1.44269504088896341
const ln2High = 0.693359375
const ln2Low = -2.1219444e-4

/** eˣ: 0 below −86.99, ∞ above 88.72. */
export function vectorExp(f: Routine, s: Settings, operand: Code): Code {
  const [x, r, n] = [f.local('v128'), f.local('v128'), f.local('v128')]
  const c = (v: number): Code => f.number(v)
  return [
    set(x, operand),
    set(r, floats.lesser(floats.greater(get(x), c(-87.3)), c(88.72283935546875))),
    set(n, floats.floor(multiplyAdd(s, get(r), c(log2e), c(0.5)))),
    set(
      r,
      floats.subtract(floats.subtract(get(r), floats.multiply(get(n), c(ln2High))), floats.multiply(get(n), c(ln2Low))),
    ),
    // 2ⁿ in two factors, since 2¹²⁸ is no float32: the 2 first, since with it nothing is subnormal. At n = −126 the other is 0.
    floats.multiply(
      floats.multiply(
        multiplyAdd(
          s,
          polynomial(
            f,
            s,
            get(r),
            [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
          ),
          floats.multiply(get(r), get(r)),
          floats.add(get(r), c(1)),
        ),
        lanes.select(f.number(Infinity), c(2), floats.more(get(x), c(88.72283935546875))),
      ),
      ints.shiftLeft(ints.add(ints.ofFloats(get(n)), f.integer(126)), i32(23)),
    ),
  ]
}

/** log x: −∞ at 0, NaN below, ∞ at ∞; subnormal numbers are scaled first. */
export function vectorLog(f: Routine, s: Settings, operand: Code): Code {
  const [x, m, e, k, y] = [f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128')]
  const c = (v: number): Code => f.number(v)
  const smallest = 1.1754943508222875e-38
  return [
    set(x, operand),
    set(k, floats.less(get(x), c(smallest))),
    set(m, lanes.select(floats.multiply(get(x), c(8388608)), get(x), get(k))),
    set(e, floats.ofInts(ints.subtract(ints.shiftRightUnsigned(get(m), i32(23)), f.integer(126)))),
    set(e, floats.subtract(get(e), lanes.and(get(k), c(23)))),
    set(m, lanes.or(lanes.and(get(m), f.integer(0x007fffff)), f.integer(0x3f000000))),
    set(k, floats.less(get(m), c(0.70710678))),
    set(e, floats.subtract(get(e), lanes.and(get(k), c(1)))),
    set(m, floats.subtract(floats.add(get(m), lanes.and(get(k), get(m))), c(1))),
    set(k, floats.multiply(get(m), get(m))),
    set(
      y,
      polynomial(
        f,
        s,
        get(m),
        [
          7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
          2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
        ],
      ),
    ),
    set(y, floats.multiply(floats.multiply(get(y), get(m)), get(k))),
    set(y, floats.add(get(y), floats.multiply(get(e), c(ln2Low)))),
    set(y, floats.subtract(get(y), floats.multiply(get(k), c(0.5)))),
    set(y, floats.add(floats.add(get(m), get(y)), floats.multiply(get(e), c(ln2High)))),
    // ∞ and NaN as they are, 0 ↦ −∞, below 0 ↦ NaN.
    set(y, lanes.select(get(y), get(x), floats.less(get(x), c(Infinity)))),
    set(y, lanes.select(f.number(-Infinity), get(y), floats.equal(get(x), c(0)))),
    lanes.or(get(y), floats.less(get(x), c(0))),
  ]
}

/**
 * x P(x²) / Q(x²) on the operand clipped to ±bound; NaN stays. Never with fused multiply-adds, under which it does not end
 * at 1; the quotient first, since at small x the product of x and P is subnormal.
 */
function rational(f: Routine, x: Code, limit: number, over: readonly number[], under: readonly number[]): Code {
  const [v, square] = [f.local('v128'), f.local('v128')]
  const s: Settings = { relaxed: false }
  return [
    set(v, floats.lesser(floats.greater(x, f.number(-limit)), f.number(limit))),
    set(square, floats.multiply(get(v), get(v))),
    floats.multiply(get(v), floats.divide(polynomial(f, s, get(square), over), polynomial(f, s, get(square), under))),
  ]
}

/** tanh x: ±1 from ±7.9 on. */
export function vectorTanh(f: Routine, operand: Code): Code {
  return bound(f, operand, (x) =>
    lanes.select(
      rational(
        f,
        x,
        7.90531110763549805,
        [
          -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8, 1.48572235717979e-5,
          6.37261928875436e-4, 4.89352455891786e-3,
        ],
        [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3],
      ),
      x,
      lanes.not(floats.less(floats.absolute(x), f.number(0.0004))),
    ),
  )
}

/** The error function: ±1 from ±4 on; clipped to ±1, which the quotient passes by two units in the last place. */
export function vectorErf(f: Routine, operand: Code): Code {
  const quotient = rational(
    f,
    operand,
    4,
    [
      -2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6, -5.69250639462346e-5, -7.34990630326855e-4,
      -2.95459980854025e-3, -1.60960333262415e-2,
    ],
    [-1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3, -7.37332916720468e-3, -1.42647390514189e-2],
  )
  return floats.lesser(floats.greater(quotient, f.number(-1)), f.number(1))
}

/** 1 / (1 + e⁻ˣ). */
export function vectorSigmoid(f: Routine, s: Settings, x: Code): Code {
  return floats.divide(f.number(1), floats.add(f.number(1), vectorExp(f, s, floats.negate(x))))
}

/** A function of the host on each lane. */
export function laneByLane({ routine: f, imports }: Kernel, name: 'sin' | 'cos', operand: Code): Code {
  const [x, y] = [f.local('v128'), f.local('v128')]
  const at = imports.indexOf(name)
  return [
    set(x, operand),
    set(y, lanes.splatFloat(f32(0))),
    [0, 1, 2, 3].map((lane) =>
      set(
        y,
        lanes.replaceFloat(get(y), lane, double.toFloat(call(at, double.ofFloat(lanes.extractFloat(get(x), lane))))),
      ),
    ),
    get(y),
  ]
}
