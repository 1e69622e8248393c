import { size } from '../../../object/index.js'
import { counted, get, i32, ints, int, lanes, set, type Code } from '../assembler/index.js'
import type { Node, RandomNode } from '../lower/node.js'
import { whole } from '../lower/view.js'
import { isFirst, type Kernel } from './context.js'
import { addressOf, nodeAt } from './expression.js'
import { storeLanes } from './operation.js'

const rotations: readonly (readonly number[])[] = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
]
const parity = 0x1bd11bda

/** The kernel of random words: Threefry-2x32-20 on four counters at once, two words each, as `src/primitive/threefry.ts`. */
export function emitRandom(kernel: Kernel, i: number): void {
  if (!isFirst(kernel)) return
  const { routine: f } = kernel
  const node = nodeAt(kernel, i) as Node & RandomNode
  const keys = size(node.keys.shape) / 2
  const words = size(node.shape) / keys
  const from = addressOf(kernel, node.keys)
  const result = addressOf(kernel, whole(i, node.dtype, node.shape))
  const [key, to, counter] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const k = [0, 1, 2].map(() => f.local('v128'))
  const [x0, x1] = [f.local('v128'), f.local('v128')]
  const keyWord = (n: number): Code => get(k[n % 3] ?? 0)
  const block: Code = [
    // The second word of the counter is 0.
    set(
      x0,
      ints.add(ints.add(lanes.splatInt(get(counter)), f.hoist('lanes', lanes.constant([0, 1, 2, 3]))), keyWord(0)),
    ),
    set(x1, keyWord(1)),
    [1, 2, 3, 4, 5].map((group) => [
      (rotations[(group + 1) % 2] ?? []).map((r) => [
        set(x0, ints.add(get(x0), get(x1))),
        set(
          x1,
          lanes.xor(lanes.or(ints.shiftLeft(get(x1), i32(r)), ints.shiftRightUnsigned(get(x1), i32(32 - r))), get(x0)),
        ),
      ]),
      set(x0, ints.add(get(x0), keyWord(group))),
      set(x1, ints.add(ints.add(get(x1), keyWord(group + 1)), f.integer(group))),
    ]),
  ]
  const stored = (count: number): Code =>
    f.scope(() => [
      storeLanes(f, get(to), result, lanes.shuffle(get(x0), get(x1), 0, 4, 1, 5), Math.min(4, count)),
      count > 4 ? storeLanes(f, get(to), result + 16, lanes.shuffle(get(x0), get(x1), 2, 6, 3, 7), count - 4) : [],
      set(to, int.add(get(to), i32(4 * count))),
    ])
  const full = words >> 3
  const rest = words & 7
  f.body.push(
    set(to, i32(0)),
    counted(key, 0, 8 * keys, 8, () => [
      set(k[0] ?? 0, lanes.loadSplat(get(key), from)),
      set(k[1] ?? 0, lanes.loadSplat(get(key), from + 4)),
      set(k[2] ?? 0, lanes.xor(lanes.xor(keyWord(0), keyWord(1)), f.integer(parity))),
      counted(counter, 0, 4 * full, 4, () => [block, stored(8)]),
      rest > 0 ? [set(counter, i32(4 * full)), block, stored(rest)] : [],
    ]),
  )
}
