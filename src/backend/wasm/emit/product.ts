import { counted, floats, get, i32, int, lanes, repeatWhile, set, type Code } from '../assembler/index.js'
import type { ContractNode, Level, Node } from '../lower/node.js'
import { whole, type View } from '../lower/view.js'
import { resultLevels, strideAlong } from '../plan/fit.js'
import { isLast, share, type Kernel } from './context.js'
import { addressOf, evaluate, groupOf, memoryViews, nodeAt, storeTo, type Place } from './expression.js'
import { packColumns, packRows } from './pack.js'
import { added, multiplied, storeLanes, type HeldDtype } from './operation.js'

/** Rows of a block whose tiles share what is packed. */
const blockRows = 16
/** Rows and columns of a tile; eight accumulators, two vectors of b and one of a stay in registers. */
const [tileRows, tileColumns] = [4, 8]
/** The longest sum in one go; longer ones go through partial sums. */
const longest = 1024

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64
const sizeOf = (levels: readonly Level[]): number => levels.reduce((n, l) => n * l.n, 1)

/** How a product is computed: what is packed, and where. */
export interface ProductPlan {
  readonly rows: Level
  /** Loops around the product of rows and columns. */
  readonly around: readonly Level[]
  readonly k: number
  readonly packsB: boolean
  readonly packsA: boolean
  readonly blocks: number
  readonly block: number
  /** Bytes of memory of its own. */
  readonly scratch: number
}

/** The plan of a product. */
export function planProduct({ outer, rows, inner, columns }: ContractNode): ProductPlan {
  const own = rows[rows.length - 1] ?? { n: 1, a: 0, b: 0, out: 0 }
  const k = sizeOf(inner)
  const single = inner.length === 1
  const [slow] = inner
  const steady = inner.every((l, i) => i === 0 || (inner[i - 1]?.b ?? 0) === l.b * l.n)
  const inPlace = columns.b === 1 && steady && (inner[inner.length - 1]?.b ?? 0) > 0
  const turns = rows.slice(0, -1).reduce((n, l) => n * l.n, 1)
  const packsB = !inPlace || (own.n * turns > 8 && k * columns.n > 2048)
  const packsA = single && (slow?.a ?? 1) >= 64 && own.a === 1 && columns.n >= 64 && own.n >= tileRows
  const limit = single ? Math.max(longest, Math.ceil(k / 8)) : Infinity
  const blocks = Math.max(1, Math.ceil(k / limit))
  const block = blocks === 1 ? k : Math.ceil(k / blocks / 4) * 4
  const wide = Math.ceil(columns.n / tileColumns) * tileColumns
  const scratch =
    aligned(block * wide * 4 + 64) +
    aligned(blockRows * block * 4 + 64) +
    (blocks > 1 ? aligned(own.n * columns.n * 4 + 64) : 0)
  return { rows: own, around: [...outer, ...rows.slice(0, -1)], k, packsB, packsA, blocks, block, scratch }
}

/** A pattern of strides over a product's loops: where an operand of the epilogue is. */
interface Pattern {
  readonly around: readonly number[]
  readonly row: number
  readonly column: number
  /** What the loops around have added, in bytes; −1 where they add nothing. */
  readonly base: number
  /** The pointer at a tile. */
  readonly pointer: number
}

