import type { Dialect, Scalar } from './dialect.js'

/**
 * Functions that shading languages lack, leave to the driver, or allow to take NaN for a number. Their bodies use
 * expressions that GLSL and WGSL read alike, and what a {@link Dialect} writes.
 */

/** π/2 in three parts, of 8, 11 and 24 bits: their products with small integers are exact (Cody and Waite 1980). */
const parts = ['1.5703125', '4.837512969970703125e-4', '7.54978995489188216e-8']
/** x less k right angles, within π/4 of 0. */
const reduced = parts.reduce((rest, part) => `(${rest} - k * ${part})`, 'x')
/** `sin r` and `cos r` within π/4 of 0; S. Moshier, Cephes, sinf and cosf. */
const sine = 'r + r * z * ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1)'
const cosine = '1.0 - 0.5 * z + z * z * ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2)'

/** `sin(x + shift · π/2)`; beyond 2¹⁵, where the reduction loses its bits, the driver's. */
const circular =
  (name: string, shift: number) =>
  (d: Dialect): string[] => [
    'if (isNan(x) || abs(x) == infinity()) { return notANumber(); }',
    `if (abs(x) > 32768.0) { return ${name}(x); }`,
    d.constant('float', 'k', 'floor(x * 0.6366197723675814 + 0.5)'),
    d.constant('float', 'r', reduced),
    d.constant('float', 'z', 'r * r'),
    d.constant('int', 'q', `(int(k) + ${shift}) & 3`),
    d.constant('float', 'y', d.choose('(q & 1) == 0', sine, cosine)),
    `return ${d.choose('q < 2', 'y', '-y')};`,
  ]

interface Definition {
  readonly type?: Scalar
  readonly parameters?: readonly string[]
  readonly result?: Scalar
  readonly needs?: readonly FunctionName[]
  readonly body: (d: Dialect) => readonly string[]
}

/** The name of a function. */
export type FunctionName =
  | 'isNan'
  | 'exponential'
  | 'logarithm'
  | 'root'
  | 'sinOf'
  | 'cosOf'
  | 'tanhOf'
  | 'sigmoidOf'
  | 'erfOf'
  | 'stepOf'
  | 'signOf'
  | 'larger'
  | 'clipped'
  | 'residue'
  | 'addLog'

const definitions: { readonly [F in FunctionName]: Definition } = {
  isNan: { result: 'bool', body: () => ['return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u;'] },
  exponential: { needs: ['isNan'], body: () => ['if (isNan(x)) { return x; }', 'return exp(x);'] },
  logarithm: {
    needs: ['isNan'],
    body: () => [
      'if (isNan(x) || x == infinity()) { return x; }',
      'if (x < 0.0) { return notANumber(); }',
      'if (x == 0.0) { return -infinity(); }',
      'return log(x);',
    ],
  },
  root: {
    needs: ['isNan'],
    body: () => [
      'if (isNan(x) || x == infinity() || x == 0.0) { return x; }',
      'if (x < 0.0) { return notANumber(); }',
      'return sqrt(x);',
    ],
  },
  sinOf: { needs: ['isNan'], body: circular('sin', 0) },
  cosOf: { needs: ['isNan'], body: circular('cos', 1) },
  // S. Moshier, Cephes, tanhf.
  tanhOf: {
    needs: ['isNan'],
    body: (d) => [
      'if (isNan(x)) { return x; }',
      d.constant('float', 'm', 'abs(x)'),
      'if (m < 0.625) {',
      d.constant('float', 'z', 'x * x'),
      'return x + x * z * ((((-5.70498872745e-3 * z + 2.06390887954e-2) * z - 5.37397155531e-2) * z + 1.33314422036e-1) * z - 3.33332819422e-1);',
      '}',
      d.constant('float', 'y', '1.0 - 2.0 / (exp(min(2.0 * m, 80.0)) + 1.0)'),
      `return ${d.choose('x < 0.0', '-y', 'y')};`,
    ],
  },
  sigmoidOf: { needs: ['isNan'], body: () => ['if (isNan(x)) { return x; }', 'return 1.0 / (1.0 + exp(-x));'] },
  // M. Abramowitz, I. Stegun, 7.1.26: within 1.5e-7; x · 2/√π (1 − x²/3) below 2⁻⁵.
  erfOf: {
    needs: ['isNan'],
    body: (d) => [
      'if (isNan(x)) { return x; }',
      d.constant('float', 'm', 'abs(x)'),
      'if (m < 0.03125) { return x * (1.1283791671 - 0.37612638903 * x * x); }',
      d.constant('float', 't', '1.0 / (1.0 + 0.3275911 * m)'),
      d.constant(
        'float',
        'y',
        '1.0 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * exp(-min(m * m, 80.0))',
      ),
      `return ${d.choose('x < 0.0', '-y', 'y')};`,
    ],
  },
  stepOf: {
    needs: ['isNan'],
    body: (d) => ['if (isNan(x)) { return x; }', `return ${d.choose('x > 0.0', '1.0', '0.0')};`],
  },
  signOf: {
    needs: ['isNan'],
    body: (d) => [
      'if (isNan(x)) { return x; }',
      `return ${d.choose('x > 0.0', '1.0', d.choose('x < 0.0', '-1.0', '0.0'))};`,
    ],
  },
  larger: {
    parameters: ['x', 'y'],
    needs: ['isNan'],
    body: (d) => [`return ${d.choose('isNan(x) || x > y', 'x', 'y')};`],
  },
  clipped: {
    parameters: ['x', 'low', 'high'],
    needs: ['isNan'],
    body: (d) => [
      'if (isNan(x)) { return x; }',
      d.constant('float', 'y', d.choose('x < low', 'low', 'x')),
      `return ${d.choose('high < y', 'high', 'y')};`,
    ],
  },
  // The integer part modulo 2³², 0 at NaN and infinities: m − ⌊m 2⁻³²⌋ 2³² is exact.
  residue: {
    result: 'int',
    needs: ['isNan'],
    body: (d) => [
      'if (isNan(x) || abs(x) == infinity()) { return 0; }',
      d.constant('float', 'm', 'floor(abs(x))'),
      d.constant('int', 'y', 'int(uint(m - floor(m * 2.3283064365386963e-10) * 4294967296.0))'),
      `return ${d.choose('x < 0.0', '-y', 'y')};`,
    ],
  },
  addLog: {
    parameters: ['m', 's'],
    needs: ['logarithm'],
    body: () => ['if (abs(m) == infinity()) { return m; }', 'return m + logarithm(s);'],
  },
}

/** The definitions of functions and of those that they call, each before its callers. */
export function definitionsOf(d: Dialect, names: Iterable<FunctionName>): string[] {
  const done = new Map<FunctionName, string>()
  const visit = (name: FunctionName): void => {
    if (done.has(name)) return
    const { type = 'float', parameters = ['x'], result = type, needs = [], body } = definitions[name]
    for (const other of needs) visit(other)
    done.set(name, d.define(name, type, parameters, result, body(d)))
  }
  for (const name of names) visit(name)
  return [...done.values()]
}
