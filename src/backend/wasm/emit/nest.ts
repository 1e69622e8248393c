import { counted, get, i32, int, set, type Code } from '../assembler/index.js'
import type { View } from '../lower/view.js'
import type { Axes, Axis } from './axes.js'
import { isFirst, isLast, share, type Kernel } from './context.js'
import type { Place } from './expression.js'

/** What is done in a nest of loops. */
export interface NestBody {
  /** The axis along which vectors run; −1 where entries are taken one by one. */
  readonly vector: number
  /** Whether the last vector may be written whole, into what is behind the array. */
  readonly flat: boolean
  /** The innermost body, at a number of lanes. */
  entries(count: number): Code
  /** Around the loops that are reduced. */
  readonly around?: { before(): Code; after(count: number): Code }
  /** The local that counts a reduced loop, where the body reads it. */
  readonly counter?: number
  /** Whether the outermost loop may be shared by threads; else one thread does all. */
  readonly shares: boolean
}

/** A nest of loops over a space: the place of its body, and its code. */
export interface Nest {
  readonly place: Place
  code(body: NestBody): Code
}

/** The loops of a space; pointers are locals, one a pattern of strides. */
export function nestOf(kernel: Kernel, space: Axes, vector: number): Nest {
  const { routine: f } = kernel
  const { axes } = space
  const pointers = Array.from({ length: space.patterns }, (_, p) =>
    axes.some((a) => a.strides[p] !== 0) ? f.local('i32') : -1,
  )
  // Negative strides begin at the far end.
  const bias = pointers.map((_, p) =>
    axes.reduce((total, { n, strides }) => total + Math.max(0, -(strides[p] ?? 0) * (n - 1) * 4), 0),
  )
  const advance = (bytesOf: (p: number) => number): Code =>
    pointers.map((pointer, p) => {
      const bytes = pointer < 0 ? 0 : bytesOf(p)
      return bytes === 0 ? [] : set(pointer, int.add(get(pointer), i32(bytes)))
    })
  return {
    place: {
      access(view: View) {
        const p = space.pattern(view)
        const pointer = pointers[p] ?? -1
        return {
          pointer: pointer < 0 ? undefined : get(pointer),
          offset: view.offset * 4 - (bias[p] ?? 0),
          lane: vector < 0 ? 0 : (axes[vector]?.strides[p] ?? 0),
        }
      },
    },
    code(body) {
      const firstReduced = axes.findIndex((a) => a.reduced)
      const shareable = body.shares && axes[0]?.reduced === false
      if (!shareable && !isFirst(kernel)) return []
      /** The loops from a level inwards, at `count` lanes; pointers end where they began. */
      const nest = (level: number, count: number): Code => {
        const begins = firstReduced < 0 ? level === axes.length : level === firstReduced
        return begins && body.around !== undefined
          ? [body.around.before(), loop(level, count), body.around.after(count)]
          : loop(level, count)
      }
      const loop = (level: number, count: number): Code => {
        const axis = axes[level]
        if (axis === undefined) return body.entries(count)
        const shared = level === 0 && shareable
        if (level === vector) return alongVector(axis, level, count, shared)
        const [from, to] = shared ? share(kernel, 0, axis.n) : [0, axis.n]
        if (from >= to) return []
        const step = (n: number) => (p: number) => 4 * n * (axis.strides[p] ?? 0)
        return f.scope(() => {
          const i = axis.reduced ? (body.counter ?? f.local('i32')) : f.local('i32')
          return [
            advance(step(from)),
            counted(i, from, to, 1, () => [nest(level + 1, count), advance(step(1))]),
            advance(step(-to)),
          ]
        })
      }
      const alongVector = (axis: Axis, level: number, count: number, shared: boolean): Code => {
        const vectors = body.flat ? Math.ceil(axis.n / 4) : axis.n >> 2
        const rest = body.flat ? 0 : axis.n & 3
        const [from, to] = shared ? share(kernel, 0, vectors, 4) : [0, vectors]
        const end = Math.max(from, to)
        const step = (n: number) => (p: number) => 16 * n * (axis.strides[p] ?? 0)
        return f.scope(() => {
          const i = f.local('i32')
          return [
            advance(step(from)),
            counted(i, from, to, 1, () => [nest(level + 1, axis.reduced ? count : 4), advance(step(1))]),
            rest > 0 && (!shared || isLast(kernel))
              ? [advance(step(vectors - end)), nest(level + 1, rest), advance(step(-vectors))]
              : advance(step(-end)),
          ]
        })
      }
      const begin = pointers.map((pointer, p) => (pointer < 0 ? [] : set(pointer, i32(bias[p] ?? 0))))
      return [begin, nest(0, vector < 0 ? 1 : 4)]
    },
  }
}
