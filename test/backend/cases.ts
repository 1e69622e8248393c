import type { Dtype, Type } from '../../src/object/index.js'
import type { PrimitiveName } from '../../src/primitive/index.js'
import type { Attributes } from '../../src/structure/index.js'

/** How the entries of an operand are drawn: all are exact in float32, so that sums and products of them are. */
export type Draw = 'sixteenths' | 'positive' | 'moderate' | 'small' | 'wide' | 'row' | 'repeating' | 'special'

/** A primitive at a domain. */
export interface Case {
  readonly attributes: Attributes
  readonly dom: readonly Type[]
  /** By operand; sixteenths for floats, small integers for int32 where left out. */
  readonly draw?: readonly Draw[]
}

const real = (...shape: number[]): Type => ({ dtype: 'float32', shape })
const int = (...shape: number[]): Type => ({ dtype: 'int32', shape })
const bit = (...shape: number[]): Type => ({ dtype: 'bit', shape })

const shapes: readonly (readonly number[])[] = [[], [5], [2, 3], [4, 1, 3], [2, 3, 2, 4], [0], [2, 0, 3], [33, 17]]

/** One case a shape. */
function over(dtypes: readonly Dtype[], arity: number, attributes: Attributes = {}, ...draw: Draw[]): Case[] {
  return dtypes.flatMap((dtype) =>
    shapes.map((shape): Case => ({
      attributes,
      dom: Array.from({ length: arity }, () => ({ dtype, shape })),
      ...(draw.length > 0 ? { draw } : {}),
    })),
  )
}
const one = (attributes: Attributes, ...dom: Type[]): Case => ({ attributes, dom })
const drawn = (attributes: Attributes, draw: readonly Draw[], ...dom: Type[]): Case => ({ attributes, dom, draw })
const constant = (value: number, dtype: Dtype, shape: readonly number[]): Case => one({ value, dtype, shape })
/** One case a dtype. */
const each = (attributes: Attributes, ...shape: number[]): Case[] => [
  one(attributes, real(...shape)),
  one(attributes, int(...shape)),
  one(attributes, bit(...shape)),
]
/** Entries that are NaN, infinite or a zero of either sign: few of them and many, as kernels change with the size. */
const special = (arity: number, attributes: Attributes = {}): Case[] =>
  [[9], [33, 17]].map((shape) =>
    drawn(
      attributes,
      Array.from({ length: arity }, () => 'special' as const),
      ...Array.from({ length: arity }, () => real(...shape)),
    ),
  )
/** Lines of such entries, along either axis: of 1, 2 and 3, so that some hold none of one kind, and of many. */
const lines: readonly Case[] = [1, 2, 3, 40].flatMap((n) => [
  drawn({ axis: 0 }, ['special'], real(n, 150)),
  drawn({ axis: 1 }, ['special'], real(150, n)),
])
const words = (left: string, right: string, out: string): Attributes => ({ left, right, out })

