import { size, types, type Type } from '../object/index.js'
import { letterSizes, type ContractAttributes, type PrimitiveName } from '../primitive/index.js'
import type { Attributes } from '../structure/index.js'
import { expand, type Term } from '../term/index.js'

/** Floating-point operations of a primitive at its operands. */
type Flops = (cod: number, dom: readonly Type[], attributes: Attributes) => number
const none: Flops = () => 0
const each: Flops = (cod) => cod
const read: Flops = (_, dom) => dom.reduce((n, t) => n + size(t.shape), 0)

/** Operations of each primitive: one an entry for arithmetic and functions, none for movement of data, two a product and sum. */
const flops: { readonly [P in PrimitiveName]: Flops } = {
  add: each,
  multiply: each,
  negate: each,
  constant: none,
  reciprocal: each,
  exp: each,
  log: each,
  sqrt: each,
  sin: each,
  cos: each,
  tanh: each,
  sigmoid: each,
  erf: each,
  relu: each,
  step: each,
  sign: each,
  abs: each,
  maximum: each,
  clip: each,
  less: each,
  equal: each,
  select: each,
  broadcast: none,
  sum: read,
  reshape: none,
  transpose: none,
  slice: none,
  pad: none,
  concat: none,
  contract: (_, [x, y], words) =>
    x === undefined || y === undefined ? 0 : 2 * size([...letterSizes(words as ContractAttributes, x, y).values()]),
  windows: none,
  fold: read,
  argmax: read,
  reduceMax: read,
  logSumExp: (_, dom) => 4 * read(0, dom, {}),
  gather: none,
  scatterAdd: (_, [, values]) => size(values?.shape ?? []),
  iota: none,
  randomBits: (cod) => 100 * cod,
  cast: each,
}

/** What a term costs to run once: primitives, and operations on entries. */
export interface Cost {
  readonly primitives: number
  readonly flops: number
}

/** The cost of a term as written, before any pass. */
export function costOf(term: Term): Cost {
  const { boxes } = expand(term)
  let total = 0
  for (const { term: leaf } of boxes)
    if (leaf.kind === 'primitive')
      total += flops[leaf.operation.name as PrimitiveName](sizeOf(types(leaf.cod)), types(leaf.dom), leaf.attributes)
  return { primitives: boxes.length, flops: total }
}

const sizeOf = (all: readonly Type[]): number => all.reduce((n, t) => n + size(t.shape), 0)
