import { gateAt, gates, type Netlist } from '../compile/index.js'
import { cut, type Node } from './graph.js'
import { gateLabel, tableText } from './gate-label.js'
import { layered } from './layer.js'
import { placed } from './place.js'
import { svg } from './svg.js'

/** How a netlist is drawn. */
export interface NetlistDrawing {
  readonly inputs?: readonly string[]
  readonly outputs?: readonly string[]
  /** The accessible title of the picture. */
  readonly title?: string
}

/**
 * A netlist as an SVG document, from left to right: gates in columns, each with its name or polynomial and its truth table, entry 0
 * first. The same netlist gives the same text. Throws a RangeError where it is too large to be drawn.
 */
export function drawNetlist(netlist: Netlist, options: NetlistDrawing = {}): string {
  const { inputs = [], outputs = [], title = 'circuit' } = options
  const nodes = Array.from({ length: gates(netlist) }, (_, g): Node => {
    const gate = gateAt(netlist, g)
    const [label, detail] = [gateLabel(gate), tableText(gate)]
    return {
      kind: gate.operands.length === 0 ? 'constant' : 'primitive',
      label,
      detail,
      title: `gate ${g}: ${label}, ${detail}`,
      inputs: gate.operands,
      outputs: 1,
    }
  })
  const labelOf = (wire: number): string => (wire < netlist.inputs ? cut(inputs[wire] ?? `x${wire}`, 24) : '')
  const graph = { inputs: netlist.inputs, nodes, outs: [...netlist.outputs], wires: [] }
  const ends = graph.outs.map((_, o) => cut(outputs[o] ?? `y${o}`, 24))
  return svg(placed(layered(graph), labelOf), labelOf, ends, title)
}
