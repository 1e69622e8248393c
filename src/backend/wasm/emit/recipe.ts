import type { Node } from '../lower/node.js'
import type { Plan } from '../plan/buffer.js'
import type { Group } from '../plan/group.js'

/** All that a group's kernel depends on but the addresses of its arrays. */
export interface Recipe {
  /** Groups with the same key have the same kernel, up to addresses. */
  readonly key: string
  /** The arrays by slot, as numbers of nodes. */
  readonly arrays: readonly number[]
  /** The slot of a node's array. */
  readonly slots: ReadonlyMap<number, number>
}

/** The recipe of the k-th group: its nodes and those computed in them, with every array named by the order of its first use. */
export function recipeOf({ grouping, kept }: Plan, k: number): Recipe {
  const { program, inlined } = grouping
  const { kind, shape, members, reductions, head } = grouping.groups[k] as Group
  const slots = new Map<number, number>()
  const arrays: number[] = []
  const queue: number[] = []
  const slotOf = (node: number): number => {
    const known = slots.get(node)
    if (known !== undefined) return known
    slots.set(node, arrays.length)
    queue.push(node)
    return arrays.push(node) - 1
  }
  const lists = [head === undefined ? [] : [head], members, reductions].map((list) => list.map(slotOf).join())
  const own = queue.length
  const parts = [kind, shape.join(), ...lists]
  for (let i = 0; i < queue.length; i++) {
    const at = queue[i] ?? -1
    const node = program.nodes[at] as Node
    const computed = i < own || inlined.has(at)
    parts.push(
      computed ? `${kept.has(at) ? 'kept ' : ''}${textOf(node, slotOf)}` : `${node.dtype} ${node.shape.join()}`,
    )
  }
  return { key: parts.join(';'), arrays, slots }
}

/** A value as text, with the sources of views by slot. */
function textOf(value: unknown, slotOf: (node: number) => number): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, slotOf)).join()}]`
  if (typeof value !== 'object' || value === null) return String(value)
  let text = '{'
  for (const [name, item] of Object.entries(value))
    text += name === 'source' && typeof item === 'number' ? `@${slotOf(item)} ` : `${name} ${textOf(item, slotOf)} `
  return `${text}}`
}
