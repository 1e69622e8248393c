import { size, strides as rowMajor } from '../../../object/index.js'
import { counted, get, i32, set, lanes, type Code } from '../assembler/index.js'
import type { FoldNode, Node, PlaceNode } from '../lower/node.js'
import type { View } from '../lower/view.js'
import { axesOf } from './axes.js'
import { isFirst, type Kernel } from './context.js'
import { addressOf, evaluate, nodeAt, storeTo } from './expression.js'
import { nestOf } from './nest.js'
import { added, type HeldDtype } from './operation.js'

/** Writes zeros over an array. */
export function clearArray(kernel: Kernel, i: number): Code {
  const { routine: f } = kernel
  const node = nodeAt(kernel, i)
  const address = addressOf(kernel, { source: i } as View)
  return f.scope(() => {
    const p = f.local('i32')
    const bytes = Math.ceil(size(node.shape) / 4) * 16
    return counted(p, 0, bytes, 16, () => lanes.store(get(p), address, f.integer(0)))
  })
}

/** The loops over a view that store it, or add it, where another view of the same shape is. */
function transfer(kernel: Kernel, from: View, to: View, accumulates: boolean): Code {
  const { routine: f } = kernel
  return f.scope(() => {
    const space = axesOf(from.shape, [], [...(typeof from.source === 'object' ? [] : [from]), to])
    const last = space.axes.length - 1
    const stride = space.axes[last]?.strides[space.pattern(to)]
    // Where positions meet along the last axis they are added one by one.
    const vector = last >= 0 && stride === 1 ? last : -1
    const nest = nestOf(kernel, space, vector)
    return nest.code({
      vector,
      flat: false,
      shares: false,
      entries: (count) =>
        f.scope(() => {
          const [value = []] = evaluate(kernel, nest.place, [from])
          if (!accumulates) return storeTo(kernel, nest.place, to, value, count)
          const { pointer, offset } = nest.place.access(to)
          const at = addressOf(kernel, to) + offset
          const known = vector < 0 ? lanes.loadSplat(pointer ?? i32(0), at) : lanes.load(pointer ?? i32(0), at)
          const sum = f.local('v128')
          return [
            set(sum, added[to.dtype as HeldDtype](known, value)),
            storeTo(kernel, nest.place, to, get(sum), count),
          ]
        }),
    })
  })
}

/** The kernel of a place node: zeros, unless the parts cover all, then each part at its corner. */
export function emitPlace(kernel: Kernel, i: number): void {
  if (!isFirst(kernel)) return
  const node = nodeAt(kernel, i) as Node & PlaceNode
  const own = rowMajor(node.shape)
  const covered = node.parts.reduce((n, { view }) => n + size(view.shape), 0) === size(node.shape)
  kernel.routine.body.push(
    covered ? [] : clearArray(kernel, i),
    node.parts.map(({ view, start }) => {
      const offset = start.reduce((at, s, a) => at + s * (own[a] ?? 0), 0)
      return transfer(kernel, view, { source: i, dtype: node.dtype, offset, shape: view.shape, strides: own }, false)
    }),
  )
}

/** The kernel of a fold: zeros, and every entry added where it is sent. */
export function emitFold(kernel: Kernel, i: number): void {
  if (!isFirst(kernel)) return
  const node = nodeAt(kernel, i) as Node & FoldNode
  const own = rowMajor(node.shape)
  kernel.routine.body.push(
    clearArray(kernel, i),
    transfer(
      kernel,
      node.arg,
      {
        source: i,
        dtype: node.dtype,
        offset: 0,
        shape: node.arg.shape,
        strides: node.targets.map(({ axis, by }) => by * (own[axis] ?? 0)),
      },
      true,
    ),
  )
}
