import { strides as rowMajor } from '../../../object/index.js'
import { floats, get, ints, lanes, set, type Code } from '../assembler/index.js'
import type { Node, ReduceNode } from '../lower/node.js'
import { whole, type View } from '../lower/view.js'
import { axesOf } from './axes.js'
import type { Kernel } from './context.js'
import { evaluate, groupOf, memoryViews, nodeAt, storeTo } from './expression.js'
import { nestOf } from './nest.js'
import { added, larger, lowest, maskOf, numberOf, type HeldDtype } from './operation.js'

/** A reduction of a loop: its node, the vector it accumulates in, and of an argmax the vector of indices. */
interface Accumulator {
  readonly node: Node & ReduceNode
  readonly local: number
  readonly index: number
  /** Its result, with stride 0 along what is reduced. */
  readonly target: View
}

/** The view of a reduction's result over the space that it reduces. */
function targetOf(i: number, { arg, axes, dtype, shape }: Node & ReduceNode): View {
  const own = rowMajor(shape)
  let next = 0
  return {
    source: i,
    dtype,
    offset: 0,
    shape: arg.shape,
    strides: arg.shape.map((_, a) => (axes.includes(a) ? 0 : (own[next++] ?? 0))),
  }
}

/** The kernel of a loop group: entrywise nodes, and reductions of one set of axes, in one nest of loops. */
export function emitLoop(kernel: Kernel): void {
  const { routine: f, plan } = kernel
  const group = groupOf(kernel)
  const results = group.members
    .filter((i) => plan.kept.has(i))
    .map((i) => whole(i, nodeAt(kernel, i).dtype, group.shape))
  const accumulators = group.reductions.map((i): Accumulator => {
    const node = nodeAt(kernel, i) as Node & ReduceNode
    return {
      node,
      local: f.local('v128'),
      index: node.op === 'argmax' ? f.local('v128') : -1,
      target: targetOf(i, node),
    }
  })
  const operands = accumulators.map((a) => a.node.arg)
  const roots = [...operands, ...results]
  if (roots.length === 0) return
  const reduced = accumulators[0]?.node.axes ?? []
  const targets = accumulators.map((a) => a.target)
  const space = axesOf(group.shape, reduced, [...memoryViews(kernel, roots), ...results, ...targets])
  const { axes } = space
  const scan = accumulators.some((a) => a.node.op === 'argmax')
  // Vectors run along the last axis of the space; an index is found entry by entry where that is what is reduced.
  const along = reduced.includes(group.shape.map((n) => n !== 1).lastIndexOf(true))
  const horizontal = along && !scan
  const vector = horizontal ? axes.length - 1 : along ? -1 : axes.map((a) => a.reduced).lastIndexOf(false)
  const counter = f.local('i32')
  // Where one vector is all that is reduced, nothing is accumulated.
  const reducedAxes = axes.filter((a) => a.reduced)
  const once = horizontal && reducedAxes.length === 1 && (reducedAxes[0]?.n ?? 0) <= 4
  const nest = nestOf(kernel, space, vector)
  const entries = (count: number): Code =>
    f.scope(() => {
      const values = evaluate(kernel, nest.place, roots)
      const locals = roots.map(() => f.local('v128'))
      return [
        values.map((v, i) => set(locals[i] ?? 0, v)),
        accumulators.map((a, i) => accumulate(kernel, a, get(locals[i] ?? 0), horizontal ? count : 4, counter, once)),
        results.map((view, i) => storeTo(kernel, nest.place, view, get(locals[operands.length + i] ?? 0), count)),
      ]
    })
  const before = (): Code =>
    accumulators.map(({ node, local, index }) => [
      once ? [] : set(local, numberOf(f, node.arg.dtype, node.op === 'sum' ? 0 : lowest[node.arg.dtype as HeldDtype])),
      index < 0 ? [] : set(index, f.integer(0)),
    ])
  const after = (count: number): Code =>
    f.scope(() =>
      accumulators.map(({ node, local, index, target }) =>
        horizontal
          ? storeTo(kernel, nest.place, target, acrossLanes(kernel, node, local), 1)
          : storeTo(kernel, nest.place, target, get(index < 0 ? local : index), count),
      ),
    )
  f.body.push(
    nest.code({
      vector,
      flat: axes.length === 1 && accumulators.length === 0,
      entries,
      ...(accumulators.length === 0 ? {} : { around: { before, after } }),
      ...(scan ? { counter } : {}),
      shares: true,
    }),
  )
}

function accumulate(kernel: Kernel, a: Accumulator, value: Code, count: number, counter: number, once: boolean): Code {
  const { routine: f } = kernel
  const { node, local } = a
  const dtype = node.arg.dtype as HeldDtype
  if (node.op === 'argmax') {
    const [x, mask] = [f.local('v128'), f.local('v128')]
    return [
      set(x, value),
      set(mask, replaces(dtype, get(local), get(x))),
      set(local, lanes.select(get(x), get(local), get(mask))),
      set(a.index, lanes.select(lanes.splatInt(get(counter)), get(a.index), get(mask))),
    ]
  }
  const join = node.op === 'sum' ? added[dtype] : larger[dtype]
  const start = node.op === 'sum' ? 0 : lowest[dtype]
  const masked = (): Code =>
    start === 0 ? lanes.and(value, maskOf(f, count)) : lanes.select(value, numberOf(f, dtype, start), maskOf(f, count))
  const given = count === 4 ? value : masked()
  return set(local, once ? given : join(get(local), given))
}

/** Where x is larger than the largest so far, or the first NaN. */
function replaces(dtype: HeldDtype, largest: Code, x: Code): Code {
  if (dtype !== 'float32') return ints.less(largest, x)
  return lanes.or(floats.less(largest, x), lanes.and(floats.notEqual(x, x), floats.equal(largest, largest)))
}

/** The reduction over the four lanes of a vector, in lane 0. */
function acrossLanes({ routine: f }: Kernel, node: ReduceNode, local: number): Code {
  const dtype = node.arg.dtype as HeldDtype
  const join = node.op === 'sum' ? added[dtype] : larger[dtype]
  const half = f.local('v128')
  return [
    set(half, join(get(local), lanes.shuffle(get(local), get(local), 2, 3, 0, 1))),
    join(get(half), lanes.shuffle(get(half), get(half), 1, 0, 3, 2)),
  ]
}
