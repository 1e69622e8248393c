import { bytesOf, unsigned, type Code } from './code.js'
import { valueType, type ValueType } from './instruction.js'

/** The most pages, of 65,536 bytes, that a memory has. */
export const mostPages = 65536

/** A function that a module imports from `env`. */
export interface Import {
  readonly name: string
  readonly takes: readonly ValueType[]
  readonly gives: readonly ValueType[]
}
/** What a module is made of; its memory is imported as `env.memory`. */
export interface ModuleParts {
  readonly imports: readonly Import[]
  /** Locals and body of each function. */
  readonly routines: readonly Uint8Array[]
  /** Exported routines by name, numbered from the first routine. */
  readonly exports: { readonly [name: string]: number }
  /** The most pages that a shared memory may have; absent where the memory is not shared. */
  readonly shared?: number
}

const list = (items: readonly Code[]): Code => [unsigned(items.length), items]
/** Names are ASCII. */
const text = (name: string): Code => [unsigned(name.length), Array.from(name, (c) => c.charCodeAt(0))]
const section = (id: number, content: Code): Code => {
  const bytes = bytesOf(content)
  return [id, unsigned(bytes.length), bytes]
}
const signature = (takes: readonly ValueType[], gives: readonly ValueType[]): Code => [
  0x60,
  list(takes.map((t) => valueType[t])),
  list(gives.map((t) => valueType[t])),
]

/** The binary of a module. Routines are numbered after the imports. */
export function moduleBytes({ imports, routines, exports, shared }: ModuleParts): Uint8Array<ArrayBuffer> {
  const types = [signature([], []), ...imports.map(({ takes, gives }) => signature(takes, gives))]
  const memory: Code = shared === undefined ? [0, unsigned(1)] : [3, unsigned(1), unsigned(shared)]
  const bytes = bytesOf([
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, list(types)),
    section(
      2,
      list([
        [text('env'), text('memory'), 2, memory],
        ...imports.map(({ name }, i): Code => [text('env'), text(name), 0, unsigned(i + 1)]),
      ]),
    ),
    section(3, list(routines.map(() => 0))),
    section(7, list(Object.entries(exports).map(([name, at]): Code => [text(name), 0, unsigned(imports.length + at)]))),
    section(10, list(routines.map((bytes): Code => [unsigned(bytes.length), bytes]))),
  ])
  return new Uint8Array(bytes)
}
