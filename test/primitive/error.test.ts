import { describe, expect, it } from 'vitest'
import { bit, float64, int, integer, objectOf, type Ob } from '../../src/object/index.js'
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
  log,
  logSumExp,
  maximum,
  multiply,
  negate,
  pad,
  primitives,
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
import type { Algebra, Wire } from '../../src/structure/index.js'
import { diagram } from '../../src/term/index.js'

type Build = (wires: readonly [Wire, Wire, Wire], algebra: Algebra) => Wire
type Wrong = readonly [dom: Ob, build: Build, message: string]

const two = float64(2)
const three = float64(3)
const matrix = float64(2, 3)

const analytic = (name: string, f: (x: Wire) => Wire): readonly Wrong[] => [
  [[integer(2)], ([x]) => f(x), `${name}: the rig Z of integer is not analytic`],
  [[bit(2)], ([x]) => f(x), `${name}: the rig Z/2 of bit is not analytic`],
]
const ordered = (name: string, f: (x: Wire) => Wire): readonly Wrong[] => [
  [[bit(2)], ([x]) => f(x), `${name}: the rig Z/2 of bit is not ordered`],
]
const binary = (name: string, f: (x: Wire, y: Wire) => Wire): readonly Wrong[] => [
  [[two, three], ([x, y]) => f(x, y), `${name}: float64[2] and float64[3] differ`],
  [[two, [2]], ([x, y]) => f(x, y), `${name}: float64[2] and [2] differ`],
]
const words =
  (left: string, right: string, out: string): Build =>
  ([x, y]) =>
    contract(x, y, { left, right, out })

const cut =
  (attributes: {
    readonly axis: number
    readonly size: number
    readonly stride?: number
    readonly dilation?: number
  }): Build =>
  ([x]) =>
    windows(x, { stride: 1, dilation: 1, ...attributes })
const joined =
  (attributes: { readonly axis: number; readonly length: number; readonly stride?: number }): Build =>
  ([x]) =>
    fold(x, { stride: 1, dilation: 1, ...attributes })

