import type { Item, Link } from './layer.js'

/** Sizes of the drawing in its own units, which are pixels at scale 1. */
export const sizes = { label: 12, small: 9, port: 16, margin: 14, gap: 14, bend: 34 }

/** The offset of port i of n from the middle of its item. */
export function portAt(i: number, n: number): number {
  return (i - (n - 1) / 2) * sizes.port
}

/** The height of an item: its ports one under the other, or its texts. */
export function heightOf({ kind, node, inputs, outputs }: Item): number {
  const ports = Math.max(inputs, outputs) * sizes.port
  return kind !== 'box' || node === undefined ? 2 : Math.max(node.detail === '' ? 24 : 34, ports + 6)
}

/** How strongly a wire that passes is pulled to the middle of its passage, against one piece of wire. */
const stiffness = 6

/** The vertical centre of every item: as near to straight wires as the order and the distances of a column allow. */
export function heights(columns: readonly (readonly Item[])[], links: readonly Link[]): Map<Item, number> {
  const y = new Map<Item, number>()
  const passages = new Map<number, Item[]>()
  const near = new Map<Item, { readonly left: Link[]; readonly right: Link[] }>()
  for (const items of columns) {
    let at = -items.reduce((h, item) => h + heightOf(item) + sizes.gap, 0) / 2
    for (const item of items) {
      y.set(item, at + heightOf(item) / 2)
      at += heightOf(item) + sizes.gap
      near.set(item, { left: [], right: [] })
      if (item.kind === 'pass') push(passages, item.wire, item)
    }
  }
  for (const link of links) {
    near.get(link.to)?.left.push(link)
    near.get(link.from)?.right.push(link)
  }
  const level = (item: Item): number => y.get(item) ?? 0
  const middles = new Map<number, number>()
  const wish = (item: Item, left: boolean, right: boolean): Wish => {
    const { left: before = [], right: behind = [] } = near.get(item) ?? {}
    const ends = [
      ...(left ? before : []).map((l) => level(l.from) + portAt(l.out, l.from.outputs) - portAt(l.into, item.inputs)),
      ...(right ? behind : []).map((l) => level(l.to) + portAt(l.into, l.to.inputs) - portAt(l.out, item.outputs)),
    ]
    const middle = item.kind === 'pass' ? middles.get(item.wire) : undefined
    const weight = ends.length + (middle === undefined ? 0 : stiffness)
    if (weight === 0) return { at: level(item), weight: 0.1 }
    return { at: (ends.reduce((a, b) => a + b, 0) + (middle ?? 0) * stiffness) / weight, weight }
  }
  for (let round = 0; round < 40; round++) {
    const forward = round % 2 === 0
    const both = round >= 8
    if (both)
      for (const [wire, items] of passages)
        middles.set(wire, items.reduce((sum, item) => sum + level(item), 0) / items.length)
    for (let k = 0; k < columns.length; k++) {
      const items = columns[forward ? k : columns.length - 1 - k] ?? []
      const wishes = items.map((item) => wish(item, both || forward, both || !forward))
      for (const [i, at] of spread(items, wishes).entries()) y.set(items[i] as Item, at)
    }
  }
  return y
}

function push<K>(map: Map<K, Item[]>, key: K, item: Item): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [item])
  else list.push(item)
}

/** Where an item would best stand, and how much that counts. */
interface Wish {
  readonly at: number
  readonly weight: number
}

/**
 * Places in a given order and at their least distances, nearest to those wished for in weighted squares: isotonic
 * regression by pooling neighbours.
 */
function spread(items: readonly Item[], wishes: readonly Wish[]): number[] {
  const offset: number[] = []
  for (const [i, item] of items.entries()) {
    const above = items[i - 1]
    offset.push(above === undefined ? 0 : (offset[i - 1] ?? 0) + (heightOf(above) + heightOf(item)) / 2 + sizes.gap)
  }
  const pools: { at: number; weight: number; count: number }[] = []
  for (const [i, { at, weight }] of wishes.entries()) {
    let pool = { at: at - (offset[i] ?? 0), weight, count: 1 }
    for (let last = pools.at(-1); last !== undefined && last.at >= pool.at; last = pools.at(-1)) {
      pools.pop()
      const both = last.weight + pool.weight
      pool = {
        at: (last.at * last.weight + pool.at * pool.weight) / both,
        weight: both,
        count: last.count + pool.count,
      }
    }
    pools.push(pool)
  }
  return pools.flatMap(({ at, count }) => Array.from({ length: count }, () => at)).map((at, i) => at + (offset[i] ?? 0))
}