/** Cases of every primitive: scalars, empty tensors, rank 4, sizes at which kernels change, and every dtype that is not float64 or integer. */
export const cases: { readonly [P in PrimitiveName]: readonly Case[] } = {
  add: [...special(2), ...over(['float32', 'bit'], 2), ...over(['int32'], 2, {}, 'wide', 'wide')],
  multiply: [...special(2), ...over(['float32', 'bit'], 2), ...over(['int32'], 2, {}, 'wide', 'wide')],
  negate: [...special(1), ...over(['float32', 'bit'], 1), ...over(['int32'], 1, {}, 'wide')],
  constant: [
    constant(0.25, 'float32', []),
    constant(-3, 'float32', [2, 3]),
    constant(7, 'int32', [3]),
    constant(1, 'bit', [2, 2]),
    constant(2, 'bit', [2]),
    constant(1, 'float32', [0]),
  ],
  reciprocal: [...special(1), ...over(['float32'], 1, {}, 'positive')],
  exp: [...special(1), ...over(['float32'], 1, {}, 'moderate')],
  log: [...special(1), ...over(['float32'], 1, {}, 'positive')],
  sqrt: [...special(1), ...over(['float32'], 1, {}, 'positive')],
  sin: [...special(1), ...over(['float32'], 1, {}, 'moderate')],
  cos: [...special(1), ...over(['float32'], 1, {}, 'moderate')],
  tanh: [...special(1), ...over(['float32'], 1, {}, 'moderate')],
  sigmoid: [...special(1), ...over(['float32'], 1, {}, 'moderate')],
  erf: [...special(1), ...over(['float32'], 1, {}, 'moderate')],
  relu: [...special(1), ...over(['float32', 'int32'], 1)],
  step: [...special(1), ...over(['float32', 'int32'], 1)],
  sign: [...special(1), ...over(['float32', 'int32'], 1)],
  abs: [...special(1), ...over(['float32', 'int32'], 1)],
  maximum: [...special(2), ...over(['float32', 'int32'], 2, {}, 'repeating', 'repeating')],
  clip: [
    ...special(1, { low: -0.5, high: 0.75 }),
    ...special(1, { low: 0.5, high: 0.5 }),
    ...over(['float32'], 1, { low: -0.5, high: 0.75 }),
    ...over(['int32'], 1, { low: -2, high: 3 }),
    ...over(['float32'], 1, { low: 0.5, high: 0.5 }),
  ],
  less: [...special(2), ...over(['float32', 'int32'], 2, {}, 'repeating', 'repeating')],
  equal: [...special(2), ...over(['float32', 'int32', 'bit'], 2, {}, 'repeating', 'repeating')],
  select: [[], [4], [2, 3], [2, 1, 3, 2], [0, 2], [40, 9]].flatMap((s) => [
    drawn({}, ['sixteenths', 'special', 'special'], bit(...s), real(...s), real(...s)),
    one({}, bit(...s), real(...s), real(...s)),
    one({}, bit(...s), int(...s), int(...s)),
    one({}, bit(...s), bit(...s), bit(...s)),
  ]),
  broadcast: [
    drawn({ axes: [0], shape: [4, 9] }, ['special'], real(9)),
    drawn({ axes: [1], shape: [9, 4] }, ['special'], real(9)),
    ...each({ axes: [0], shape: [4] }),
    ...each({ axes: [0, 1], shape: [4, 3] }),
    ...each({ axes: [0], shape: [4, 3] }, 3),
    ...each({ axes: [1], shape: [3, 4] }, 3),
    ...each({ axes: [1, 3], shape: [2, 5, 3, 2] }, 2, 3),
    ...each({ axes: [0], shape: [0, 3] }, 3),
    ...each({ axes: [1], shape: [3, 1] }, 3),
  ],
  sum: [
    drawn({ axes: [0] }, ['special'], real(3, 150)),
    drawn({ axes: [1] }, ['special'], real(150, 3)),
    drawn({ axes: [0, 2] }, ['special'], real(2, 20, 1)),
    ...each({ axes: [] }),
    ...each({ axes: [0] }, 5),
    ...each({ axes: [0] }, 4, 3),
    ...each({ axes: [1] }, 4, 3),
    ...each({ axes: [0, 1] }, 4, 3),
    ...each({ axes: [1] }, 2, 3, 4),
    ...each({ axes: [0, 2] }, 2, 3, 4, 2),
    ...each({ axes: [1, 3] }, 2, 3, 4, 2),
    ...each({ axes: [1] }, 2, 0),
    ...each({ axes: [0] }, 3, 0),
    ...each({ axes: [0] }, 64, 66),
    ...each({ axes: [0] }, 64, 33),
  ],
  reshape: [
    drawn({ shape: [3, 4] }, ['special'], real(12)),
    ...each({ shape: [6] }, 2, 3),
    ...each({ shape: [3, 2] }, 6),
    ...each({ shape: [] }, 1, 1),
    ...each({ shape: [1] }),
    ...each({ shape: [0, 7] }, 3, 0),
    ...each({ shape: [2, 2, 6] }, 2, 3, 4),
  ],
  transpose: [
    drawn({ axes: [1, 0] }, ['special'], real(64, 33)),
    drawn({ axes: [2, 0, 1] }, ['special'], real(2, 3, 4)),
    ...each({ axes: [] }),
    ...each({ axes: [1, 0] }, 2, 3),
    ...each({ axes: [2, 0, 1] }, 2, 3, 4),
    ...each({ axes: [0, 2, 1] }, 2, 3, 4),
    ...each({ axes: [3, 1, 0, 2] }, 2, 3, 4, 2),
    ...each({ axes: [1, 0] }, 3, 0),
    ...each({ axes: [1, 0] }, 64, 34),
    ...each({ axes: [1, 0] }, 64, 33),
    ...each({ axes: [0, 2, 1] }, 3, 32, 18),
    ...each({ axes: [2, 1, 0] }, 5, 1, 7),
    ...each({ axes: [4, 2, 0, 3, 1] }, 2, 3, 2, 3, 2),
  ],
  slice: [
    drawn({ start: [1, 1], size: [3, 2] }, ['special'], real(5, 4)),
    ...each({ start: [], size: [] }),
    ...each({ start: [1], size: [3] }, 5),
    ...each({ start: [1, 0], size: [2, 3] }, 4, 3),
    ...each({ start: [0, 1], size: [4, 2] }, 4, 3),
    ...each({ start: [1, 0, 2, 1], size: [1, 3, 2, 1] }, 2, 3, 4, 2),
    ...each({ start: [1, 1], size: [0, 2] }, 3, 3),
    ...each({ start: [0, 0], size: [3, 3] }, 3, 3),
  ],
  pad: [
    drawn({ before: [1, 2], after: [0, 1] }, ['special'], real(3, 4)),
    ...each({ before: [], after: [] }),
    ...each({ before: [1], after: [2] }, 3),
    ...each({ before: [0, 1], after: [2, 0] }, 2, 3),
    ...each({ before: [1, 0], after: [1, 0] }, 2, 3),
    ...each({ before: [0, 1, 0, 2], after: [1, 0, 0, 0] }, 2, 3, 2, 2),
    ...each({ before: [1, 0], after: [0, 0] }, 0, 2),
    ...each({ before: [0], after: [0] }, 3),
  ],
  concat: [real, int, bit].flatMap((t) => [
    ...(t === real ? [drawn({ axis: 1 }, ['special', 'special'], real(2, 9), real(2, 5))] : []),
    one({ axis: 0 }, t(3)),
    one({ axis: 0 }, t(3), t(2)),
    one({ axis: 0 }, t(2, 3), t(1, 3), t(4, 3)),
    one({ axis: 1 }, t(2, 3), t(2, 1)),
    one({ axis: 2 }, t(2, 3, 2, 2), t(2, 3, 1, 2)),
    one({ axis: 0 }, t(0, 3), t(2, 3)),
    one({ axis: 1 }, t(0, 3), t(0, 2)),
  ]),
  contract: [
    ...[real, int, bit].flatMap((t) => [
      one(words('', '', ''), t(), t()),
      one(words('i', 'i', ''), t(5), t(5)),
      one(words('i', 'j', 'ij'), t(3), t(4)),
      one(words('i', 'j', 'ji'), t(3), t(4)),
      one(words('i', 'i', 'i'), t(4), t(4)),
      one(words('', 'i', 'i'), t(), t(4)),
      one(words('ij', 'j', 'i'), t(3, 4), t(4)),
      one(words('ij', 'i', 'j'), t(3, 4), t(3)),
      one(words('i', 'ij', 'j'), t(3), t(3, 4)),
      one(words('ij', 'jk', 'ik'), t(2, 3), t(3, 4)),
      one(words('ij', 'jk', 'ki'), t(2, 3), t(3, 4)),
      one(words('ji', 'jk', 'ik'), t(3, 2), t(3, 4)),
      one(words('ij', 'kj', 'ik'), t(2, 3), t(4, 3)),
      one(words('ji', 'kj', 'ki'), t(3, 2), t(4, 3)),
      one(words('bij', 'bjk', 'bik'), t(3, 2, 3), t(3, 3, 4)),
      one(words('bij', 'bkj', 'bik'), t(3, 2, 3), t(3, 4, 3)),
      one(words('bij', 'bjk', 'bik'), t(2, 16, 12), t(2, 12, 16)),
      one(words('bij', 'bj', 'bi'), t(3, 2, 4), t(3, 4)),
      one(words('bj', 'bj', 'b'), t(3, 4), t(3, 4)),
      one(words('ibj', 'jkb', 'kib'), t(2, 3, 2), t(2, 4, 3)),
      one(words('bthd', 'bshd', 'bhts'), t(2, 3, 2, 2), t(2, 4, 2, 2)),
      one(words('abcd', 'cdef', 'aebf'), t(2, 2, 3, 2), t(3, 2, 2, 3)),
      one(words('bi', 'bo', 'io'), t(5, 3), t(5, 2)),
      one(words('ij', 'jk', 'ik'), t(2, 0), t(0, 3)),
      one(words('ij', 'jk', 'ik'), t(0, 2), t(2, 3)),
      one(words('ij', 'ij', 'ij'), t(2, 3), t(2, 3)),
      one(words('ij', 'ji', ''), t(2, 3), t(3, 2)),
    ]),
    ...[
      [words('i', 'i', ''), real(2), real(2)],
      [words('i', 'j', 'ij'), real(8), real(9)],
      [words('ij', 'jk', 'ik'), real(9, 2), real(2, 10)],
      [words('bi', 'bo', 'io'), real(2, 12), real(2, 9)],
      [words('bij', 'bj', 'bi'), real(3, 20, 2), real(3, 2)],
      [words('bij', 'bjk', 'bik'), real(2, 9, 2), real(2, 2, 10)],
    ].map(([attributes, x, y]) => drawn(attributes as Attributes, ['special', 'special'], x as Type, y as Type)),
    one(words('bi', 'io', 'bo'), real(32, 50), real(50, 20)),
    one(words('bi', 'bo', 'io'), real(32, 50), real(32, 20)),
    one(words('bo', 'io', 'bi'), real(32, 20), real(50, 20)),
  ],
  argmax: [
    ...lines,
    ...[real, int].flatMap((t) =>
      [
        [0, 5],
        [0, 2, 3],
        [1, 2, 3],
        [1, 2, 3, 4, 2],
        [0, 1],
        [1, 0, 3],
        [0, 64, 10],
      ].map(([axis = 0, ...s]) => drawn({ axis }, ['repeating'], t(...s))),
    ),
  ],
  reduceMax: [
    ...lines,
    ...[real, int].flatMap((t) =>
      [
        [0, 5],
        [0, 2, 3],
        [1, 2, 3],
        [1, 2, 3, 4, 2],
        [0, 1],
        [1, 0, 3],
        [0, 64, 10],
      ].map(([axis = 0, ...s]) => drawn({ axis }, ['repeating'], t(...s))),
    ),
  ],
  logSumExp: [
    ...lines,
    ...[
      [0, 5],
      [0, 2, 3],
      [1, 2, 3],
      [1, 2, 3, 4, 2],
      [0, 1],
      [1, 0, 3],
      [1, 16, 10],
    ].map(([axis = 0, ...s]) => drawn({ axis }, ['moderate'], real(...s))),
  ],
  gather: [real, int, bit].flatMap((t) => [
    ...(t === real ? [drawn({}, ['special', 'row'], real(4, 3), int(9))] : []),
    drawn({}, ['sixteenths', 'row'], t(4), int()),
    drawn({}, ['sixteenths', 'row'], t(4), int(6)),
    drawn({}, ['sixteenths', 'row'], t(4, 3), int(5)),
    drawn({}, ['sixteenths', 'row'], t(4, 3, 2), int(2, 3)),
    drawn({}, ['sixteenths', 'row'], t(0, 3), int(2)),
    drawn({}, ['sixteenths', 'row'], t(4, 0), int(2)),
    drawn({}, ['sixteenths', 'row'], t(4, 3), int(0)),
  ]),
  scatterAdd: [real, int, bit].flatMap((t) => [
    ...(t === real ? [drawn({ rows: 4 }, ['row', 'special'], int(9), real(9, 3))] : []),
    drawn({ rows: 4 }, ['row', 'sixteenths'], int(), t()),
    drawn({ rows: 4 }, ['row', 'sixteenths'], int(6), t(6)),
    drawn({ rows: 4 }, ['row', 'sixteenths'], int(5), t(5, 3)),
    drawn({ rows: 4 }, ['row', 'sixteenths'], int(2, 3), t(2, 3, 3, 2)),
    drawn({ rows: 0 }, ['row', 'sixteenths'], int(2), t(2, 3)),
    drawn({ rows: 4 }, ['row', 'sixteenths'], int(0), t(0, 3)),
  ]),
  iota: [
    one({ shape: [5], axis: 0 }),
    one({ shape: [2, 3], axis: 0 }),
    one({ shape: [2, 3], axis: 1 }),
    one({ shape: [2, 3, 4, 2], axis: 2 }),
    one({ shape: [0, 2], axis: 0 }),
  ],
  randomBits: [
    drawn({ shape: [5] }, ['wide'], int(2)),
    drawn({ shape: [] }, ['wide'], int(2)),
    drawn({ shape: [2, 3] }, ['wide'], int(3, 2)),
    drawn({ shape: [0] }, ['wide'], int(2)),
    drawn({ shape: [2] }, ['wide'], int(0, 2)),
  ],
  cast: [
    drawn({ dtype: 'int32' }, ['special'], real(40)),
    drawn({ dtype: 'bit' }, ['special'], real(40)),
    ...(['float32', 'int32', 'bit'] as const).flatMap((dtype) => [
      one({ dtype }, real(6)),
      one({ dtype }, int(2, 3)),
      one({ dtype }, bit(2, 3)),
      one({ dtype }, real()),
      one({ dtype }, bit(0)),
    ]),
    drawn({ dtype: 'bit' }, ['wide'], int(9)),
  ],
}
