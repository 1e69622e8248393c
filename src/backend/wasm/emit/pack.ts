import { counted, float, get, i32, int, lanes, repeatWhile, set, type Code, type Routine } from '../assembler/index.js'
import type { Level } from '../lower/node.js'

/** Panels of eight columns of b: entry (k, j) of a panel at `to + 32 k + 4 j`, panels one after the other. */
export interface ColumnPacking {
  readonly from: number
  /** Bytes into the array, fixed and in a local. */
  readonly offset: number
  readonly base: Code
  readonly loops: readonly Level[]
  /** The stride of columns, in entries. */
  readonly column: number
  readonly to: number
}

/**
 * Packs the panel whose first column is `at` / 4, to `t` bytes behind `to`; of fewer than eight columns, what is behind the
 * last is whatever is in memory there, and is never stored.
 */
export function packPanel(f: Routine, p: ColumnPacking, at: Code, behind: Code, count: number): Code {
  const { from, offset, base, loops, column, to } = p
  return f.scope(() => {
    const [s, t] = [f.local('i32'), f.local('i32')]
    const last = loops[loops.length - 1] as Level
    const transposes = column !== 1 && last.b === 1
    const nest = (level: number): Code => {
      const loop = loops[level] as Level
      const below = loops[level + 1]
      return f.scope(() => {
        const n = f.local('i32')
        if (below !== undefined)
          return counted(n, 0, loop.n, 1, () => [
            nest(level + 1),
            set(s, int.add(get(s), i32(4 * (loop.b - below.b * below.n)))),
          ])
        if (transposes) return transposed(f, { s, t, k: loop.n, column, count, from, to })
        return counted(n, 0, loop.n, 1, () => [
          row({ s, t, column, count, from, to }),
          set(s, int.add(get(s), i32(4 * loop.b))),
          set(t, int.add(get(t), i32(32))),
        ])
      })
    }
    return [set(t, behind), set(s, int.add(int.add(base, i32(offset)), int.multiply(at, i32(column)))), nest(0)]
  })
}

/** Packs panels `first` to `end` − 1 of so many columns. */
export function packColumns(f: Routine, p: ColumnPacking, first: number, end: number, columns: number): Code {
  const K = p.loops.reduce((n, l) => n * l.n, 1)
  return f.scope(() => {
    const co = f.local('i32')
    const panel = (count: number): Code => packPanel(f, p, get(co), int.multiply(get(co), i32(K)), count)
    const full = Math.min(end, Math.floor(columns / 8))
    return [
      counted(co, 32 * first, 32 * full, 32, () => panel(8)),
      end > full ? [set(co, i32(32 * full)), panel(columns - 8 * full)] : [],
    ]
  })
}

interface Move {
  readonly s: number
  readonly t: number
  readonly column: number
  readonly count: number
  readonly from: number
  readonly to: number
}

/** One row of a panel. */
function row({ s, t, column, count, from, to }: Move): Code {
  if (column === 1)
    return [
      lanes.store(get(t), to, lanes.load(get(s), from)),
      count > 4 ? lanes.store(get(t), to + 16, lanes.load(get(s), from + 16)) : [],
    ]
  return Array.from({ length: count }, (_, j) =>
    float.store(get(t), to + 4 * j, float.load(get(s), from + 4 * j * column)),
  )
}

/** k rows of a panel whose columns are consecutive in memory: four by four. */
function transposed(f: Routine, { s, t, k, column, count, from, to }: Move & { readonly k: number }): Code {
  const half = (first: number): Code =>
    f.scope(() => {
      const r = [0, 1, 2, 3].map(() => f.local('v128'))
      const u = [0, 1, 2, 3].map(() => f.local('v128'))
      const [r0 = 0, r1 = 0, r2 = 0, r3 = 0] = r
      const [u0 = 0, u1 = 0, u2 = 0, u3 = 0] = u
      return [
        r.map((x, j) => set(x, lanes.load(get(s), from + 4 * Math.min(first + j, count - 1) * column))),
        set(u0, lanes.shuffle(get(r0), get(r1), 0, 4, 1, 5)),
        set(u1, lanes.shuffle(get(r0), get(r1), 2, 6, 3, 7)),
        set(u2, lanes.shuffle(get(r2), get(r3), 0, 4, 1, 5)),
        set(u3, lanes.shuffle(get(r2), get(r3), 2, 6, 3, 7)),
        lanes.store(get(t), to + 4 * first, lanes.shuffle(get(u0), get(u2), 0, 1, 4, 5)),
        lanes.store(get(t), to + 4 * first + 32, lanes.shuffle(get(u0), get(u2), 2, 3, 6, 7)),
        lanes.store(get(t), to + 4 * first + 64, lanes.shuffle(get(u1), get(u3), 0, 1, 4, 5)),
        lanes.store(get(t), to + 4 * first + 96, lanes.shuffle(get(u1), get(u3), 2, 3, 6, 7)),
      ]
    })
  return f.scope(() => {
    const n = f.local('i32')
    return [
      counted(n, 0, k >> 2, 1, () => [
        half(0),
        count > 4 ? half(4) : [],
        set(s, int.add(get(s), i32(16))),
        set(t, int.add(get(t), i32(128))),
      ]),
      Array.from({ length: k & 3 }, () => [
        Array.from({ length: count }, (_, j) =>
          float.store(get(t), to + 4 * j, float.load(get(s), from + 4 * j * column)),
        ),
        set(s, int.add(get(s), i32(4))),
        set(t, int.add(get(t), i32(32))),
      ]),
    ]
  })
}

/** Panels of four rows of a: entry (m, k) of panel r at `to + 16 (r K + k) + 4 m`. */
export interface RowPacking {
  readonly from: number
  readonly offset: number
  readonly base: Code
  /** The local of the first row. */
  readonly ib: number
  readonly rows: number
  readonly K: number
  /** The stride of k, in entries; rows are consecutive. */
  readonly step: number
  readonly to: number
}

/** Packs rows, a multiple of four, from the one in `ib` on. */
export function packRows(f: Routine, { from, offset, base, ib, rows, K, step, to }: RowPacking): Code {
  return f.scope(() => {
    const [r, s, t, stop] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
    return counted(r, 0, rows, 4, () => [
      set(s, int.add(int.add(base, i32(offset)), int.multiply(int.add(get(ib), get(r)), i32(4)))),
      set(t, int.multiply(get(r), i32(4 * K))),
      set(stop, int.add(get(t), i32(16 * K))),
      repeatWhile(
        [
          lanes.store(get(t), to, lanes.load(get(s), from)),
          set(s, int.add(get(s), i32(4 * step))),
          set(t, int.add(get(t), i32(16))),
        ],
        int.notEqual(get(t), get(stop)),
      ),
    ])
  })
}
