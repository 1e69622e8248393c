import type { Graph, Node } from './graph.js'

/** What stands in a column: a box, a wire that passes, or an end of a wire of the boundary. */
export interface Item {
  readonly kind: 'box' | 'pass' | 'input' | 'output'
  readonly node?: Node
  readonly column: number
  /** The first wire that leaves it; −1 where none does. */
  readonly wire: number
  readonly inputs: number
  readonly outputs: number
}
/** A piece of a wire, from one column to the next. */
export interface Link {
  readonly from: Item
  readonly out: number
  readonly to: Item
  readonly into: number
}
/** A graph in columns, every link between neighbours; the first column is the domain, the last the codomain. */
export interface Layered {
  readonly columns: readonly (readonly Item[])[]
  readonly links: readonly Link[]
}

/** Most items that are drawn, boxes and passing wires together. */
export const most = 60_000

/** The graph in columns: a box stands right of what it reads, and as near to its readers as that costs no wire. */
export function layered(graph: Graph): Layered {
  const { column, last } = columnsOf(graph)
  const columns: Item[][] = Array.from({ length: last + 1 }, () => [])
  const links: Link[] = []
  let count = 0
  const put = (item: Item): Item => {
    if (++count > most)
      throw new RangeError(
        `drawTerm: a drawing of ${graph.nodes.length} boxes is too large; draw fewer by a smaller depth`,
      )
    columns[item.column]?.push(item)
    return item
  }
  /** For each wire, the pieces that carry it: the source, then one item a column. */
  const chains: { readonly items: Item[]; readonly out: number }[] = []
  const source = (item: Item): void => {
    for (let out = 0; out < item.outputs; out++) chains.push({ items: [item], out })
  }
  const read = (id: number, to: Item, into: number): void => {
    const chain = chains[id]
    const first = chain?.items[0]
    if (chain === undefined || first === undefined) throw new TypeError(`drawTerm: wire ${id} is read before it exists`)
    const { items } = chain
    const at = (i: number): Item => items[i] ?? first
    for (let c = first.column + items.length; c < to.column; c++) {
      const pass = put({ kind: 'pass', column: c, wire: id, inputs: 1, outputs: 1 })
      links.push({ from: at(items.length - 1), out: items.length === 1 ? chain.out : 0, to: pass, into: 0 })
      items.push(pass)
    }
    const i = to.column - 1 - first.column
    links.push({ from: at(i), out: i === 0 ? chain.out : 0, to, into })
  }
  for (let i = 0; i < graph.inputs; i++) source(put({ kind: 'input', column: 0, wire: i, inputs: 0, outputs: 1 }))
  for (const [k, node] of graph.nodes.entries()) {
    const wire = node.outputs === 0 ? -1 : chains.length
    const item = put({
      kind: 'box',
      node,
      column: column[k] ?? 1,
      wire,
      inputs: node.inputs.length,
      outputs: node.outputs,
    })
    for (const [into, id] of node.inputs.entries()) read(id, item, into)
    source(item)
  }
  for (const id of graph.outs) read(id, put({ kind: 'output', column: last, wire: -1, inputs: 1, outputs: 0 }), 0)
  return { columns, links }
}

/** The column of each box, by longest path; then boxes that no more wires enter than leave move right to their readers. */
function columnsOf(graph: Graph): { readonly column: readonly number[]; readonly last: number } {
  const maker: (number | undefined)[] = Array.from({ length: graph.inputs }, () => undefined)
  const column: number[] = []
  for (const [k, node] of graph.nodes.entries()) {
    const before = node.inputs.map((id) => column[maker[id] ?? -1] ?? 0)
    column.push(1 + before.reduce((a, b) => Math.max(a, b), 0))
    for (let i = 0; i < node.outputs; i++) maker.push(k)
  }
  const end = 1 + column.reduce((a, b) => Math.max(a, b), 0)
  const limit = new Map<number, number>()
  const used = new Set<number>()
  const use = (id: number, at: number): void => {
    const k = maker[id]
    used.add(id)
    if (k !== undefined) limit.set(k, Math.min(limit.get(k) ?? end, at))
  }
  for (const id of graph.outs) use(id, end)
  let first = maker.length
  for (let k = graph.nodes.length - 1; k >= 0; k--) {
    const node = graph.nodes[k] as Node
    first -= node.outputs
    let leaving = 0
    for (let i = 0; i < node.outputs; i++) if (used.has(first + i)) leaving++
    const reader = limit.get(k)
    if (reader !== undefined && new Set(node.inputs).size <= leaving) column[k] = reader - 1
    for (const id of node.inputs) use(id, column[k] ?? 1)
  }
  const taken = [...new Set(column)].sort((a, b) => a - b)
  const rank = new Map(taken.map((c, i) => [c, i + 1]))
  return { column: column.map((c) => rank.get(c) ?? 1), last: taken.length + 1 }
}
