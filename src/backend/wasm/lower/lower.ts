import { size, types, type Type } from '../../../object/index.js'
import type { PrimitiveName } from '../../../primitive/index.js'
import type { Flat } from '../../../term/index.js'
import { builder } from './builder.js'
import type { NodeProgram } from './node.js'
import { table } from './table.js'
import { isWhole, type View } from './view.js'

/**
 * The nodes of a program. Movement of data becomes views, equal nodes are one, and every output is an array of its own,
 * except where it is an input as it was given.
 */
export function lowerProgram(program: Flat): NodeProgram {
  const b = builder()
  const wires: View[] = types(program.dom).map((t, index) => b.node({ kind: 'input', index }, t.dtype, t.shape))
  const inputs = wires.map(({ source }) => (typeof source === 'number' ? source : -1))
  for (const { term, inputs: read } of program.boxes) {
    const args = read.map((id) => wires[id] as View)
    const name = term.operation.name as PrimitiveName
    wires.push(table[name](b, term.attributes, args, types(term.cod)[0] as Type))
  }
  const outs = program.outs.map((id) => {
    const view = wires[id] as View
    if (size(view.shape) === 0) return -1
    const { source } = view
    const node = typeof source === 'number' ? b.nodes[source] : undefined
    const isArray = node !== undefined && isWhole(view, size(node.shape)) && node.dtype === view.dtype
    return (
      isArray ? source : b.node({ kind: 'map', op: 'copy', args: [view] }, view.dtype, view.shape).source
    ) as number
  })
  return { nodes: b.nodes, inputs, outs, cod: types(program.cod) }
}
