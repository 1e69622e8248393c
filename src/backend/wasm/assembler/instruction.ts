import { float32Bytes, float64Bytes, int32Bytes, signed, unsigned, type Code } from './code.js'

/** Value types of WebAssembly. */
export const valueType = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const
/** The name of a value type. */
export type ValueType = keyof typeof valueType

/** The value of a local. */
export const get = (local: number): Code => [0x20, unsigned(local)]
/** Sets a local. */
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)]
/** Sets a local and leaves the value. */
export const tee = (local: number, value: Code): Code => [value, 0x22, unsigned(local)]
/** A constant i32. */
export const i32 = (value: number): Code => [0x41, signed(value)]
/** A constant f32. */
export const f32 = (value: number): Code => [0x43, float32Bytes(value)]
/** A constant f64. */
export const f64 = (value: number): Code => [0x44, float64Bytes(value)]
/** A call of a function by its index. */
export const call = (index: number, ...operands: readonly Code[]): Code => [operands, 0x10, unsigned(index)]

const plain =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [operands, opcode]
const vector =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [operands, 0xfd, unsigned(opcode)]

/** Scalar instructions on i32. */
export const int = {
  add: plain(0x6a),
  subtract: plain(0x6b),
  multiply: plain(0x6c),
  divideUnsigned: plain(0x6e),
  remainderUnsigned: plain(0x70),
  and: plain(0x71),
  or: plain(0x72),
  shiftRight: plain(0x75),
  lessUnsigned: plain(0x49),
  less: plain(0x48),
  equal: plain(0x46),
  notEqual: plain(0x47),
  select: plain(0x1b),
  load: (pointer: Code, offset = 0): Code => [pointer, 0x28, 2, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0x36, 2, unsigned(offset)],
} as const

/** Scalar instructions on f64, and between f64 and the others. */
export const double = {
  add: plain(0xa0),
  subtract: plain(0xa1),
  multiply: plain(0xa2),
  divide: plain(0xa3),
  negate: plain(0x9a),
  absolute: plain(0x99),
  sqrt: plain(0x9f),
  equal: plain(0x61),
  notEqual: plain(0x62),
  less: plain(0x63),
  greater: plain(0x64),
  maximum: plain(0xa5),
  select: plain(0x1b),
  ofInt: plain(0xb7),
  ofFloat: plain(0xbb),
  toFloat: plain(0xb6),
  /** Truncated, saturated, 0 at NaN. */
  toInt: (x: Code): Code => [x, 0xfc, 2],
  toIntUnsigned: (x: Code): Code => [x, 0xfc, 3],
  floor: plain(0x9c),
  load: (pointer: Code, offset = 0): Code => [pointer, 0x2b, 3, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0x39, 3, unsigned(offset)],
} as const

/** Loads and stores of a f32. */
export const float = {
  constant: (value: number): Code => [0x43, float32Bytes(value)],
  load: (pointer: Code, offset = 0): Code => [pointer, 0x2a, 2, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0x38, 2, unsigned(offset)],
} as const

const shuffled = (lanes: readonly number[]): Uint8Array =>
  Uint8Array.from(lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]))

