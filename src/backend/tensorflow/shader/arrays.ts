import { size } from '../../../object/index.js'
import type { Grouping } from '../../wasm/plan/group.js'
import { keptNodes } from '../../wasm/plan/buffer.js'
import type { Node } from '../../wasm/lower/node.js'
import type { Limits, Slot } from './dialect.js'
import type { Sources } from './evaluate.js'

/** What is known of arrays in memory. */
export interface Memory {
  readonly slot: (array: number) => Slot
  /** Inputs of one entry that are not bound as arrays. */
  readonly scalars: readonly number[]
}

/** The arrays of a plan: nodes that are kept in memory, and partial results, whose numbers are past those of the nodes. */
export interface Arrays extends Sources, Memory {
  /** Keeps a node in memory from here on. */
  keep(node: number): void
  /** A new array. */
  add(slot: Slot): number
}

/** The arrays that the groups of a program make and read. */
export function arraysFor(grouping: Grouping, limits: Limits): Arrays {
  const { nodes, inputs } = grouping.program
  const kept = new Set([...keptNodes(grouping), ...inputs])
  const extra: Slot[] = []
  const scalars = [...new Set(inputs)].filter((i) => i >= 0 && size((nodes[i] as Node).shape) === 1)
  return {
    nodes,
    scalars: scalars.slice(0, limits.scalars),
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
