import { size, types, type Type } from '../../../object/index.js'
import type { PrimitiveName } from '../../../primitive/index.js'
import type { Flat } from '../../../term/index.js'
import type { Chosen } from '../pass.js'
import { builder } from './builder.js'
import type { NodeProgram } from './node.js'
import { table } from './table.js'
import { isWhole, type View } from './view.js'

/** An input whose array an output replaces. */
export interface Replaced {
  readonly input: number
  readonly output: number
}

/**
 * The nodes of a program. Movement of data becomes views, equal nodes are one, and every output is an array of its own,
 * except where it is an input as it was given, which no other output replaces.
 */
export function lowerProgram(program: Flat, replaced: readonly Replaced[], on: Chosen): NodeProgram {
  const b = builder(on)
  const wires: View[] = types(program.dom).map((t, index) => b.node({ kind: 'input', index }, t.dtype, t.shape))
  const inputs = wires.map(({ source }) => (typeof source === 'number' ? source : -1))
  for (const { term, inputs: read } of program.boxes) {
    const args = read.map((id) => wires[id] as View)
    const name = term.operation.name as PrimitiveName
    const made = table[name](b, term.attributes, args, types(term.cod)[0] as Type)
    wires.push(on.views ? made : b.array(made))
  }
  const lost = new Set(replaced.filter((r) => program.outs[r.output] !== r.input).map((r) => inputs[r.input]))
  const outs = program.outs.map((id) => {
    const view = wires[id] as View
    if (size(view.shape) === 0) return -1
    const { source } = view
    const node = typeof source === 'number' ? b.nodes[source] : undefined
    const isArray =
      node !== undefined && isWhole(view, size(node.shape)) && node.dtype === view.dtype && !lost.has(source as number)
    return (
      isArray ? source : b.node({ kind: 'map', op: 'copy', args: [view] }, view.dtype, view.shape).source
    ) as number
  })
  return { nodes: b.nodes, inputs, outs, cod: types(program.cod) }
}
