import { size } from '../../../object/index.js'
import type { Grouping } from '../../wasm/plan/group.js'
import { planBuffers } from '../../wasm/plan/buffer.js'
import type { Node } from '../../wasm/lower/node.js'
import type { Slot } from './dialect.js'
import type { Sources } from './evaluate.js'

/** The arrays of a plan: nodes that are kept in memory, and partial results, whose numbers are past those of the nodes. */
export interface Arrays extends Sources {
  slot(array: number): Slot
  /** Keeps a node in memory from here on. */
  keep(node: number): void
  /** A new array. */
  add(slot: Slot): number
}

/** The arrays that the groups of a program make and read. */
export function arraysFor(grouping: Grouping): Arrays {
  const { nodes, inputs } = grouping.program
  const kept = new Set([...planBuffers(grouping, 0, []).kept, ...inputs])
  const extra: Slot[] = []
  return {
    nodes,
    held: (node) => kept.has(node),
    slot(array) {
      const added = extra[array - nodes.length]
      if (added !== undefined) return added
      const { dtype, shape } = nodes[array] as Node
      return { dtype, size: size(shape) }
    },
    keep: (node) => void kept.add(node),
    add: (slot) => nodes.length + extra.push(slot) - 1,
  }
}