/** Instructions on v128 that do not depend on what the lanes hold; all lanes are of 32 bits. */
export const lanes = {
  load: (pointer: Code, offset = 0): Code => [pointer, 0xfd, 0, 2, unsigned(offset)],
  /** One entry in every lane. */
  loadSplat: (pointer: Code, offset = 0): Code => [pointer, 0xfd, 9, 2, unsigned(offset)],
  loadZero: (pointer: Code, offset = 0): Code => [pointer, 0xfd, unsigned(0x5c), 2, unsigned(offset)],
  loadLane: (pointer: Code, offset: number, v: Code, lane: number): Code => [
    pointer,
    v,
    0xfd,
    unsigned(0x56),
    2,
    unsigned(offset),
    lane,
  ],
  store: (pointer: Code, offset: number, v: Code): Code => [pointer, v, 0xfd, 11, 2, unsigned(offset)],
  storeLane: (pointer: Code, offset: number, v: Code, lane: number): Code => [
    pointer,
    v,
    0xfd,
    unsigned(0x5a),
    2,
    unsigned(offset),
    lane,
  ],
  storePair: (pointer: Code, offset: number, v: Code): Code => [pointer, v, 0xfd, unsigned(0x5b), 2, unsigned(offset), 0],
  constant: (values: readonly number[]): Code => [0xfd, 12, values.map(int32Bytes)],
  splatFloat: (x: Code): Code => [x, 0xfd, 0x13],
  splatInt: (x: Code): Code => [x, 0xfd, 0x11],
  extractInt: (v: Code, lane: number): Code => [v, 0xfd, 0x1b, lane],
  extractFloat: (v: Code, lane: number): Code => [v, 0xfd, 0x1f, lane],
  replaceFloat: (v: Code, lane: number, x: Code): Code => [v, x, 0xfd, 0x20, lane],
  /** Lanes 0–3 of a and 4–7 of b, in the order given. */
  shuffle: (a: Code, b: Code, ...order: readonly number[]): Code => [a, b, 0xfd, 13, shuffled(order)],
  and: vector(0x4e),
  andNot: vector(0x4f),
  or: vector(0x50),
  xor: vector(0x51),
  not: vector(0x4d),
  /** `select(a, b, mask)`: a where the mask's bits are set. */
  select: vector(0x52),
} as const

/** Instructions on four f32. */
export const floats = {
  add: vector(0xe4),
  subtract: vector(0xe5),
  multiply: vector(0xe6),
  divide: vector(0xe7),
  /** NaN where either is NaN. */
  maximum: vector(0xe9),
  minimum: vector(0xe8),
  /** `a > b ? b : a`, a at NaN. */
  lesser: vector(0xea),
  /** `a < b ? b : a`, a at NaN. */
  greater: vector(0xeb),
  negate: vector(0xe1),
  absolute: vector(0xe0),
  sqrt: vector(0xe3),
  floor: vector(0x68),
  nearest: vector(0x6a),
  truncate: vector(0x69),
  equal: vector(0x41),
  notEqual: vector(0x42),
  less: vector(0x43),
  more: vector(0x44),
  ofInts: vector(0xfa),
  /** `a · b + c`, fused or not as the machine has it. */
  multiplyAdd: vector(0x105),
} as const

/** Instructions on four i32. */
export const ints = {
  add: vector(0xae),
  subtract: vector(0xb1),
  multiply: vector(0xb5),
  negate: vector(0xa1),
  absolute: vector(0xa0),
  maximum: vector(0xb8),
  minimum: vector(0xb6),
  equal: vector(0x37),
  notEqual: vector(0x38),
  less: vector(0x39),
  more: vector(0x3b),
  shiftLeft: vector(0xab),
  shiftRight: vector(0xac),
  shiftRightUnsigned: vector(0xad),
  /** Truncated, saturated, 0 at NaN. */
  ofFloats: vector(0xf8),
  /** Truncated, saturated at 0 and 2³² − 1, 0 at NaN. */
  ofFloatsUnsigned: vector(0xf9),
} as const

/** Atomic instructions on i32 in shared memory. */
export const atomic = {
  load: (pointer: Code, offset: number): Code => [pointer, 0xfe, 0x10, 2, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0xfe, 0x17, 2, unsigned(offset)],
  add: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0xfe, 0x1e, 2, unsigned(offset)],
} as const

/** `do body while condition`. */
export const repeatWhile = (body: Code, condition: Code): Code => [0x03, 0x40, body, condition, 0x0d, 0, 0x0b]
/** `if condition then body else other`. */
export const when = (condition: Code, body: Code, other?: Code): Code => [
  condition,
  0x04,
  0x40,
  body,
  other === undefined ? [] : [0x05, other],
  0x0b,
]
/** Discards a value. */
export const drop = (value: Code): Code => [value, 0x1a]
