import { located, relocatable, unsigned, type Code, type Relocatable } from './code.js'
import { f32, get, i32, int, repeatWhile, set, tee, valueType, type ValueType } from './instruction.js'
import { lanes } from './vector.js'

/** A function without parameters or results, as it is written: its locals, what is computed once at its start, its body. */
export interface Routine {
  readonly body: Code[]
  /** A local for as long as the innermost scope. */
  local(type: ValueType): number
  /** Runs with a scope of its own: the locals taken in it are free again after it. */
  scope<T>(f: () => T): T
  /** A vector computed once, at the start; the same key is the same vector. */
  hoist(key: string, code: Code): Code
  /** A float32 in every lane. */
  number(value: number): Code
  /** An int32 in every lane. */
  integer(value: number): Code
  /** The function's locals and body. */
  code(): Relocatable
  /** The same where no address is in a slot. */
  bytes(): Uint8Array
}

/** An empty routine. */
export function routine(): Routine {
  const types: ValueType[] = []
  const free: number[] = []
  const frames: number[][] = [[]]
  const start: Code[] = []
  const hoisted = new Map<string, number>()
  const body: Code[] = []
  const fresh = (type: ValueType): number => types.push(type) - 1
  const self: Routine = {
    body,
    local(type) {
      const at = free.findIndex((i) => types[i] === type)
      const local = at >= 0 ? (free.splice(at, 1)[0] ?? 0) : fresh(type)
      frames[frames.length - 1]?.push(local)
      return local
    },
    scope(f) {
      const frame: number[] = []
      frames.push(frame)
      try {
        return f()
      } finally {
        frames.pop()
        free.push(...frame)
      }
    },
    hoist(key, code) {
      let local = hoisted.get(key)
      if (local === undefined) {
        local = fresh('v128')
        hoisted.set(key, local)
        start.push(set(local, code))
      }
      return get(local)
    },
    number: (value) => self.hoist(`f${Object.is(value, -0) ? '-0' : value}`, lanes.splatFloat(f32(value))),
    integer: (value) => self.hoist(`i${value}`, lanes.splatInt(i32(value))),
    code() {
      return relocatable([unsigned(types.length), types.map((t) => [1, valueType[t]]), start, body, 0x0b])
    },
    bytes: () => located(self.code(), []),
  }
  return self
}

/**
 * `for (i = from; i < to; i += step) body`, with constant bounds: nothing where it is empty, no jump where it runs once.
 */
export function counted(i: number, from: number, to: number, step: number, body: () => Code): Code {
  const turns = Math.ceil((to - from) / step)
  if (turns <= 0) return []
  const start = set(i, i32(from))
  if (turns === 1) return [start, body()]
  return [start, repeatWhile(body(), int.notEqual(tee(i, int.add(get(i), i32(step))), i32(from + turns * step)))]
}
