import { entryOf, moebius, showPolynomial, type Gate } from '../compile/index.js'
import { cut } from './graph.js'

/** Names of the gates that treat their operands alike, by the entries of their tables, entry 0 first. */
const named: { readonly [entries: string]: string } = {
  0: '0',
  1: '1',
  10: '¬',
  '01': '=',
  '0001': '∧',
  '0111': '∨',
  '0110': '⊕',
  '1110': 'nand',
  1000: 'nor',
  1001: 'xnor',
  '00010111': 'majority',
  '01101001': '⊕',
  '00000001': '∧',
  '01111111': '∨',
}

/** The entries of a gate's truth table, entry 0 first. */
const entriesOf = ({ operands, table }: Gate): string =>
  Array.from({ length: 2 ** operands.length }, (_, i) => entryOf(table, i)).join('')

/** The truth table of a gate, entry 0 first: at most sixteen entries, else in words of four bits, cut at sixteen. */
export function tableText(gate: Gate): string {
  if (gate.operands.length <= 4) return entriesOf(gate)
  const hex = [...gate.table].map((word) => word.toString(16).padStart(8, '0')).reverse()
  return cut(`0x${hex.join('')}`, 18)
}

/** What a gate is called: its name, or its polynomial where that is short, else how many operands its table has. */
export function gateLabel(gate: Gate): string {
  const k = gate.operands.length
  if (k > 4) return `lut ${k}`
  const own = named[entriesOf(gate)]
  if (own !== undefined) return own
  const polynomial = showPolynomial(moebius(gate.table, k), k, (i) => 'abcd'.charAt(i))
  return polynomial.length <= 24 ? polynomial : `lut ${k}`
}
