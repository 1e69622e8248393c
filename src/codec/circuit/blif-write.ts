import { gateAt, gates, shorterCover } from '../../compile/index.js'
import type { Circuit } from './circuit.js'
import { blifNaming, freePrefix, uniqueNames } from './name.js'

/**
 * A circuit in the Berkeley Logic Interchange Format (University of California, 1992): a `.names` for each gate with its table as an
 * irredundant sum of products, of the values 1 or 0, whichever is shorter. Blanks and marks in names become underscores.
 */
export function writeBlif(circuit: Circuit): string {
  const { name, inputs, outputs, netlist } = circuit
  const [model = ''] = uniqueNames([name], blifNaming)
  const ports = uniqueNames([...inputs, ...outputs], blifNaming)
  const outs = ports.slice(inputs.length)
  const prefix = freePrefix(ports)
  const named = new Map<number, string>(ports.slice(0, inputs.length).map((port, w) => [w, port]))
  for (const [o, w] of netlist.outputs.entries()) if (!named.has(w)) named.set(w, outs[o] ?? '')
  const nameOf = (w: number): string => named.get(w) ?? `${prefix}${w - inputs.length}`
  const lines = [`.model ${model}`, ...folded('.inputs', ports.slice(0, inputs.length)), ...folded('.outputs', outs)]
  for (let g = 0; g < gates(netlist); g++) {
    const { operands, table } = gateAt(netlist, g)
    const { value, cubes } = shorterCover(table, operands.length)
    lines.push(...folded('.names', [...operands.map(nameOf), nameOf(inputs.length + g)]))
    for (const cube of cubes) lines.push(`${cube.map((x) => x ?? '-').join('')}${cube.length === 0 ? '' : ' '}${value}`)
  }
  for (const [o, w] of netlist.outputs.entries()) {
    const port = outs[o] ?? ''
    if (nameOf(w) !== port) lines.push(...folded('.names', [nameOf(w), port]), '1 1')
  }
  return `${lines.join('\n')}\n.end\n`
}

/** A command and its words, on lines of at most 100 characters where that can be. */
function folded(command: string, names: readonly string[]): string[] {
  const lines = [command]
  for (const name of names) {
    const last = lines[lines.length - 1] ?? ''
    if (last.length + name.length < 98) lines[lines.length - 1] = `${last} ${name}`
    else {
      lines[lines.length - 1] = `${last} \\`
      lines.push(` ${name}`)
    }
  }
  return lines
}
