import type { Item, Link } from './layer.js'
import { portAt, sizes } from './height.js'
import { widthOf, type Place, type Placed } from './place.js'

/** A drawing as an SVG document; `labelOf` is the text on a wire, `ends` the texts at the codomain. */
export function svg(
  drawing: Placed,
  labelOf: (wire: number) => string,
  ends: readonly string[],
  title: string,
): string {
  const { places, links, edges } = drawing
  const tail = ends.reduce((w, text) => Math.max(w, widthOf(text, sizes.small)), 0) + (ends.length > 0 ? 8 : 0)
  const [width, height] = [Math.ceil(drawing.width + tail), Math.ceil(drawing.height)]
  const place = (item: Item): Place => places.get(item) ?? { x: 0, y: 0, width: 0, height: 0 }
  const wires: string[] = []
  const marks: string[] = []
  const boxes: string[] = []
  const texts: string[] = []
  const readers = new Map<Item, number[]>()
  for (const link of links) {
    wires.push(curve(link, place, edges))
    const counts = readers.get(link.from) ?? []
    counts[link.out] = (counts[link.out] ?? 0) + 1
    readers.set(link.from, counts)
  }
  let end = 0
  for (const [item, at] of places) {
    const edge = edges[item.column]
    if (edge === undefined) continue
    for (let out = 0; out < item.outputs; out++) {
      const y = at.y + portAt(out, item.outputs)
      const n = readers.get(item)?.[out] ?? 0
      if (n > 1) marks.push(`<circle class="copy" cx="${r(edge.bend)}" cy="${r(y)}" r="3"/>`)
      if (n === 0) {
        wires.push(`M${r(at.x + at.width / 2)} ${r(y)}H${r(edge.bend - 3)}`)
        marks.push(`<circle class="end" cx="${r(edge.bend)}" cy="${r(y)}" r="3"/>`)
      }
      const text = item.kind === 'pass' ? '' : labelOf(item.wire + out)
      if (text !== '')
        texts.push(`<text class="type" x="${r(at.x + at.width / 2 + 4)}" y="${r(y - 3)}">${escapeXml(text)}</text>`)
    }
    if (item.kind === 'output')
      texts.push(`<text class="type" x="${r(at.x + 5)}" y="${r(at.y + 3)}">${escapeXml(ends[end++] ?? '')}</text>`)
    if (item.node !== undefined) boxes.push(boxOf(item.node, at))
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="paralens" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...(wires.length === 0 ? [] : [`<path class="wire" d="${wires.join('\n')}"/>`]),
    ...marks,
    ...boxes,
    ...texts,
    '</svg>\n',
  ].join('\n')
}

/** A link: straight past its label, then a curve, then straight to its reader. */
function curve(link: Link, place: (item: Item) => Place, edges: Placed['edges']): string {
  const [from, to] = [place(link.from), place(link.to)]
  const bend = edges[link.from.column]?.bend ?? 0
  const left = edges[link.to.column]?.left ?? 0
  const [y, z] = [from.y + portAt(link.out, link.from.outputs), to.y + portAt(link.into, link.to.inputs)]
  const [start, stop] = [from.x + from.width / 2, to.x - to.width / 2]
  const middle = (bend + left) / 2
  const through =
    Math.abs(y - z) < 0.05 ? '' : `H${r(bend)}C${r(middle)} ${r(y)} ${r(middle)} ${r(z)} ${r(left)} ${r(z)}`
  const past = link.to.kind === 'pass' ? to.x + to.width / 2 : stop
  return `M${r(start)} ${r(y)}${through}H${r(past)}`
}

function boxOf(node: NonNullable<Item['node']>, { x, y, width, height }: Place): string {
  const radius = node.kind === 'constant' ? height / 2 : node.kind === 'box' ? 3 : 2
  const [dy, detail] =
    node.detail === ''
      ? [4, '']
      : [-1, `<text class="detail" x="${r(x)}" y="${r(y + 11)}">${escapeXml(node.detail)}</text>`]
  return (
    `<g class="${node.kind}"><title>${escapeXml(node.title)}</title>` +
    `<rect x="${r(x - width / 2)}" y="${r(y - height / 2)}" width="${r(width)}" height="${r(height)}" rx="${r(Math.min(radius, 12))}"/>` +
    `<text class="label" x="${r(x)}" y="${r(y + dy)}">${escapeXml(node.label)}</text>${detail}</g>`
  )
}

/** A number with at most one decimal. */
const r = (n: number): string => String(Math.round(n * 10) / 10 + 0)

const entities: { readonly [c: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as XML 1.0 has it: marks escaped, characters that no XML may hold replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => entities[c] ?? c)
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
}

const style = [
  '.paralens .paper{fill:#fff}',
  '.paralens .wire{fill:none;stroke:#8a8f98;stroke-width:1.2}',
  '.paralens .copy{fill:#5c626b}',
  '.paralens .end{fill:#fff;stroke:#8a8f98;stroke-width:1.2}',
  '.paralens rect{stroke-width:1.2}',
  '.paralens .primitive rect,.paralens .constant rect{fill:#f4f5f7;stroke:#9aa0a9}',
  '.paralens .box rect{fill:#e6ebf2;stroke:#5f6b7a;stroke-width:1.6}',
  `.paralens text{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:${sizes.small}px;fill:#6a707a}`,
  `.paralens .label{font-size:${sizes.label}px;fill:#22262c;text-anchor:middle}`,
  '.paralens .detail{text-anchor:middle}',
  '@media(prefers-color-scheme:dark){',
  '.paralens .paper{fill:#15181d}',
  '.paralens .wire{stroke:#7d838d}',
  '.paralens .copy{fill:#aab0ba}',
  '.paralens .end{fill:#15181d;stroke:#7d838d}',
  '.paralens .primitive rect,.paralens .constant rect{fill:#20242b;stroke:#646b76}',
  '.paralens .box rect{fill:#2a3341;stroke:#8b98aa}',
  '.paralens text{fill:#9aa1ac}',
  '.paralens .label{fill:#e4e7eb}',
  '}',
].join('')
