import { dtypes, size, type Dtype, type Type } from '../../src/object/index.js'
import {
  abs,
  add,
  argmax,
  broadcast,
  cast,
  clip,
  concat,
  constant,
  contract,
  cos,
  equal,
  erf,
  exp,
  fold,
  gather,
  iota,
  less,
  like,
  log,
  logSumExp,
  maximum,
  multiply,
  negate,
  pad,
  randomBits,
  reciprocal,
  reduceMax,
  relu,
  reshape,
  scatterAdd,
  select,
  sigmoid,
  sign,
  sin,
  slice,
  sqrt,
  step,
  sum,
  tanh,
  transpose,
  windows,
  type PrimitiveName,
} from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { element, type Choice, type Grammar } from '../../src/term/index.js'

/** How a step of a generated program uses a primitive: where it applies, and the wires that replace x. */
type Use = (x: Wire, n: number, y: Wire, depth: number) => Wire | readonly Wire[]

const rank = (t: Type): number => t.shape.length
const axisOf = (x: Wire, n: number): number => n % rank(x.type)
const along = (x: Wire, axis: number, here: number, there: (a: number) => number): number[] =>
  x.type.shape.map((_, a) => (a === axis ? here : there(a)))

/** Any rig; the operand is small enough to grow, of rank at most 2. */
const small = (t: Type): boolean => size(t.shape) <= 6 && rank(t) <= 2
const ranked = (t: Type): boolean => rank(t) >= 1
const filled = (t: Type): boolean => rank(t) >= 1 && size(t.shape) > 0
const real = (t: Type): boolean => dtypes[t.dtype].analytic
const both =
  (...tests: readonly ((t: Type) => boolean)[]) =>
  (t: Type): boolean =>
    tests.every((test) => test(t))

const use = (applies: (t: Type) => boolean, f: Use): Choice => ({
  applies,
  apply(x, n, peers, depth) {
    const out = f(x, n, peers[n % peers.length] ?? x, depth)
    return 'type' in out ? [out] : out
  },
})

/** `x + 1/p`, with a prime of its own for each step: no dyadic point meets a kink at 0. */
const shifted = (x: Wire, depth: number): Wire => add(x, 1 / ([3, 5, 7, 11, 13, 17, 19, 23][depth % 8] ?? 3))
/** `1 + x²`, inside the domain of reciprocal, log and sqrt. */
const positive = (x: Wire): Wire => add(multiply(x, x), 1)
/** k indices from n mod 3 on; some may be out of range. */
const index = (x: Wire, n: number, k: number): Wire => add(iota(x.algebra, [k], 0), n % 3)

/** Index words for operands of rank 0, 1 and 2 of one type. */
const words: readonly (readonly (readonly [string, string, string])[])[] = [
  [['', '', '']],
  [
    ['i', 'i', ''],
    ['i', 'i', 'i'],
    ['i', 'j', 'ij'],
    ['i', 'j', 'ji'],
  ],
  [
    ['ij', 'ij', ''],
    ['ij', 'kj', 'ik'],
    ['ij', 'ik', 'jk'],
    ['ij', 'ij', 'i'],
    ['ij', 'ij', 'ji'],
  ],
]

