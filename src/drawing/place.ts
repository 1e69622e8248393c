import { cut } from './graph.js'
import type { Item, Layered, Link } from './layer.js'
import { heights, heightOf, portAt, sizes } from './height.js'
import { ordered } from './order.js'
import { straighten } from './straighten.js'

/** Where an item is: its centre, and its extent. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** A placed drawing: links leave a column at `bend`, after the labels, and enter the next at its left edge. */
export interface Placed {
  readonly places: ReadonlyMap<Item, Place>
  readonly links: readonly Link[]
  /** For each column: its left and right edge, and where its wires begin to bend. */
  readonly edges: readonly { readonly left: number; readonly right: number; readonly bend: number }[]
  readonly width: number
  readonly height: number
}

/** Width of a text in a monospaced font; a wide character counts twice. */
export function widthOf(text: string, font: number): number {
  return (
    [...text].reduce((n, c) => n + ((c.codePointAt(0) ?? 0) >= 0x1100 && !/[‐-⯿]/u.test(c) ? 2 : 1), 0) * font * 0.61
  )
}

/** Coordinates for the items of a layered graph; `labelOf` is the text on a wire. */
export function placed(graph: Layered, labelOf: (wire: number) => string): Placed {
  const columns = ordered(graph)
  const y = heights(columns, graph.links)
  straighten(columns, graph.links, y)
  const top = columns.reduce(
    (t, [first]) => (first === undefined ? t : Math.min(t, (y.get(first) ?? 0) - heightOf(first) / 2)),
    Infinity,
  )
  const places = new Map<Item, Place>()
  const edges: { left: number; right: number; bend: number }[] = []
  const steep = new Array<number>(columns.length).fill(0)
  for (const { from, out, to, into } of graph.links) {
    const rise = (y.get(to) ?? 0) + portAt(into, to.inputs) - (y.get(from) ?? 0) - portAt(out, from.outputs)
    steep[from.column] = Math.max(steep[from.column] ?? 0, Math.abs(rise))
  }
  let x = sizes.margin
  let bottom = 0
  for (const [c, items] of columns.entries()) {
    const width = items.reduce((w, i) => Math.max(w, widthOfItem(i)), 0)
    const labels = items.flatMap((i) =>
      i.kind === 'pass' ? [] : Array.from({ length: i.outputs }, (_, k) => widthOf(labelOf(i.wire + k), sizes.small)),
    )
    const straight = labels.reduce((a, b) => Math.max(a, b), 0) + 10
    const right = x + width
    for (const item of items) {
      const middle = (y.get(item) ?? 0) - (top === Infinity ? 0 : top) + sizes.margin
      bottom = Math.max(bottom, middle + heightOf(item) / 2)
      places.set(item, {
        x: x + width / 2,
        y: middle,
        width: item.kind === 'pass' ? width : widthOfItem(item),
        height: heightOf(item),
      })
    }
    edges.push({ left: x, right, bend: right + straight })
    x = right + (c === columns.length - 1 ? 0 : straight + sizes.bend + Math.min(60, (steep[c] ?? 0) / 5))
  }
  return { places, links: graph.links, edges, width: x + sizes.margin, height: bottom + sizes.margin }
}

function widthOfItem({ kind, node }: Item): number {
  if (kind !== 'box' || node === undefined) return 0
  return Math.max(26, widthOf(node.label, sizes.label) + 14, widthOf(cut(node.detail, 18), sizes.small) + 10)
}
