import { float32Bytes, float64Bytes, signed, unsigned, type Code } from './code.js'

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
  (opcode: number): Instruction =>
  (...operands) => [operands, opcode]
/** An instruction on the values of its operands. */
export type Instruction = (...operands: readonly Code[]) => Code
/** Instructions by name. */
export type Instructions<K extends string> = { readonly [N in K]: Instruction }
/** A load from a pointer and an offset. */
export type Load = (pointer: Code, offset?: number) => Code
/** A store to a pointer and an offset. */
export type Store = (pointer: Code, offset: number, value: Code) => Code

/** Scalar instructions on i32. */
export const int: Instructions<
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'and'
  | 'or'
  | 'xor'
  | 'shiftLeft'
  | 'shiftRight'
  | 'shiftRightUnsigned'
  | 'lessUnsigned'
  | 'less'
  | 'equal'
  | 'notEqual'
  | 'select'
> & {
  readonly load: Load
  readonly store: Store
} = {
  add: plain(0x6a),
  subtract: plain(0x6b),
  multiply: plain(0x6c),
  and: plain(0x71),
  or: plain(0x72),
  xor: plain(0x73),
  shiftLeft: plain(0x74),
  shiftRight: plain(0x75),
  shiftRightUnsigned: plain(0x76),
  lessUnsigned: plain(0x49),
  less: plain(0x48),
  equal: plain(0x46),
  notEqual: plain(0x47),
  select: plain(0x1b),
  load: (pointer: Code, offset = 0): Code => [pointer, 0x28, 2, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0x36, 2, unsigned(offset)],
}

/** Scalar instructions on f64, and between f64 and the others. */
export const double: Instructions<
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'negate'
  | 'absolute'
  | 'sqrt'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'greater'
  | 'maximum'
  | 'select'
  | 'ofInt'
  | 'ofFloat'
  | 'toFloat'
  | 'floor'
> & {
  readonly toIntUnsigned: Instruction
  readonly load: Load
  readonly store: Store
} = {
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
  toIntUnsigned: (x = []): Code => [x, 0xfc, 3],
  floor: plain(0x9c),
  load: (pointer: Code, offset = 0): Code => [pointer, 0x2b, 3, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0x39, 3, unsigned(offset)],
}

/** Loads and stores of a f32. */
export const float: {
  readonly constant: (value: number) => Code
  readonly load: Load
  readonly store: Store
} = {
  constant: (value: number): Code => [0x43, float32Bytes(value)],
  load: (pointer: Code, offset = 0): Code => [pointer, 0x2a, 2, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0x38, 2, unsigned(offset)],
}

/** Atomic instructions on i32 in shared memory. */
export const atomic: {
  readonly load: (pointer: Code, offset: number) => Code
  readonly store: Store
  /** Adds, and gives what was there. */
  readonly add: Store
  /** Sleeps while a word is what it is expected to be, at most as many nanoseconds as an i32 holds; gives why it ended. */
  readonly wait: (pointer: Code, offset: number, expected: Code, nanoseconds: number) => Code
  /** Wakes all who sleep at a word; gives how many. */
  readonly notify: (pointer: Code, offset: number) => Code
} = {
  load: (pointer: Code, offset: number): Code => [pointer, 0xfe, 0x10, 2, unsigned(offset)],
  store: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0xfe, 0x17, 2, unsigned(offset)],
  add: (pointer: Code, offset: number, value: Code): Code => [pointer, value, 0xfe, 0x1e, 2, unsigned(offset)],
  wait: (pointer: Code, offset: number, expected: Code, nanoseconds: number): Code => [
    ...[pointer, expected, 0x42, signed(nanoseconds)],
    ...[0xfe, 0x01, 2, unsigned(offset)],
  ],
  notify: (pointer: Code, offset: number): Code => [pointer, i32(-1), 0xfe, 0x00, 2, unsigned(offset)],
}

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
/** The body of the number that the selector is, and none where it has no body. */
export const choose = (selector: Code, bodies: readonly Code[]): Code => {
  const n = bodies.length
  const labels = Array.from({ length: n + 1 }, (_, i) => unsigned(i))
  return [
    Array.from({ length: n + 1 }, () => [0x02, 0x40]),
    [selector, 0x0e, unsigned(n), labels, 0x0b],
    bodies.map((body, i) => [body, 0x0c, unsigned(n - 1 - i), 0x0b]),
  ]
}
/** Discards a value. */
export const drop = (value: Code): Code => [value, 0x1a]
/** A trap. */
export const unreachable: Code = 0x00
