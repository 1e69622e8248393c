import { strides as rowMajor } from '../../../object/index.js'
import type { ContractNode, Level, MapNode, Node, NodeProgram } from '../lower/node.js'
import { viewsOf } from '../lower/node.js'
import type { View } from '../lower/view.js'
import type { Group } from './group.js'

/** How far a view of a product's result moves along a level of its loops, or undefined where that is not one stride. */
export function strideAlong(view: View, { n, out }: { readonly n: number; readonly out: number }): number | undefined {
  const own = rowMajor(view.shape)
  const axes = view.shape.flatMap((m, a) => {
    const step = own[a] ?? 0
    return m !== 1 && step >= out && step < out * n ? [{ n: m, stride: view.strides[a] ?? 0 }] : []
  })
  for (const [i, axis] of axes.entries()) {
    const outer = axes[i - 1]
    if (outer !== undefined && outer.stride !== axis.stride * axis.n) return undefined
  }
  return axes[axes.length - 1]?.stride ?? 0
}

/** The levels of a product over its result: outer, rows, and the columns. */
export function resultLevels({
  outer,
  rows,
  columns,
}: ContractNode): readonly { readonly n: number; readonly out: number }[] {
  return [...outer, ...rows.map(({ n, out }: Level) => ({ n, out })), { n: columns.n, out: 1 }]
}

/**
 * Whether an entrywise node can run on the tiles of a product: each operand moves by one stride along each of its loops,
 * along columns by 0 or 1. What is read more than once is left to a flat loop where rows do not end with a whole vector.
 */
export function fitsProduct(
  { nodes }: NodeProgram,
  group: Group,
  node: MapNode,
  users: readonly (readonly number[])[],
  inlined: ReadonlySet<number>,
): boolean {
  const head = nodes[group.head ?? -1] as Node & ContractNode
  const levels = resultLevels(head)
  const views = (of: Node): readonly View[] =>
    viewsOf(of).flatMap((v) => {
      const inner = typeof v.source === 'number' && inlined.has(v.source) ? nodes[v.source] : undefined
      return inner === undefined ? [v] : views(inner)
    })
  const read = views(node as Node & MapNode)
  const several = head.columns.n % 4 !== 0 && (users[group.head ?? -1]?.length ?? 0) > 1
  if (several) return false
  return read.every((view) => {
    if (typeof view.source === 'object') return true
    const strides = levels.map((level) => strideAlong(view, level))
    const along = strides[strides.length - 1]
    return !strides.includes(undefined) && (along === 0 || along === 1)
  })
}