/** What each primitive refuses, and the sentence it says; the compiler lists what is missing. */
const wrong: { readonly [P in PrimitiveName]: readonly Wrong[] } = {
  add: [
    ...binary('add', add),
    [[two], () => add(1, 2), 'add: one operand is a wire; given the numbers 1 and 2'],
    [[integer(2)], ([x]) => add(x, 0.5), 'constant: 0.5 is not an element of Z (integer[2])'],
  ],
  multiply: binary('multiply', multiply),
  negate: [
    [
      [two, two],
      ([x, y], algebra) => only(algebra.op(primitives.negate, {}, [x, y])),
      'negate: needs 1 operand, given 2',
    ],
  ],
  constant: [
    [[], (_, a) => constant(a, NaN, 'float64', []), 'constant: NaN is not a finite number'],
    [[], (_, a) => constant(a, 1, 'float64', [-1]), 'constant: [-1] is not a shape: sizes are integers ≥ 0'],
    [[], (_, a) => constant(a, Infinity, 'float32', []), 'constant: Infinity is not a finite number'],
    [[], (_, a) => constant(a, 1e39, 'float32', []), 'constant: 1e+39 is not a finite number in float32'],
    [[], (_, a) => constant(a, 0.5, 'bit', [3]), 'constant: 0.5 is not an element of Z/2 (bit[3])'],
    [[], (_, a) => constant(a, 0.5, 'int32', []), 'constant: 0.5 is not an element of Z/2³² (int32[])'],
  ],
  reciprocal: analytic('reciprocal', reciprocal),
  exp: analytic('exp', exp),
  log: analytic('log', log),
  sqrt: analytic('sqrt', sqrt),
  sin: analytic('sin', sin),
  cos: analytic('cos', cos),
  tanh: analytic('tanh', tanh),
  sigmoid: analytic('sigmoid', sigmoid),
  erf: analytic('erf', erf),
  relu: ordered('relu', relu),
  step: ordered('step', step),
  sign: ordered('sign', sign),
  abs: ordered('abs', abs),
  maximum: [...binary('maximum', maximum), ...ordered('maximum', (x) => maximum(x, x))],
  clip: [
    ...ordered('clip', (x) => clip(x, 0, 1)),
    [[two], ([x]) => clip(x, 1, 0), 'clip: the bounds 1 and 0 are not finite numbers in order'],
    [[two], ([x]) => clip(x, NaN, 0), 'clip: the bounds NaN and 0 are not finite numbers in order'],
    [[integer(2)], ([x]) => clip(x, 0.5, 1), 'clip: the bounds 0.5 and 1 are not elements of Z (integer)'],
  ],
  less: [...binary('less', less), ...ordered('less', (x) => less(x, x))],
  equal: binary('equal', equal),
  select: [
    [[two, two, two], ([c, x, y]) => select(c, x, y), 'select: the condition is bits, given float64[2]'],
    [[bit(2), two, three], ([c, x, y]) => select(c, x, y), 'select: float64[2] and float64[3] differ'],
    [[bit(3), two, two], ([c, x, y]) => select(c, x, y), 'select: the condition bit[3] does not fit float64[2]'],
  ],
  broadcast: [
    [[three], ([x]) => broadcast(x, [0], [3, 2]), 'broadcast: float64[3] does not become [3, 2] by new axes [0]'],
    [[three], ([x]) => broadcast(x, [2], [2, 3]), 'broadcast: [2] are not ascending axes of [2, 3]'],
    [[three], ([x]) => broadcast(x, [0], [-1, 3]), 'broadcast: [-1, 3] is not a shape: sizes are integers ≥ 0'],
  ],
  sum: [
    [[matrix], ([x]) => sum(x, [2]), 'sum: [2] are not ascending axes of [2, 3]'],
    [[matrix], ([x]) => sum(x, [1, 0]), 'sum: [1, 0] are not ascending axes of [2, 3]'],
  ],
  reshape: [
    [[matrix], ([x]) => reshape(x, [4]), 'reshape: float64[2, 3] has 6 entries, [4] has 4'],
    [[matrix], ([x]) => reshape(x, [2.5]), 'reshape: [2.5] is not a shape: sizes are integers ≥ 0'],
  ],
  transpose: [
    [[matrix], ([x]) => transpose(x, [0]), 'transpose: [0] does not permute the axes of float64[2, 3]'],
    [[matrix], ([x]) => transpose(x, [0, 0]), 'transpose: [0, 0] does not permute the axes of float64[2, 3]'],
  ],
  slice: [
    [[three], ([x]) => slice(x, [2], [2]), 'slice: [2] at [2] is not inside float64[3]'],
    [[three], ([x]) => slice(x, [-1], [2]), 'slice: [2] at [-1] is not inside float64[3]'],
    [[three], ([x]) => slice(x, [], []), 'slice: [] at [] is not inside float64[3]'],
  ],
  pad: [
    [[three], ([x]) => pad(x, [1, 1], [0]), 'pad: [1, 1] and [0] are not one number for each axis of float64[3]'],
    [[three], ([x]) => pad(x, [-1], [0]), 'pad: [-1, 0] is not a shape: sizes are integers ≥ 0'],
  ],
  concat: [
    [[], (_, a) => only(a.op(primitives.concat, { axis: 0 }, [])), 'concat: needs at least 1 operand, given 0'],
    [[two, matrix], ([x, y]) => concat([x, y], 0), 'concat: float64[2] and float64[2, 3] differ off axis 0'],
    [[two, [2]], ([x, y]) => concat([x, y], 0), 'concat: float64[2] and [2] differ off axis 0'],
    [[two], ([x]) => concat([x], 1), 'concat: 1 is not an axis of float64[2]'],
  ],
  contract: [
    [[matrix, [3, 2]], words('ij', 'jk', 'ik'), 'contract: float64 and float32 differ'],
    [[matrix, matrix], words('ij', 'jk', 'ik'), 'contract ij,jk→ik: j is 3 and 2'],
    [[matrix, matrix], words('i', 'jk', 'ik'), 'contract i,jk→ik: the word "i" does not fit [2, 3]'],
    [[matrix, matrix], words('ij', 'kl', 'ijk'), 'contract ij,kl→ijk: l stands in one word only'],
    [[float64(2, 2), two], words('ii', 'i', 'i'), 'contract ii,i→i: a letter repeats in "ii"'],
  ],
  windows: [
    [[matrix], cut({ axis: 2, size: 1 }), 'windows: 2 is not an axis of float64[2, 3]'],
    [[matrix], cut({ axis: 1, size: 0 }), 'windows: needs a size that is an integer ≥ 1, given 0'],
    [[matrix], cut({ axis: 1, size: 2, stride: 0 }), 'windows: needs a stride that is an integer ≥ 1, given 0'],
    [[matrix], cut({ axis: 1, size: 2, dilation: 1.5 }), 'windows: needs a dilation that is an integer ≥ 1, given 1.5'],
    [
      [matrix],
      cut({ axis: 1, size: 3, dilation: 2 }),
      'windows: axis 1 of float64[2, 3] has 3 entries, size 3 at dilation 2 needs 5',
    ],
    [
      [two, two],
      ([x, y], a) => only(a.op(primitives.windows, { axis: 0, size: 1, stride: 1, dilation: 1 }, [x, y])),
      'windows: needs 1 operand, given 2',
    ],
  ],
  fold: [
    [[two], joined({ axis: 0, length: 2 }), 'fold: 0 and 1 are not axes of float64[2]'],
    [[matrix], joined({ axis: 0, length: -1 }), 'fold: needs a length that is an integer ≥ 1, given -1'],
    [[float64(2, 0)], joined({ axis: 0, length: 1 }), 'fold: needs a size that is an integer ≥ 1, given 0'],
    [[matrix], joined({ axis: 0, length: 4, stride: NaN }), 'fold: needs a stride that is an integer ≥ 1, given NaN'],
    [
      [matrix],
      joined({ axis: 0, length: 5 }),
      'fold: 5 entries have 3 windows of size 3, stride 1 and dilation 1, axis 0 of float64[2, 3] has 2',
    ],
  ],
  argmax: [
    ...ordered('argmax', (x) => argmax(x, 0)),
    [[two], ([x]) => argmax(x, 1), 'argmax: 1 is not an axis of float64[2]'],
    [[float64(0)], ([x]) => argmax(x, 0), 'argmax: axis 0 of float64[0] is empty'],
  ],
  reduceMax: [
    ...ordered('reduceMax', (x) => reduceMax(x, 0)),
    [[float64(2, 0)], ([x]) => reduceMax(x, 1), 'reduceMax: axis 1 of float64[2, 0] is empty'],
  ],
  logSumExp: [
    ...analytic('logSumExp', (x) => logSumExp(x, 0)),
    [[float64()], ([x]) => logSumExp(x, 0), 'logSumExp: 0 is not an axis of float64[]'],
  ],
  gather: [
    [[matrix, two], ([x, i]) => gather(x, i), 'gather: indices are int32, given float64[2]'],
    [[float64(), int(2)], ([x, i]) => gather(x, i), 'gather: the table float64[] has no rows'],
  ],
  scatterAdd: [
    [[two, two], ([i, x]) => scatterAdd(i, x, 3), 'scatterAdd: indices are int32, given float64[2]'],
    [[int(2), three], ([i, x]) => scatterAdd(i, x, 3), 'scatterAdd: float64[3] does not begin like int32[2]'],
    [[int(2), two], ([i, x]) => scatterAdd(i, x, -1), 'scatterAdd: -1 is not a number of rows: needs an integer ≥ 0'],
  ],
  iota: [
    [[], (_, a) => iota(a, [2], 1), 'iota: 1 is not an axis of [2]'],
    [[], (_, a) => iota(a, [-2], 0), 'iota: [-2] is not a shape: sizes are integers ≥ 0'],
  ],
  randomBits: [[[int(3)], ([k]) => randomBits(k, [2]), 'randomBits: a key is int32[2], given int32[3]']],
  cast: [
    [
      [two, two],
      ([x, y], a) => only(a.op(primitives.cast, { dtype: 'bit' }, [x, y])),
      'cast: needs 1 operand, given 2',
    ],
  ],
}

const only = ([w]: readonly Wire[]): Wire => w as Wire

for (const [name, table] of Object.entries(wrong))
  describe(name, () => {
    for (const [dom, build, message] of table)
      it(message, () => {
        const construct = (): unknown =>
          diagram(objectOf(dom), (wires, algebra) => [build(wires as unknown as readonly [Wire, Wire, Wire], algebra)])
        expect(construct).toThrow(new TypeError(message))
      })
  })

describe('a cast', () => {
  it('to its own dtype is the wire itself', () => {
    const f = diagram(objectOf([two]), ([x]) => [cast(x as Wire, 'float64')])
    expect(f.boxes).toHaveLength(0)
  })
})

describe('the scalar forms', () => {
  it('negate is refused by no dtype of the table, each of which is a ring', () => {
    for (const type of [[2], float64(2), integer(2), int(2), bit(2)])
      expect(diagram(objectOf([type as [number]]), ([x]) => [negate(x as Wire)]).boxes).toHaveLength(1)
  })
})
