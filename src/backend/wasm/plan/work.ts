import { size } from '../../../object/index.js'
import type { NodeProgram } from '../lower/node.js'
import type { Group } from './group.js'

/** Operations of a group: 2 M N K of a product, and one an entry of every other node. */
export function flopsOf(program: NodeProgram, group: Group): number {
  return products(program, group) + entries(group)
}

/** The time of a group in operations of a product: an operation of a loop takes as long as about eight of them. */
export function workOf(program: NodeProgram, group: Group): number {
  return products(program, group) + 8 * entries(group)
}

function products({ nodes }: NodeProgram, { head, shape }: Group): number {
  const node = head === undefined ? undefined : nodes[head]
  return node?.kind === 'contract' ? 2 * size(shape) * size(node.inner.map(({ n }) => n)) : 0
}

function entries({ shape, members, reductions }: Group): number {
  return size(shape) * (members.length + reductions.length)
}