/** Every primitive in use, one line each; a new primitive stops this from compiling. */
const choices: { readonly [P in PrimitiveName]: Choice } = {
  add: use(
    () => true,
    (x, _, y) => add(x, y),
  ),
  multiply: use(
    () => true,
    (x, _, y) => multiply(x, y),
  ),
  negate: use(() => true, negate),
  constant: use(
    () => true,
    (x, n) => [x, like(x, element(x.type.dtype, n))],
  ),
  reciprocal: use(real, (x) => reciprocal(positive(x))),
  exp: use(real, (x) => exp(negate(multiply(x, x)))),
  log: use(real, (x) => log(positive(x))),
  sqrt: use(real, (x) => sqrt(positive(x))),
  sin: use(real, sin),
  cos: use(real, cos),
  tanh: use(real, tanh),
  sigmoid: use(real, sigmoid),
  erf: use(real, erf),
  relu: use(real, (x, _, __, depth) => relu(shifted(x, depth))),
  step: use(real, (x, _, __, depth) => multiply(x, step(shifted(x, depth)))),
  sign: use(real, (x, _, __, depth) => multiply(x, sign(shifted(x, depth)))),
  abs: use(real, (x, _, __, depth) => abs(shifted(x, depth))),
  maximum: use(real, (x, _, y) => maximum(x, y)),
  clip: use(real, (x, n) => clip(x, -1 - (n % 2), 1)),
  less: use(real, (x, _, y) => select(less(x, y), x, y)),
  equal: use(real, (x, _, y) => select(equal(x, y), y, x)),
  select: use(
    () => true,
    (x, n, y) => select(less(reshape(iota(x.algebra, [size(x.type.shape)], 0), x.type.shape), n % 3), y, x),
  ),
  broadcast: use(small, (x, n) => {
    const axis = n % (rank(x.type) + 1)
    return broadcast(x, [axis], [...x.type.shape.slice(0, axis), 1 + (n % 2), ...x.type.shape.slice(axis)])
  }),
  sum: use(ranked, (x, n) => sum(x, [axisOf(x, n)])),
  reshape: use(
    () => true,
    (x, n) => reshape(x, [[size(x.type.shape)], [size(x.type.shape), 1], [1, size(x.type.shape)]][n % 3] ?? []),
  ),
  transpose: use(ranked, (x, n) =>
    transpose(
      x,
      x.type.shape.map((_, a) => (a + n) % rank(x.type)),
    ),
  ),
  slice: use(ranked, (x, n) => {
    const axis = axisOf(x, n)
    const start = n % ((x.type.shape[axis] ?? 0) + 1)
    return slice(
      x,
      along(x, axis, start, () => 0),
      x.type.shape.map((k, a) => (a === axis ? k - start : k)),
    )
  }),
  pad: use(both(ranked, small), (x, n) =>
    pad(
      x,
      along(x, axisOf(x, n), n % 2, () => 0),
      along(x, axisOf(x, n), 1, () => 0),
    ),
  ),
  concat: use(both(ranked, small), (x, n, y) => concat([x, y], axisOf(x, n))),
  contract: use(small, (x, n, y) => {
    const [left, right, out] = words[rank(x.type)]?.[n % (words[rank(x.type)]?.length ?? 1)] ?? ['', '', '']
    return contract(x, y, { left, right, out })
  }),
  argmax: use(both(real, filled), (x, n) => {
    const axis = axisOf(x, n)
    const first = equal(iota(x.algebra, x.type.shape, axis), broadcast(argmax(x, axis), [axis], x.type.shape))
    return select(first, x, 0)
  }),
  reduceMax: use(both(real, filled), (x, n) => reduceMax(x, axisOf(x, n))),
  logSumExp: use(both(real, filled), (x, n) => logSumExp(x, axisOf(x, n))),
  gather: use(ranked, (x, n) => gather(x, index(x, n, 2))),
  scatterAdd: use(ranked, (x, n) => scatterAdd(index(x, n, x.type.shape[0] ?? 0), x, 1 + (n % 3))),
  iota: use(ranked, (x) => gather(x, iota(x.algebra, [x.type.shape[0] ?? 0], 0))),
  randomBits: use(
    () => true,
    (x, n) => select(less(randomBits(iota(x.algebra, [2], 0), x.type.shape), n % 2), x, 0),
  ),
  cast: use(
    (t) => t.dtype === 'float64',
    (x) => cast(cast(tanh(x), 'float32'), 'float64'),
  ),
  windows: use(both(filled, small), (x, n) => {
    const axis = axisOf(x, n)
    const k = x.type.shape[axis] ?? 0
    return windows(x, {
      axis,
      size: 1 + (n % Math.min(k, 2)),
      stride: 1 + (n % 2),
      dilation: 1 + (n % Math.max(k - 1, 1)),
    })
  }),
  fold: use(
    (t) => rank(t) >= 2 && size(t.shape) > 0 && size(t.shape) <= 12,
    (x, n) => {
      const axis = n % (rank(x.type) - 1)
      const [m = 1, k = 1] = x.type.shape.slice(axis)
      const [stride, dilation] = [1 + (n % 2), 1 + (n % 3)]
      return fold(x, { axis, length: (m - 1) * stride + (k - 1) * dilation + 1 + (n % stride), stride, dilation })
    },
  ),
}

/** x as a vector of k entries, cut or filled with zeros, read in another shape. */
function fit(x: Wire, shape: readonly number[]): Wire {
  const [n, k] = [size(x.type.shape), size(shape)]
  if (x.type.shape.join() === shape.join()) return x
  const flat = reshape(x, [n])
  return reshape(n < k ? pad(flat, [0], [k - n]) : slice(flat, [0], [k]), shape)
}

const shapes: readonly (readonly number[])[] = [[2], [], [1], [3], [2, 2], [0], [2, 3]]

/** Chosen more often than the others: products and sums are what tells derivatives apart. */
const often: readonly Choice[] = [choices.multiply, choices.multiply, choices.add]

/**
 * Programs over every primitive that has a derivative in the rig of a dtype: all of them over the reals, the polynomial
 * ones elsewhere. Without discards every wire is read, so that no cotangent is absent.
 */
export function grammar(dtype: Dtype, discards = true): Grammar {
  return grammarOf(dtype, [...Object.values(choices), ...often], discards, 1)
}

/** Programs of sums and products alone: exact at dyadic points of every rig while they are small. */
export function polynomialGrammar(dtype: Dtype, discards = true): Grammar {
  return grammarOf(dtype, [...linear, 'multiply', 'contract', 'constant', 'select'].map(choiceOf), discards, 1)
}

/** Programs of linear maps, with multiples by 0 to 3. */
export function linearGrammar(dtype: Dtype): Grammar {
  const scale = use(
    () => true,
    (x, n) => multiply(n % 4, x),
  )
  return grammarOf(dtype, [...linear.map(choiceOf), scale], true, 0)
}

const linear = [
  'add',
  'broadcast',
  'sum',
  'reshape',
  'transpose',
  'slice',
  'pad',
  'concat',
  'gather',
  'scatterAdd',
  'windows',
  'fold',
] as const
const choiceOf = (name: string): Choice => choices[name as PrimitiveName]

function grammarOf(dtype: Dtype, given: readonly Choice[], discards: boolean, scale: number): Grammar {
  return {
    types: shapes.map((shape) => ({ dtype, shape })),
    choices: given,
    discards,
    constant: (algebra, n, type) => constant(algebra, scale * element(type.dtype, n), type.dtype, type.shape),
    add,
    fit,
  }
}
