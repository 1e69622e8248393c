import { dtypes, size, type Dtype, type Type } from '../../src/object/index.js'
import {
  add,
  broadcast,
  cast,
  constant,
  contract,
  exp,
  multiply,
  negate,
  reciprocal,
  reshape,
  slice,
  sum,
  tanh,
  transpose,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import type { Choice, Grammar } from '../../src/term/index.js'
import { polynomialGrammar } from '../subject/grammar.js'

type Use = (x: Wire, n: number, y: Wire) => Wire | readonly Wire[]

const use = (applies: (t: Type) => boolean, f: Use): Choice => ({
  applies,
  apply(x, n, peers) {
    const out = f(x, n, peers[n % peers.length] ?? x)
    return 'type' in out ? [out] : out
  },
})
const always = (): boolean => true
const ranked = (t: Type): boolean => t.shape.length >= 1
const small = (t: Type): boolean => t.shape.length <= 2 && size(t.shape) <= 6

/** 0, 1, −1 or 2 of a dtype, in a shape. */
const few = (x: Wire, n: number): Wire =>
  constant(x.algebra, x.type.dtype === 'bit' ? n % 2 : ([0, 1, -1, 2][n % 4] ?? 0), x.type.dtype, x.type.shape)

const moves: readonly Choice[] = [
  use(ranked, (x, n) =>
    transpose(
      x,
      x.type.shape.map((_, a) => (a + n) % x.type.shape.length),
    ),
  ),
  use(always, (x, n) => reshape(x, [[size(x.type.shape)], [1, size(x.type.shape)], x.type.shape][n % 3] ?? [])),
  use(small, (x, n) => broadcast(x, [0], [1 + (n % 2), ...x.type.shape])),
  use(ranked, (x, n) => sum(x, [n % x.type.shape.length])),
  use(ranked, (x) =>
    slice(
      x,
      x.type.shape.map(() => 0),
      x.type.shape.map((k) => Math.min(k, 2)),
    ),
  ),
]
const arithmetic: readonly Choice[] = [
  use(always, (x, _, y) => add(x, y)),
  use(always, (x, n) => add(x, few(x, n))),
  use(always, (x, n) => multiply(few(x, n), x)),
  use(always, negate),
  use(always, (x, _, y) => multiply(x, y)),
  use(always, (x, n) => [x, few(x, n)]),
  use(
    (t) => t.shape.length === 2 && small(t),
    (x, n, y) =>
      contract(x, n % 2 === 0 ? transpose(y, [1, 0]) : y, {
        left: 'ij',
        right: n % 2 === 0 ? 'jk' : 'kj',
        out: 'ik',
      }),
  ),
]

/**
 * Programs full of what compilers rewrite: constants 0, ±1 and 2, negations, transposes, reshapes and sums in a row.
 * Every operation is in every ring, so that they may be read in any.
 */
export function redexGrammar(dtype: Dtype): Grammar {
  return { ...polynomialGrammar(dtype), choices: [...arithmetic, ...moves] }
}

const hosted = (t: Type): boolean => t.dtype === 'float64'

/** Programs over float32 beside scalars in float64 that are cast to it: what is computed in two places. */
export function splitGrammar(): Grammar {
  const on = (side: (t: Type) => boolean, c: Choice): Choice => ({ ...c, applies: (t) => side(t) && c.applies(t) })
  const device = (t: Type): boolean => !hosted(t)
  const analytic = use((t) => dtypes[t.dtype].analytic, tanh)
  const scaled = use(hosted, (x) => [x, reciprocal(add(multiply(x, x), 1)), exp(negate(multiply(x, x)))])
  return {
    ...redexGrammar('float32'),
    types: [{ dtype: 'float64', shape: [] }, ...redexGrammar('float32').types],
    choices: [
      use(hosted, (x) => [x, cast(x, 'float32')]),
      ...arithmetic,
      analytic,
      scaled,
      ...moves.map((c) => on(device, c)),
    ],
  }
}
