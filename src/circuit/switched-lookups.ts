import { coins } from '../initialiser/index.js'
import { object, type Int, type Type } from '../object/index.js'
import type { Multiply, Para } from '../optic/index.js'
import { gather, reshape } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import type { Power } from './lookup.js'
import { checkCells, rowsOf, type LookupsOptions } from './lookups.js'
import { selectRow } from './select-row.js'
import { wiringParameter } from './wiring.js'

/** The parameters of M look-up tables of K operands, each of which is one of 2ᵇ wires: which, by b bits. */
export interface SwitchedLookupsParams<M extends number, K extends number, B extends number> {
  address: [B, Multiply<K, M>]
  table: [Power<K>, M]
  wiring: Int<[Power<B>, Multiply<K, M>]>
}
/** Options of a layer with learned wiring: the candidates of each operand are 2ᵇ for b bits of address, 1 unless given. */
export interface SwitchedLookupsOptions<K extends number, B extends number> extends LookupsOptions<K> {
  readonly addressBits?: B
}

/**
 * A layer of look-up tables with learned wiring, [n] → [m]: each operand is a look-up read the other way round, of which the
 * 2ᵇ candidate wires are the table and b parameters the address. Candidates are drawn once from the seed; tables and
 * addresses are learned. Throws where a number is not an integer ≥ 1.
 */
export function switchedLookups<
  const N extends number,
  const M extends number,
  const K extends number = 2,
  const B extends number = 1,
>(inputs: N, cells: M, options: SwitchedLookupsOptions<K, B> = {}): Para<SwitchedLookupsParams<M, K, B>, [[N]], [[M]]> {
  const { operands = 2 as K, addressBits = 1 as B, initialiser = coins } = options
  checkCells('switchedLookups', { inputs, cells, 'bits of address': addressBits }, operands)
  const [rows, reads, candidates] = [2 ** operands, operands * cells, 2 ** addressBits]
  const table: Type = { dtype: 'float32', shape: [rows, cells] }
  const address: Type = { dtype: 'float32', shape: [addressBits, reads] }
  const wiring = wiringParameter(inputs, candidates, reads)
  const term = diagram(object([address, table, wiring.type, { dtype: 'float32', shape: [inputs] }]), (wires) => {
    const [bits, values, indices, x] = wires as [Wire, Wire, Wire, Wire]
    const read = selectRow(gather(x, indices), rowsOf(bits))
    return [selectRow(values, rowsOf(reshape(read, [operands, cells])))]
  })
  return {
    cod: [[cells]],
    dom: [[inputs]],
    params: {
      address: [addressBits, reads as Multiply<K, M>],
      table: [rows as Power<K>, cells],
      wiring: { dtype: 'int32', shape: [candidates as Power<B>, reads as Multiply<K, M>] },
    },
    parameters: [
      { path: ['address'], type: address, draw: coins },
      { path: ['table'], type: table, draw: initialiser },
      wiring,
    ],
    term: box('switchedLookups', term),
  }
}
