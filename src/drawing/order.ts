import type { Item, Layered, Link } from './layer.js'

/** Rounds of the ordering; each goes through the columns once. */
const rounds = 12

/**
 * The items of each column from top to bottom, with few crossings: each column is sorted by the mean of the places it is
 * joined to, from left to right and back (K. Sugiyama, S. Tagawa, M. Toda, 1981); the best round is kept. The first and
 * the last column keep their order, which has a meaning.
 */
export function ordered({ columns, links }: Layered): readonly (readonly Item[])[] {
  const [before, after] = [new Map<Item, Link[]>(), new Map<Item, Link[]>()]
  for (const link of links) {
    push(before, link.to, link)
    push(after, link.from, link)
  }
  let current = columns
  let best = columns
  let fewest = crossings(columns, after)
  for (let round = 0; round < rounds && fewest > 0; round++) {
    current = sweep(current, before, after, round % 2 === 0)
    const n = crossings(current, after)
    if (n < fewest) [best, fewest] = [current, n]
  }
  return best
}

function push(map: Map<Item, Link[]>, item: Item, link: Link): void {
  const list = map.get(item)
  if (list === undefined) map.set(item, [link])
  else list.push(link)
}

type Links = ReadonlyMap<Item, readonly Link[]>

function sweep(
  columns: readonly (readonly Item[])[],
  before: Links,
  after: Links,
  right: boolean,
): readonly (readonly Item[])[] {
  const out = [...columns]
  const place = new Map<Item, number>()
  for (const items of columns) for (const [i, item] of items.entries()) place.set(item, i)
  const mean = (item: Item): number => {
    const from = (right ? before : after).get(item)
    const ends = from?.map((l) =>
      right ? port(place, l.from, l.out, l.from.outputs) : port(place, l.to, l.into, l.to.inputs),
    )
    const others = (right ? after : before).get(item)
    const all =
      ends ??
      others?.map((l) => (right ? port(place, l.to, l.into, l.to.inputs) : port(place, l.from, l.out, l.from.outputs)))
    return all === undefined ? (place.get(item) ?? 0) : all.reduce((a, b) => a + b, 0) / all.length
  }
  for (let k = 1; k < columns.length - 1; k++) {
    const c = right ? k : columns.length - 1 - k
    const keyed = (out[c] ?? []).map((item) => ({ item, key: mean(item) }))
    const items = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
    for (const [i, item] of items.entries()) place.set(item, i)
    out[c] = items
  }
  return out
}

/** The place of a port, as a fraction of its item. */
const port = (place: ReadonlyMap<Item, number>, item: Item, i: number, n: number): number =>
  (place.get(item) ?? 0) + (i + 0.5) / n - 0.5

/** Number of pairs of links that cross. */
function crossings(columns: readonly (readonly Item[])[], after: Links): number {
  let total = 0
  for (const [c, items] of columns.entries()) {
    const place = new Map((columns[c + 1] ?? []).map((item, i) => [item, i]))
    const ends = items.flatMap((item) =>
      [...(after.get(item) ?? [])]
        .map((l) => ({ out: l.out, end: port(place, l.to, l.into, l.to.inputs) }))
        .sort((a, b) => a.out - b.out || a.end - b.end)
        .map((l) => l.end),
    )
    total += inversions(ends)
  }
  return total
}

/** Number of pairs i < j with `xs[i] > xs[j]`, by merging runs of doubling length. */
function inversions(xs: readonly number[]): number {
  let [from, to] = [[...xs], new Array<number>(xs.length)]
  let total = 0
  for (let run = 1; run < xs.length; run *= 2) {
    for (let start = 0; start < xs.length; start += 2 * run) {
      const [middle, end] = [Math.min(start + run, xs.length), Math.min(start + 2 * run, xs.length)]
      let [i, j] = [start, middle]
      for (let k = start; k < end; k++) {
        const [a, b] = [from[i] ?? 0, from[j] ?? 0]
        if (i < middle && (j >= end || a <= b)) {
          to[k] = a
          i++
        } else {
          to[k] = b
          j++
          total += middle - i
        }
      }
    }
    ;[from, to] = [to, from]
  }
  return total
}
