import { floats, get, i32, ints, lanes, set, type Code, type Routine } from '../assembler/index.js'
import type { Dtype } from '../../../object/index.js'
import type { MapName, MapNode, Node } from '../lower/node.js'
import type { Kernel } from './context.js'
import { laneByLane, vectorErf, vectorExp, vectorLog, vectorSigmoid, vectorTanh } from './mathematics.js'

/** Four entries of a result from four of each operand. */
type Operation = (f: Routine, args: Operands, node: MapNode & Node, kernel: Kernel) => Code
type Operands = readonly [Code, Code, Code]

/** The operand in a local, for operations that read it more than once. */
function twice(f: Routine, x: Code, body: (x: Code) => Code): Code {
  const local = f.local('v128')
  return [set(local, x), body(get(local))]
}
const one = (f: Routine): Code => f.number(1)
const unary =
  (body: (f: Routine, x: Code, kernel: Kernel) => Code): Operation =>
  (f, [x], _, kernel) =>
    body(f, x, kernel)

const isNaNs = (x: Code): Code => floats.notEqual(x, x)
const bits = (mask: Code, f: Routine): Code => lanes.and(mask, f.integer(1))

/** Operands are computed in their order, since a later one may use what an earlier one has kept. */
const chosen: Operation = (f, [c, x, y]) => twice(f, ints.negate(c), (mask) => lanes.select(x, y, mask))

const onFloats: { readonly [M in MapName]: Operation } = {
  add: (_, [x, y]) => floats.add(x, y),
  subtract: (_, [x, y]) => floats.subtract(x, y),
  multiply: (_, [x, y]) => floats.multiply(x, y),
  divide: (_, [x, y]) => floats.divide(x, y),
  negate: unary((_, x) => floats.negate(x)),
  reciprocal: unary((f, x) => floats.divide(one(f), x)),
  exp: unary((f, x, kernel) => vectorExp(f, kernel, x)),
  log: unary((f, x, kernel) => vectorLog(f, kernel, x)),
  sqrt: unary((_, x) => floats.sqrt(x)),
  sin: unary((_, x, kernel) => laneByLane(kernel, 'sin', x)),
  cos: unary((_, x, kernel) => laneByLane(kernel, 'cos', x)),
  tanh: unary((f, x) => vectorTanh(f, x)),
  sigmoid: unary((f, x, kernel) => vectorSigmoid(f, kernel, x)),
  erf: unary((f, x) => vectorErf(f, x)),
  // + 0 makes −0 of the greater one 0.
  relu: unary((f, x) => floats.add(floats.greater(x, f.number(0)), f.number(0))),
  step: unary((f, x) =>
    twice(f, x, (v) => lanes.or(lanes.and(floats.more(v, f.number(0)), one(f)), lanes.and(isNaNs(v), v))),
  ),
  sign: unary((f, x) =>
    twice(f, x, (v) =>
      lanes.or(
        floats.subtract(lanes.and(floats.more(v, f.number(0)), one(f)), lanes.and(floats.less(v, f.number(0)), one(f))),
        lanes.and(isNaNs(v), v),
      ),
    ),
  ),
  abs: unary((_, x) => floats.absolute(x)),
  maximum: (_, [x, y]) => floats.maximum(x, y),
  clip: (f, [x], { bounds }) =>
    floats.lesser(floats.greater(x, f.number(bounds?.[0] ?? 0)), f.number(bounds?.[1] ?? 0)),
  less: (f, [x, y]) => bits(floats.less(x, y), f),
  equal: (f, [x, y]) => bits(floats.equal(x, y), f),
  select: chosen,
  cast: unary((f, x) => residues(f, x)),
  addLog: (f, [m, s], _, kernel) =>
    twice(f, m, (v) =>
      lanes.select(v, floats.add(v, vectorLog(f, kernel, s)), floats.equal(floats.absolute(v), f.number(Infinity))),
    ),
  copy: unary((_, x) => x),
}

/** The integer part modulo 2³², 0 at NaN and infinities: |x| − ⌊|x| 2⁻³²⌋ 2³² is exact. */
function residues(f: Routine, x: Code): Code {
  const [v, size] = [f.local('v128'), f.local('v128')]
  const magnitude = ints.ofFloatsUnsigned(
    floats.subtract(
      get(size),
      floats.multiply(floats.truncate(floats.multiply(get(size), f.number(2 ** -32))), f.number(2 ** 32)),
    ),
  )
  return [
    set(v, x),
    set(size, floats.absolute(get(v))),
    set(size, magnitude),
    lanes.select(ints.negate(get(size)), get(size), floats.less(get(v), f.number(0))),
  ]
}

