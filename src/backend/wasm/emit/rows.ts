import { size } from '../../../object/index.js'
import { counted, get, i32, int, lanes, set, when, type Code } from '../assembler/index.js'
import type { GatherNode, Node, ScatterNode } from '../lower/node.js'
import { whole } from '../lower/view.js'
import { isFirst, type Kernel } from './context.js'
import { addressOf, nodeAt } from './expression.js'
import { clearArray } from './move.js'
import { added, storeLanes, type HeldDtype } from './operation.js'

/** The vectors of a row of `width` entries: offset in bytes from a pointer, and lanes. */
function overRow(f: Kernel['routine'], width: number, body: (at: number, count: number) => Code): Code {
  const full = width >> 2
  const rest = width & 3
  return f.scope(() => {
    const at = f.local('i32')
    return [counted(at, 0, 16 * full, 16, () => body(at, 4)), rest > 0 ? [set(at, i32(16 * full)), body(at, rest)] : []]
  })
}

/** The kernel of a gather: each index's row, or zeros where there is none. */
export function emitGather(kernel: Kernel, i: number): void {
  if (!isFirst(kernel)) return
  const { routine: f } = kernel
  const node = nodeAt(kernel, i) as Node & GatherNode
  const [rows = 0, ...rest] = node.table.shape
  const width = size(rest)
  const [table, indices] = [addressOf(kernel, node.table), addressOf(kernel, node.indices)]
  const result = addressOf(kernel, whole(i, node.dtype, node.shape))
  const [p, to, from, index] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
  f.body.push(
    set(to, i32(0)),
    counted(p, 0, 4 * size(node.indices.shape), 4, () => [
      set(index, int.load(get(p), indices)),
      when(
        int.lessUnsigned(get(index), i32(rows)),
        [
          set(from, int.multiply(get(index), i32(4 * width))),
          overRow(f, width, (at, count) =>
            storeLanes(f, int.add(get(to), get(at)), result, lanes.load(int.add(get(from), get(at)), table), count),
          ),
        ],
        overRow(f, width, (at, count) => storeLanes(f, int.add(get(to), get(at)), result, f.integer(0), count)),
      ),
      set(to, int.add(get(to), i32(4 * width))),
    ]),
  )
}

/** The kernel of a scatter: zeros, and each row added at its index, in order; rows without a place are dropped. */
export function emitScatter(kernel: Kernel, i: number): void {
  if (!isFirst(kernel)) return
  const { routine: f } = kernel
  const node = nodeAt(kernel, i) as Node & ScatterNode
  const [rows = 0, ...rest] = node.shape
  const width = size(rest)
  const join = added[node.dtype as HeldDtype]
  const [indices, values] = [addressOf(kernel, node.indices), addressOf(kernel, node.values)]
  const result = addressOf(kernel, whole(i, node.dtype, node.shape))
  const [p, to, from, index] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
  f.body.push(
    clearArray(kernel, i),
    set(from, i32(0)),
    counted(p, 0, 4 * size(node.indices.shape), 4, () => [
      set(index, int.load(get(p), indices)),
      when(int.lessUnsigned(get(index), i32(rows)), [
        set(to, int.multiply(get(index), i32(4 * width))),
        overRow(f, width, (at, count) => {
          const place = int.add(get(to), get(at))
          return storeLanes(
            f,
            place,
            result,
            join(lanes.load(place, result), lanes.load(int.add(get(from), get(at)), values)),
            count,
          )
        }),
      ]),
      set(from, int.add(get(from), i32(4 * width))),
    ]),
  )
}