/** The kernel of a product group: `out = a · b` by tiles of 4 × 8 over packed panels, with its epilogue on each tile. */
export function emitProduct(kernel: Kernel): void {
  const { routine: f, plan } = kernel
  const group = groupOf(kernel)
  const head = nodeAt(kernel, group.head ?? -1) as Node & ContractNode
  const dtype = head.dtype as HeldDtype
  const shape = planProduct(head)
  const { rows, around, packsA, packsB } = shape
  const { inner, columns } = head
  const outerLoops = head.outer.length
  const M = rows.n
  const N = columns.n
  const multiplyAdd = (a: Code, b: Code, c: Code): Code =>
    kernel.relaxed && dtype === 'float32' ? floats.multiplyAdd(a, b, c) : added[dtype](c, multiplied[dtype](a, b))

  const [i = 0, co = 0, pa = 0, pb = 0, ib = 0, row = 0, aBase = 0, bBase = 0] = Array.from({ length: 8 }, () =>
    f.local('i32'),
  )
  const accumulators = Array.from({ length: 8 }, () => f.local('v128'))
  const [b0, b1, a0] = [f.local('v128'), f.local('v128'), f.local('v128')]
  const arrayA = addressOf(kernel, head.left)
  const arrayB = addressOf(kernel, head.right)
  const startA = head.left.offset * 4
  const startB = head.right.offset * 4

  const outputs = [group.head ?? -1, ...group.members]
    .filter((n) => plan.kept.has(n))
    .map((n) => whole(n, nodeAt(kernel, n).dtype, head.shape))
  const levels = resultLevels(head)
  const patterns = new Map<string, Pattern>()
  const patternOf = (view: View): Pattern => {
    const strides = levels.map((level) => strideAlong(view, level) ?? 0)
    const key = strides.join()
    let known = patterns.get(key)
    if (known === undefined) {
      const column = strides[strides.length - 1] ?? 0
      const hasRow = head.rows.length > 0
      const rowStride = hasRow ? (strides[strides.length - 2] ?? 0) : 0
      const rest = strides.slice(0, hasRow ? -2 : -1)
      known = {
        around: rest,
        row: rowStride,
        column,
        base: rest.some((s) => s !== 0) ? f.local('i32') : -1,
        pointer: rest.some((s) => s !== 0) || rowStride !== 0 || column !== 0 ? f.local('i32') : -1,
      }
      patterns.set(key, known)
    }
    return known
  }

  /** The pointers of the epilogue's patterns at the tile of row i and column co. */
  const locate = (): Code =>
    [...patterns.values()].map(({ pointer, base, row: stride, column }) => {
      if (pointer < 0) return []
      const parts: Code[] = []
      if (base >= 0) parts.push(get(base))
      if (stride !== 0) parts.push(int.multiply(get(i), i32(4 * stride)))
      if (column !== 0) parts.push(get(co))
      return set(
        pointer,
        parts.reduce((x, y) => int.add(x, y)),
      )
    })
  const finishTile = (m: number, v: number, value: Code, count: number): Code =>
    f.scope(() => {
      const place: Place = {
        accumulator: value,
        access(view) {
          const { pointer, row: stride, column } = patternOf(view)
          return {
            pointer: pointer < 0 ? undefined : get(pointer),
            offset: view.offset * 4 + m * stride * 4 + v * column * 16,
            lane: column,
          }
        },
      }
      const values = evaluate(kernel, place, outputs)
      const locals = outputs.map(() => f.local('v128'))
      const store = (view: View, x: Code): Code => storeTo(kernel, place, view, x, count)
      const [only] = outputs
      if (only !== undefined && outputs.length === 1) return store(only, values[0] ?? [])
      return [values.map((x, n) => set(locals[n] ?? 0, x)), outputs.map((view, n) => store(view, get(locals[n] ?? 0)))]
    })

  const panelB = kernel.scratch
  const panelA = panelB + aligned(shape.block * Math.ceil(N / tileColumns) * tileColumns * 4 + 64)
  const partial = panelA + aligned(blockRows * shape.block * 4 + 64)

  /** One block of the sum: its inner loops, and how far into a and b it begins. */
  const emitBlock = (
    loops: readonly Level[],
    fromA: number,
    fromB: number,
    first: boolean,
    last: boolean,
    byColumns: boolean,
  ): Code => {
    const K = sizeOf(loops)
    const step = loops[loops.length - 1] ?? { n: 1, a: 0, b: 0, out: 0 }
    const whole8 = Math.floor(N / tileColumns)
    const [c0, c1] = byColumns ? share(kernel, 0, whole8) : [0, whole8]
    const restColumns = byColumns && !isLast(kernel) ? 0 : N % tileColumns
    const fullRows = M - (M % tileRows)
    const splitRows = !byColumns && around.length === 0
    const [m0, m1] = splitRows ? share(kernel, 0, fullRows, tileRows) : [0, fullRows]
    const restRows = splitRows && !isLast(kernel) ? 0 : M % tileRows
    const bStep = packsB ? 4 * tileColumns : 4 * step.b
    const bArray = packsB ? panelB : arrayB
    const bOffset = packsB ? 0 : startB + fromB

    const tile = (count: number, vectors: number, lastCount: number, packed: boolean): Code => {
      const aStep = packed ? 4 * tileRows : 4 * step.a
      const rowAddress = (m: number): number => (packed ? panelA + 4 * m : arrayA + 4 * m * rows.a)
      const tiles = Array.from({ length: count * vectors }, (_, t) => ({
        m: Math.floor(t / vectors),
        v: t % vectors,
        local: accumulators[t] ?? 0,
      }))
      const partialAt = (m: number, v: number): number => partial + (m * N + 4 * v) * 4
      const atRow = set(row, int.add(int.multiply(get(i), i32(4 * N)), get(co)))
      const turn: Code = [
        set(b0, lanes.load(get(pb), bArray)),
        vectors > 1 ? set(b1, lanes.load(get(pb), bArray + 16)) : [],
        Array.from({ length: count }, (_, m) => {
          const at = rowAddress(m)
          if (vectors === 1) {
            const local = accumulators[m] ?? 0
            return set(local, multiplyAdd(lanes.loadSplat(get(pa), at), get(b0), get(local)))
          }
          const [left, right] = [accumulators[2 * m] ?? 0, accumulators[2 * m + 1] ?? 0]
          return [
            set(a0, lanes.loadSplat(get(pa), at)),
            set(left, multiplyAdd(get(a0), get(b0), get(left))),
            set(right, multiplyAdd(get(a0), get(b1), get(right))),
          ]
        }),
        set(pa, int.add(get(pa), i32(aStep))),
        set(pb, int.add(get(pb), i32(bStep))),
      ]
      const nest = (level: number): Code => {
        if (level === loops.length - 1)
          return f.scope(() => {
            const stop = f.local('i32')
            if (step.n === 1) return turn
            return [
              set(stop, int.add(get(pb), i32(step.n * bStep))),
              repeatWhile(turn, int.notEqual(get(pb), get(stop))),
            ]
          })
        const loop = loops[level] ?? step
        const below = loops[level + 1] ?? step
        return f.scope(() => {
          const turns = f.local('i32')
          // The loops below have moved a on by their own turns.
          return counted(turns, 0, loop.n, 1, () => [
            nest(level + 1),
            set(pa, int.add(get(pa), i32(4 * (loop.a - below.a * below.n)))),
          ])
        })
      }
      return [
        first
          ? tiles.map(({ local }) => set(local, f.integer(0)))
          : [atRow, tiles.map(({ m, v, local }) => set(local, lanes.load(get(row), partialAt(m, v))))],
        set(pb, packsB ? int.multiply(get(co), i32(K)) : int.add(get(bBase), int.add(get(co), i32(bOffset)))),
        nest(0),
        last
          ? [locate(), tiles.map(({ m, v, local }) => finishTile(m, v, get(local), v === vectors - 1 ? lastCount : 4))]
          : [
              atRow,
              tiles.map(({ m, v, local }) =>
                f.scope(() => storeLanes(f, get(row), partialAt(m, v), get(local), v === vectors - 1 ? lastCount : 4)),
              ),
            ],
      ]
    }
    const beginA = (packed: boolean): Code =>
      packed
        ? set(pa, int.multiply(int.subtract(get(i), get(ib)), i32(4 * K)))
        : set(pa, int.add(int.add(get(aBase), i32(startA + fromA)), int.multiply(get(i), i32(4 * rows.a))))
    const panels = (body: (vectors: number, count: number) => Code): Code => [
      counted(co, 4 * tileColumns * c0, 4 * tileColumns * c1, 4 * tileColumns, () => body(2, 4)),
      restColumns > 0
        ? [
            set(co, i32(4 * tileColumns * whole8)),
            body(restColumns > 4 ? 2 : 1, restColumns % 4 === 0 ? 4 : restColumns % 4),
          ]
        : [],
    ]
    const blocksOfRows = (): Code => {
      const inRows = (from: number, to: Code | number): Code =>
        panels((vectors, count) => [
          set(i, typeof to === 'number' ? i32(from) : get(ib)),
          repeatWhile(
            [beginA(packsA), tile(tileRows, vectors, count, packsA), set(i, int.add(get(i), i32(tileRows)))],
            int.lessUnsigned(get(i), typeof to === 'number' ? i32(to) : to),
          ),
        ])
      if (m1 <= m0) return []
      if (m1 - m0 <= blockRows) {
        return [
          set(ib, i32(m0)),
          packsA
            ? packRows(f, {
                from: arrayA,
                offset: startA + fromA,
                base: get(aBase),
                ib,
                rows: m1 - m0,
                K,
                step: step.a,
                to: panelA,
              })
            : [],
          inRows(m0, m1),
        ]
      }
      const tail = (m1 - m0) % blockRows
      const one = (count: number): Code => [
        packsA
          ? packRows(f, {
              from: arrayA,
              offset: startA + fromA,
              base: get(aBase),
              ib,
              rows: count,
              K,
              step: step.a,
              to: panelA,
            })
          : [],
        inRows(0, int.add(get(ib), i32(count))),
      ]
      return [
        counted(ib, m0, m1 - tail, blockRows, () => one(blockRows)),
        tail > 0 ? [set(ib, i32(m1 - tail)), one(tail)] : [],
      ]
    }
    return [
      packsB
        ? packColumns(f, {
            from: arrayB,
            offset: startB + fromB,
            base: get(bBase),
            loops,
            column: columns.b,
            first: c0,
            end: restColumns > 0 ? Math.ceil(N / tileColumns) : c1,
            columns: N,
            to: panelB,
          })
        : [],
      blocksOfRows(),
      restRows > 0
        ? [
            set(i, i32(fullRows)),
            set(ib, i32(0)),
            panels((vectors, count) => [beginA(false), tile(restRows, vectors, count, false)]),
          ]
        : [],
    ]
  }

  // Epilogues are written first, so that the loops around know every pattern.
  const byColumns =
    around.length === 0 && (inner[inner.length - 1]?.a ?? 0) === 1 && N >= 64 && kernel.part !== undefined
  const body = (): Code => {
    if (shape.blocks === 1)
      return emitBlock(inner.length === 0 ? [{ n: 1, a: 0, b: 0, out: 0 }] : inner, 0, 0, true, true, byColumns)
    const [only] = inner as readonly [Level]
    return Array.from({ length: shape.blocks }, (_, n) => {
      const from = n * shape.block
      const count = Math.min(shape.block, shape.k - from)
      return emitBlock(
        [{ ...only, n: count }],
        4 * from * only.a,
        4 * from * only.b,
        n === 0,
        n === shape.blocks - 1,
        byColumns,
      )
    })
  }
  for (const view of [...outputs, ...memoryViews(kernel, outputs)]) patternOf(view)
  const turnsAround = around.map(() => f.local('i32'))
  const inside = body()
  const wrap = (level: number): Code => {
    const loop = around[level]
    if (loop === undefined) return inside
    const [from, to] = level === 0 ? share(kernel, 0, loop.n) : [0, loop.n]
    const move = (turns: number): Code => [
      loop.a === 0 ? [] : set(aBase, int.add(get(aBase), i32(4 * loop.a * turns))),
      loop.b === 0 || level >= outerLoops ? [] : set(bBase, int.add(get(bBase), i32(4 * loop.b * turns))),
      [...patterns.values()].map(({ base, around: strides }) => {
        const bytes = 4 * (strides[level] ?? 0) * turns
        return base < 0 || bytes === 0 ? [] : set(base, int.add(get(base), i32(bytes)))
      }),
    ]
    return [
      move(from),
      counted(turnsAround[level] ?? 0, from, to, 1, () => [wrap(level + 1), move(1)]),
      move(-Math.max(from, to)),
    ]
  }
  const clear = [aBase, bBase, ...[...patterns.values()].flatMap(({ base }) => (base < 0 ? [] : [base]))].map((local) =>
    set(local, i32(0)),
  )
  f.body.push(clear, wrap(0))
}
