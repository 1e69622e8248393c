import { heightOf, portAt, sizes } from './height.js'
import type { Item, Link } from './layer.js'

/** The farthest that a box moves to make one wire straight. */
const reach = 8

/**
 * Moves items within their room, keeping order and distances, so that wires which nearly are become straight: first what
 * passes through several columns, the longest first, then boxes under the first wire that they read.
 */
export function straighten(columns: readonly (readonly Item[])[], links: readonly Link[], y: Map<Item, number>): void {
  const next = new Map<Item, readonly [above: Item | undefined, below: Item | undefined]>()
  for (const items of columns) for (const [i, item] of items.entries()) next.set(item, [items[i - 1], items[i + 1]])
  const level = (item: Item): number => y.get(item) ?? 0
  const apart = (a: Item, b: Item): number => (heightOf(a) + heightOf(b)) / 2 + sizes.gap
  const room = (item: Item): readonly [number, number] => {
    const [above, below] = next.get(item) ?? []
    return [
      above === undefined ? -Infinity : level(above) + apart(above, item),
      below === undefined ? Infinity : level(below) - apart(item, below),
    ]
  }
  for (let round = 0; round < 3; round++) {
    for (const run of passages(links)) align(run, y, room)
    for (const { from, out, to, into } of links) {
      if (to.kind !== 'box' || into !== 0) continue
      const at = level(from) + portAt(out, from.outputs) - portAt(into, to.inputs)
      const [low, high] = room(to)
      if (Math.abs(at - level(to)) <= reach && at >= low && at <= high) y.set(to, at)
    }
  }
}

/** What passes, by wire, from left to right; the wires that pass longest first. */
function passages(links: readonly Link[]): readonly (readonly Link[])[] {
  const runs = new Map<number, Link[]>()
  for (const link of links) {
    if (link.to.kind !== 'pass') continue
    const run = runs.get(link.to.wire)
    if (run === undefined) runs.set(link.to.wire, [link])
    else run.push(link)
  }
  return [...runs.values()].sort((a, b) => b.length - a.length)
}

/** Puts as many neighbours of a passage as possible on one level: that of its source where there is room. */
function align(run: readonly Link[], y: Map<Item, number>, room: (item: Item) => readonly [number, number]): void {
  let part: Item[] = []
  let [low, high] = [-Infinity, Infinity]
  let source: number | undefined
  const flush = (): void => {
    if (part.length === 0) return
    const mean = part.reduce((sum, item) => sum + (y.get(item) ?? 0), 0) / part.length
    const wished = source !== undefined && Math.abs(source - mean) <= 2 * reach ? source : mean
    for (const item of part) y.set(item, Math.min(Math.max(wished, low), high))
  }
  for (const { from, out, to } of run) {
    const [a, b] = room(to)
    if (part.length === 0) source = (y.get(from) ?? 0) + portAt(out, from.outputs)
    if (Math.max(a, low) > Math.min(b, high)) {
      flush()
      part = []
      ;[low, high] = [-Infinity, Infinity]
      source = (y.get(from) ?? 0) + portAt(out, from.outputs)
    }
    part.push(to)
    ;[low, high] = [Math.max(a, low), Math.min(b, high)]
  }
  flush()
}
