import { aigOf } from '../../compile/index.js'
import type { Circuit } from './circuit.js'

/** A circuit in AIGER's ASCII format (A. Biere, "The AIGER And-Inverter Graph (AIG) Format", 2007), as an and-inverter graph, with its names. */
export function writeAag(circuit: Circuit): string {
  const { inputs, left, right, outputs } = aigOf(circuit.netlist)
  const lines = [`aag ${inputs + left.length} ${inputs} 0 ${outputs.length} ${left.length}`]
  for (let i = 0; i < inputs; i++) lines.push(String(2 * (i + 1)))
  for (const x of outputs) lines.push(String(x))
  for (const [g, x] of left.entries()) lines.push(`${2 * (inputs + 1 + g)} ${x} ${right[g] ?? 0}`)
  return `${lines.join('\n')}\n${symbols(circuit)}`
}

/** A circuit in AIGER's binary format: gates as differences of literals, seven bits a byte. */
export function writeAig(circuit: Circuit): Uint8Array {
  const { inputs, left, right, outputs } = aigOf(circuit.netlist)
  const bytes: number[] = []
  const put = (delta: number): void => {
    let rest = delta
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
    bytes.push(rest)
  }
  for (const [g, x] of left.entries()) {
    put(2 * (inputs + 1 + g) - x)
    put(x - (right[g] ?? 0))
  }
  const head = [`aig ${inputs + left.length} ${inputs} 0 ${outputs.length} ${left.length}`, ...outputs].join('\n')
  const text = new TextEncoder()
  return joined([text.encode(`${head}\n`), Uint8Array.from(bytes), text.encode(symbols(circuit))])
}

/** The table of names, and the name of the circuit as the comment. A name that is empty has no row. */
function symbols({ name, inputs, outputs }: Circuit): string {
  const row = (kind: string) => (text: string, i: number) => (text === '' ? '' : `${kind}${i} ${oneLine(text)}\n`)
  return `${inputs.map(row('i')).join('')}${outputs.map(row('o')).join('')}c\n${oneLine(name)}\n`
}
const oneLine = (text: string): string => text.replace(/[\r\n]/gu, '_')

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
