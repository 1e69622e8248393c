import type { Circuit } from './circuit.js'
import { expressions } from './expression.js'
import { cNaming, uniqueNames } from './name.js'

/**
 * A circuit as one C function over 64 points at once, `void name(const uint64_t x[], uint64_t y[])`: bit j of x[i] is input i at
 * point j, and x and y may not overlap. Comments name the inputs and outputs.
 */
export function writeC(circuit: Circuit): string {
  const { name, inputs, outputs, netlist } = circuit
  const [own = ''] = uniqueNames([name], cNaming)
  const nameOf = (w: number): string => (w < inputs.length ? `x[${w}]` : `g${w - inputs.length}`)
  const { gates, outputs: wires } = expressions(netlist, nameOf, 'UINT64_C(0)', '~UINT64_C(0)')
  const comment = (text: string): string => JSON.stringify(text).replaceAll('*/', '* /').replaceAll('??/', '? ?/')
  return [
    '#include <stdint.h>',
    '',
    `/* ${comment(name)}: ${inputs.length} inputs, ${outputs.length} outputs, ${gates.length} gates; bit j of a word is point j.`,
    ...inputs.map((text, i) => ` * x[${i}] ${comment(text)}`),
    ...outputs.map((text, o) => ` * y[${o}] ${comment(text)}`),
    ' */',
    `void ${own}(const uint64_t *restrict x, uint64_t *restrict y) {`,
    ...(inputs.length === 0 ? ['  (void)x;'] : []),
    ...(outputs.length === 0 ? ['  (void)y;'] : []),
    ...gates.map((expression, g) => `  const uint64_t g${g} = ${expression};`),
    ...outputs.map((_, o) => `  y[${o}] = ${nameOf(wires[o] ?? 0)};`),
    '}\n',
  ].join('\n')
}
