import type { Dtype } from '../../../object/index.js'
import type { Memory } from './arrays.js'
import { scalarOf, type Dialect, type Parts, type Scalar } from './dialect.js'
import { definitionsOf, type FunctionName } from './function.js'

/** A shader while it is being written. */
export interface Writer {
  readonly dialect: Dialect
  /** The arrays that it reads, in the order of their bindings. */
  readonly reads: readonly number[]
  /** Whether it reads scalars. */
  readonly scalar: boolean
  /** A call of a function. */
  call(name: FunctionName, ...operands: readonly string[]): string
  /** Entry `index` of an array. */
  read(array: number, index: string): string
  /** A name for a value. */
  let(type: Scalar, value: string): string
  /** A variable that begins with a value. */
  variable(type: Scalar, value: string): string
  line(text: string): void
  /** Statements for each value of a counter. */
  loop(from: string, to: string, body: (counter: string) => void): void
  shader(parts: Pick<Parts, 'writes' | 'threads' | 'results'>): string
}

/** An empty shader in a language over arrays. */
export function writer(dialect: Dialect, { slot, scalars }: Memory): Writer {
  const lines: string[] = []
  const reads: number[] = []
  const functions = new Set<FunctionName>()
  let names = 0
  let scalar = false
  const fresh = (): string => `v${names++}`
  return {
    dialect,
    reads,
    get scalar() {
      return scalar
    },
    call(name, ...operands) {
      functions.add(name)
      return `${name}(${operands.join(', ')})`
    },
    read(array, index) {
      const k = scalars.indexOf(array)
      if (k >= 0) {
        scalar = true
        return dialect.scalar(k, scalarOf(slot(array).dtype))
      }
      const known = reads.indexOf(array)
      return dialect.read(known < 0 ? reads.push(array) - 1 : known, index)
    },
    let(type, value) {
      const name = fresh()
      lines.push(dialect.constant(type, name, value))
      return name
    },
    variable(type, value) {
      const name = fresh()
      lines.push(dialect.variable(type, name, value))
      return name
    },
    line: (text) => void lines.push(text),
    loop(from, to, body) {
      const counter = fresh()
      lines.push(`${dialect.loop(counter, from, to)} {`)
      body(counter)
      lines.push('}')
    },
    shader: (parts) =>
      dialect.shader({
        ...parts,
        reads: reads.map(slot),
        scalars: scalar ? scalars.length : 0,
        functions: definitionsOf(dialect, functions),
        lines,
      }),
  }
}

/** A number of a dtype as an expression. */
export function literal(dtype: Dtype, value: number): string {
  if (dtype !== 'float32') return value === -(2 ** 31) ? 'int(0x80000000u)' : `(${Math.trunc(value)})`
  const x = Math.fround(value)
  if (Number.isNaN(x)) return 'notANumber()'
  if (!Number.isFinite(x)) return x > 0 ? 'infinity()' : '(-infinity())'
  const text = Object.is(x, -0) ? '-0' : String(x)
  return `(${/[.e]/.test(text) ? text : `${text}.0`})`
}
