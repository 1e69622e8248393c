import { viewsOf, type MapNode, type Node } from '../../wasm/lower/node.js'
import { keyOfView, type View } from '../../wasm/lower/view.js'
import { scalarOf } from './dialect.js'
import { operate } from './operation.js'
import { indexIn, type Place } from './place.js'
import { literal, type Writer } from './writer.js'

/** What a shader computes and what it reads: nodes that are `held` are read from memory, others computed where they are used. */
export interface Sources {
  readonly nodes: readonly Node[]
  readonly held: (node: number) => boolean
}

/** The arrays that views read, through what is computed on the way. */
export function arraysOf({ nodes, held }: Sources, views: readonly View[]): Set<number> {
  const arrays = new Set<number>()
  const seen = new Set<number>()
  const stack = [...views]
  for (let view = stack.pop(); view !== undefined; view = stack.pop()) {
    const { source } = view
    if (typeof source !== 'number' || seen.has(source)) continue
    seen.add(source)
    if (held(source)) arrays.add(source)
    else stack.push(...viewsOf(nodes[source] as Node))
  }
  return arrays
}

/** Entries of views at one place: every node computed once, every entry read once. `known` nodes have a name already. */
export function entriesAt(
  w: Writer,
  { nodes, held }: Sources,
  place: Place,
  known: ReadonlyMap<number, string> = new Map(),
): (view: View) => string {
  const names = new Map<string, string>([...known].map(([node, name]) => [`n${node}`, name]))
  const nameOf = (view: View): string | undefined => {
    const { source, dtype } = view
    if (typeof source === 'object') return literal(dtype, source.constant)
    if (source === 'index') return indexIn(view, place)
    return names.get(keyOf(view))
  }
  const keyOf = (view: View): string =>
    typeof view.source === 'number' && (known.has(view.source) || !held(view.source))
      ? `n${view.source}`
      : keyOfView(view)
  const read = (view: View, array: number): string =>
    w.let(scalarOf((nodes[array] as Node).dtype), w.read(array, indexIn(view, place)))
  return (root) => {
    // Operands before what is made of them, without recursion on depth.
    const stack = [root]
    for (let view = stack.at(-1); view !== undefined; view = stack.at(-1)) {
      if (nameOf(view) !== undefined) {
        stack.pop()
        continue
      }
      const source = view.source as number
      if (held(source)) {
        names.set(keyOf(view), read(view, source))
        continue
      }
      const node = nodes[source] as Node & MapNode
      const lacking = node.args.filter((v) => nameOf(v) === undefined)
      if (lacking.length > 0) {
        stack.push(...lacking)
        continue
      }
      const decides = node.args[node.op === 'select' ? 1 : 0]
      const value = operate(
        w,
        node,
        decides?.dtype ?? node.dtype,
        node.args.map((v) => nameOf(v) ?? ''),
      )
      names.set(`n${source}`, w.let(scalarOf(node.dtype), value))
    }
    return nameOf(root) ?? ''
  }
}
