import { counted, floats, get, i32, int, lanes, repeatWhile, set, type Code } from '../assembler/index.js'
import type { ContractNode, Level, Node } from '../lower/node.js'
import { isLast, share, type Kernel } from './context.js'
import { epilogueOf } from './epilogue.js'
import { addressOf, groupOf, nodeAt } from './expression.js'
import { added, multiplied, storeLanes, type HeldDtype } from './operation.js'
import { packColumns, packPanel, packRows, type ColumnPacking } from './pack.js'
import { blockRows, planProduct, rowsAtOnce, sizeOf, tileColumns, tileRows } from './product-plan.js'

/** The kernel of a product group: `out = a · b` by tiles of 4 × 8 over packed panels, with its epilogue on each tile. */
export function emitProduct(kernel: Kernel): void {
  const { routine: f } = kernel
  const head = nodeAt(kernel, groupOf(kernel).head ?? -1) as Node & ContractNode
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

  const epilogue = epilogueOf(kernel, head, head.shape)

  const panelB = kernel.scratch
  const panelA = panelB + shape.panelA
  const partial = panelB + shape.partial

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
        set(
          pb,
          !packsB
            ? int.add(get(bBase), int.add(get(co), i32(bOffset)))
            : packsA
              ? int.multiply(get(co), i32(K))
              : i32(0),
        ),
        nest(0),
        last
          ? [
              epilogue.locate(i, co),
              tiles.map(({ m, v, local }) => epilogue.finish(m, v, get(local), v === vectors - 1 ? lastCount : 4)),
            ]
          : [
              atRow,
              tiles.map(({ m, v, local }) =>
                f.scope(() => storeLanes(f, get(row), partialAt(m, v), get(local), v === vectors - 1 ? lastCount : 4)),
              ),
            ],
      ]
    }
    const packing: ColumnPacking = {
      from: arrayB,
      offset: startB + fromB,
      base: get(bBase),
      loops,
      column: columns.b,
      to: panelB,
    }
    const beginA = (packed: boolean): Code =>
      packed
        ? set(pa, int.multiply(int.subtract(get(i), get(ib)), i32(4 * K)))
        : set(pa, int.add(int.add(get(aBase), i32(startA + fromA)), int.multiply(get(i), i32(4 * rows.a))))
    const panels = (body: (vectors: number, count: number, width: number) => Code): Code => [
      counted(co, 4 * tileColumns * c0, 4 * tileColumns * c1, 4 * tileColumns, () => body(2, 4, tileColumns)),
      restColumns > 0
        ? [
            set(co, i32(4 * tileColumns * whole8)),
            body(restColumns > 4 ? 2 : 1, restColumns % 4 === 0 ? 4 : restColumns % 4, restColumns),
          ]
        : [],
    ]
    /** Rows `ib` to `ib + count − 1` by tiles, and the rows that fill none, panel by panel of b. */
    const inRows = (count: number, rest: number): Code =>
      panels((vectors, lanesLeft, width) => [
        packsB && !packsA ? packPanel(f, packing, get(co), i32(0), width) : [],
        set(i, get(ib)),
        count > 0
          ? repeatWhile(
              [beginA(packsA), tile(tileRows, vectors, lanesLeft, packsA), set(i, int.add(get(i), i32(tileRows)))],
              int.lessUnsigned(get(i), int.add(get(ib), i32(count))),
            )
          : [],
        rest > 0 ? [beginA(false), tile(rest, vectors, lanesLeft, false)] : [],
      ])
    const block = (count: number, rest: number): Code => [
      packsA && count > 0
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
      inRows(count, rest),
    ]
    const high = packsA ? blockRows : rowsAtOnce(K)
    const tail = (m1 - m0) % high
    const last16 = tail === 0 && m1 > m0 && restRows > 0 ? high : tail
    return [
      packsB && packsA ? packColumns(f, packing, c0, restColumns > 0 ? Math.ceil(N / tileColumns) : c1, N) : [],
      counted(ib, m0, m1 - last16, high, () => block(high, 0)),
      last16 > 0 || restRows > 0 ? [set(ib, i32(m1 - last16)), block(last16, restRows)] : [],
    ]
  }

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
  const turnsAround = around.map(() => f.local('i32'))
  const inside = body()
  const wrap = (level: number): Code => {
    const loop = around[level]
    if (loop === undefined) return inside
    const [from, to] = level === 0 ? share(kernel, 0, loop.n) : [0, loop.n]
    const move = (turns: number): Code => [
      loop.a === 0 ? [] : set(aBase, int.add(get(aBase), i32(4 * loop.a * turns))),
      loop.b === 0 || level >= outerLoops ? [] : set(bBase, int.add(get(bBase), i32(4 * loop.b * turns))),
      epilogue.patterns.map(({ base, around: strides }) => {
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
  const clear = [aBase, bBase, ...epilogue.patterns.flatMap(({ base }) => (base < 0 ? [] : [base]))].map((local) =>
    set(local, i32(0)),
  )
  f.body.push(clear, wrap(0))
}
