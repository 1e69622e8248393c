import type { Circuit } from './circuit.js'
import { expressions } from './expression.js'
import { freePrefix, uniqueNames, verilogNaming } from './name.js'

/**
 * A circuit as one Verilog module of continuous assignments (IEEE 1364), a wire for each gate; gates of more than two operands are
 * decomposed. Names that are no identifiers are made some, and a comment says which was which.
 */
export function writeVerilog(circuit: Circuit): string {
  const { name, inputs, outputs, netlist } = circuit
  const [module = '', ...ports] = uniqueNames([name, ...inputs, ...outputs], verilogNaming)
  const [ins, outs] = [ports.slice(0, inputs.length), ports.slice(inputs.length)]
  const prefix = freePrefix([module, ...ports])
  const nameOf = (w: number): string => ins[w] ?? `${prefix}${w - ins.length}`
  const { gates, outputs: wires } = expressions(netlist, nameOf, "1'b0", "1'b1")
  const renamed = [name, ...inputs, ...outputs].flatMap((from, i) => {
    const to = [module, ...ports][i] ?? ''
    return from === to ? [] : [`// ${to} is ${JSON.stringify(from)}`]
  })
  return [
    ...renamed,
    `module ${module}(${ports.join(', ')});`,
    ...ins.map((port) => `  input ${port};`),
    ...outs.map((port) => `  output ${port};`),
    ...gates.map((_, g) => `  wire ${nameOf(ins.length + g)};`),
    ...gates.map((expression, g) => `  assign ${nameOf(ins.length + g)} = ${expression};`),
    ...outs.map((port, o) => `  assign ${port} = ${nameOf(wires[o] ?? 0)};`),
    'endmodule\n',
  ].join('\n')
}