const onInts: { readonly [M in MapName]?: Operation } = {
  add: (_, [x, y]) => ints.add(x, y),
  subtract: (_, [x, y]) => ints.subtract(x, y),
  multiply: (_, [x, y]) => ints.multiply(x, y),
  negate: unary((_, x) => ints.negate(x)),
  relu: unary((f, x) => ints.maximum(x, f.integer(0))),
  step: unary((f, x) => bits(ints.more(x, f.integer(0)), f)),
  sign: unary((f, x) =>
    twice(f, x, (v) => ints.subtract(bits(ints.more(v, f.integer(0)), f), bits(ints.less(v, f.integer(0)), f))),
  ),
  abs: unary((_, x) => ints.absolute(x)),
  maximum: (_, [x, y]) => ints.maximum(x, y),
  clip: (f, [x], { bounds }) => ints.minimum(ints.maximum(x, f.integer(bounds?.[0] ?? 0)), f.integer(bounds?.[1] ?? 0)),
  less: (f, [x, y]) => bits(ints.less(x, y), f),
  equal: (f, [x, y]) => bits(ints.equal(x, y), f),
  select: chosen,
  cast: unary((_, x) => x),
  copy: unary((_, x) => x),
}

const onBits: { readonly [M in MapName]?: Operation } = {
  add: (_, [x, y]) => lanes.xor(x, y),
  multiply: (_, [x, y]) => lanes.and(x, y),
  equal: (f, [x, y]) => lanes.xor(lanes.xor(x, y), f.integer(1)),
  select: chosen,
  cast: unary((_, x) => x),
  copy: unary((_, x) => x),
}

type Held = 'float32' | 'int32' | 'bit'
const tables: { readonly [D in Held]: { readonly [M in MapName]?: Operation } } = {
  float32: onFloats,
  int32: onInts,
  bit: onBits,
}

/** Four entries of a node, given those of its operands; `from` is the dtype of the operand that decides. */
export function operate(kernel: Kernel, node: MapNode & Node, from: Dtype, args: readonly Code[]): Code {
  const { routine: f } = kernel
  const operation = tables[from as Held][node.op]
  if (operation === undefined) throw new TypeError(`compiled wasm: no kernel for ${node.op} at dtype ${from}`)
  const [x = [], y = [], z = []] = args
  const value = operation(f, [x, y, z], node, kernel)
  if (node.op !== 'cast') return value
  if (node.dtype === 'bit') return lanes.and(value, f.integer(1))
  return node.dtype === 'float32' ? floats.ofInts(value) : value
}

/** Addition of a dtype's rig, four at once. */
export const added: { readonly [D in Held]: (a: Code, b: Code) => Code } = {
  float32: floats.add,
  int32: ints.add,
  bit: lanes.xor,
}
/** Multiplication of a dtype's rig, four at once. */
export const multiplied: { readonly [D in Held]: (a: Code, b: Code) => Code } = {
  float32: floats.multiply,
  int32: ints.multiply,
  bit: lanes.and,
}
/** The larger of two, NaN where either is. */
export const larger: { readonly [D in Held]: (a: Code, b: Code) => Code } = {
  float32: floats.maximum,
  int32: ints.maximum,
  bit: lanes.or,
}
/** One number in every lane, in a dtype's words. */
export function numberOf(f: Routine, dtype: Dtype, value: number): Code {
  return dtype === 'float32' ? f.number(value) : f.integer(value)
}
/** The number below all of a dtype. */
export const lowest: { readonly [D in Held]: number } = { float32: -Infinity, int32: -(2 ** 31), bit: 0 }

/** The dtypes that arrays are held in. */
export type HeldDtype = Held
/** Stores the first lanes of a vector. */
export function storeLanes(f: Routine, pointer: Code, offset: number, v: Code, count: number): Code {
  if (count === 4) return lanes.store(pointer, offset, v)
  if (count === 1) return lanes.storeLane(pointer, offset, v, 0)
  if (count === 2) return lanes.storePair(pointer, offset, v)
  const local = f.local('v128')
  return [
    set(local, v),
    lanes.storePair(pointer, offset, get(local)),
    lanes.storeLane(pointer, offset + 8, get(local), 2),
  ]
}
/** A mask of the first lanes. */
export function maskOf(f: Routine, count: number): Code {
  return f.hoist(`mask${count}`, lanes.constant([0, 1, 2, 3].map((i) => (i < count ? -1 : 0))))
}
/** A splat of an i32 on the stack. */
export const splat = (x: Code): Code => lanes.splatInt(x)
/** The address 0, for arrays at fixed places. */
export const origin: Code = i32(0)
