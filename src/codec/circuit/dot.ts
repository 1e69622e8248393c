import { gateAt, gates } from '../../compile/index.js'
import { gateLabel, tableText } from '../../drawing/gate-label.js'
import type { Circuit } from './circuit.js'

/** A circuit as a directed graph in the DOT language of Graphviz, from left to right, each gate with its name and truth table. */
export function writeDot({ name, netlist, inputs, outputs }: Circuit): string {
  const quoted = (text: string): string => `"${text.replace(/[\\"]/gu, '\\$&').replace(/\p{Cc}/gu, '_')}"`
  const node = (w: number): string => (w < inputs.length ? `i${w}` : `g${w - inputs.length}`)
  const lines = inputs.map((text, i) => `  i${i} [shape=plaintext, label=${quoted(text)}]`)
  for (let g = 0; g < gates(netlist); g++) {
    const gate = gateAt(netlist, g)
    const label = `${gateLabel(gate)}\n${tableText(gate)}`.split('\n').map(quoted)
    lines.push(`  g${g} [shape=box, label=${label.join(' + "\\n" + ')}]`)
    for (const [i, w] of gate.operands.entries()) lines.push(`  ${node(w)} -> g${g} [headlabel="${i}"]`)
  }
  for (const [o, text] of outputs.entries()) {
    lines.push(`  o${o} [shape=plaintext, label=${quoted(text)}]`)
    lines.push(`  ${node(netlist.outputs[o] ?? 0)} -> o${o}`)
  }
  return `digraph ${quoted(name)} {\n  rankdir=LR\n${lines.join('\n')}\n}\n`
}
