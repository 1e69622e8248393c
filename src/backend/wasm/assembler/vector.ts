import { int32Bytes, unsigned, type Code } from './code.js'
import type { Instruction, Instructions, Load, Store } from './instruction.js'

const vector =
  (opcode: number): Instruction =>
  (...operands) => [operands, 0xfd, unsigned(opcode)]
const shuffled = (lanes: readonly number[]): Uint8Array =>
  Uint8Array.from(lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]))

/** Instructions on v128 that do not depend on what the lanes hold; all lanes are of 32 bits. */
export const lanes: Instructions<'and' | 'andNot' | 'or' | 'xor' | 'not' | 'select'> & {
  readonly load: Load
  readonly loadSplat: Load
  readonly loadZero: Load
  readonly loadLane: (pointer: Code, offset: number, v: Code, lane: number) => Code
  readonly store: Store
  readonly storeLane: (pointer: Code, offset: number, v: Code, lane: number) => Code
  readonly storePair: Store
  readonly constant: (values: readonly number[]) => Code
  readonly splatFloat: (x: Code) => Code
  readonly splatInt: (x: Code) => Code
  readonly extractFloat: (v: Code, lane: number) => Code
  readonly replaceFloat: (v: Code, lane: number, x: Code) => Code
  /** Lanes 0–3 of a and 4–7 of b, in the order given. */
  readonly shuffle: (a: Code, b: Code, ...order: readonly number[]) => Code
} = {
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
  storePair: (pointer: Code, offset: number, v: Code): Code => [
    pointer,
    v,
    0xfd,
    unsigned(0x5b),
    2,
    unsigned(offset),
    0,
  ],
  constant: (values: readonly number[]): Code => [0xfd, 12, values.map(int32Bytes)],
  splatFloat: (x: Code): Code => [x, 0xfd, 0x13],
  splatInt: (x: Code): Code => [x, 0xfd, 0x11],
  extractFloat: (v: Code, lane: number): Code => [v, 0xfd, 0x1f, lane],
  replaceFloat: (v: Code, lane: number, x: Code): Code => [v, x, 0xfd, 0x20, lane],
  /** Lanes 0–3 of a and 4–7 of b, in the order given. */
  shuffle: (a: Code, b: Code, ...order: readonly number[]): Code => [a, b, 0xfd, 13, shuffled(order)],
  and: vector(0x4e),
  /** `andNot(a, b)`: a ∧ ¬b. */
  andNot: vector(0x4f),
  or: vector(0x50),
  xor: vector(0x51),
  not: vector(0x4d),
  /** `select(a, b, mask)`: a where the mask's bits are set. */
  select: vector(0x52),
}

/** Instructions on four f32. */
export const floats: Instructions<
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'maximum'
  | 'minimum'
  | 'lesser'
  | 'greater'
  | 'negate'
  | 'absolute'
  | 'sqrt'
  | 'floor'
  | 'truncate'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'more'
  | 'ofInts'
  | 'multiplyAdd'
> = {
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
  truncate: vector(0x69),
  equal: vector(0x41),
  notEqual: vector(0x42),
  less: vector(0x43),
  more: vector(0x44),
  ofInts: vector(0xfa),
  /** `a · b + c`, fused or not as the machine has it. */
  multiplyAdd: vector(0x105),
}

/** Instructions on four i32. */
export const ints: Instructions<
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'negate'
  | 'absolute'
  | 'maximum'
  | 'minimum'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'more'
  | 'shiftLeft'
  | 'shiftRight'
  | 'shiftRightUnsigned'
  | 'ofFloats'
  | 'ofFloatsUnsigned'
> = {
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
}

/** Instructions on sixteen bytes. */
export const bytes: Instructions<
  'add' | 'subtract' | 'popcount' | 'moreUnsigned' | 'splat' | 'sumPairs' | 'sumPairsOfShorts'
> & {
  readonly storeLane: (pointer: Code, offset: number, v: Code, lane: number) => Code
} = {
  add: vector(0x6e),
  subtract: vector(0x71),
  /** The number of ones of each byte. */
  popcount: vector(0x62),
  moreUnsigned: vector(0x28),
  splat: vector(0x0f),
  /** Eight i16: the sums of two signed bytes each. */
  sumPairs: vector(0x7c),
  /** Four i32: the sums of two signed i16 each. */
  sumPairsOfShorts: vector(0x7e),
  storeLane: (pointer: Code, offset: number, v: Code, lane: number): Code => [
    ...[pointer, v, 0xfd, unsigned(0x58), 0, unsigned(offset)],
    lane,
  ],
}
