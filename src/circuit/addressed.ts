import { zeros } from '../initialiser/index.js'
import { bit, objectOf, type Bit, type Type } from '../object/index.js'
import {
  add,
  broadcast,
  cast,
  concat,
  constant,
  contract,
  gather,
  multiply,
  negate,
  scatterAdd,
} from '../primitive/index.js'
import type { Algebra, OpticRule, Wire } from '../structure/index.js'
import { box, diagram, type BoxTerm } from '../term/index.js'
import type { Para } from '../optic/index.js'
import type { Power } from './lookup.js'
import { checkCells } from './lookups.js'

/** `2ⁿ⁻¹, …, 2, 1` as int32[n]. */
function places(algebra: Algebra, n: number): Wire {
  return concat(
    Array.from({ length: n }, (_, i) => constant(algebra, 2 ** (n - 1 - i), 'int32', [1])),
    0,
  )
}

/** The numbers whose binary digits rows of bits are, the first the most significant: bit[k, n] → int32[k]. */
function addressOf(x: Wire): Wire {
  const n = x.type.shape[1] ?? 0
  return contract(cast(x, 'int32'), places(x.algebra, n), { left: 'ki', right: 'i', out: 'k' })
}

/** R of the look-up: what comes back is put at the address, and of each input the two rows that it chooses between differ. */
const optic: OpticRule = {
  kind: 'lens',
  residual: (_, inputs) => inputs,
  backward(_, inputs, [dy], dom) {
    if (dy === undefined) return dom.map(() => undefined)
    const [table, x] = inputs as [Wire, Wire]
    const [k = 0, n = 0] = x.type.shape
    const address = addressOf(x)
    const weight = broadcast(places(x.algebra, n), [0], [k, n])
    const low = add(broadcast(address, [1], [k, n]), negate(multiply(cast(x, 'int32'), weight)))
    const change = add(gather(table, low), gather(table, add(low, weight)))
    return [
      scatterAdd(address, dy, table.type.shape[0] ?? 0),
      contract(change, dy, { left: 'kij', right: 'kj', out: 'ki' }),
    ]
  },
}

/** The rows of a table at k addresses, bit[2ⁿ, m] ⊗ bit[k, n] → bit[k, m], as a box with an optic of its own. */
export function addressedTerm(n: number, m: number, k: number): BoxTerm {
  const body = diagram(objectOf([bit(2 ** n, m), bit(k, n)]), ([table, x]) => [
    gather(table as Wire, addressOf(x as Wire)),
  ])
  return box('lookup', body, optic)
}

/** The parameters of a look-up over bits. */
export interface AddressedParams<R extends number, M extends number> {
  table: Bit<[R, M]>
}

/**
 * `lookup` over bits on each of k rows, bit[2ⁿ, m] ⊗ bit[k, n] → bit[k, m], by addresses instead of the polynomial: a row of
 * the table is read for each, and R changes one and reads two for each input. Law: it is `lookup(n, m)` over bits on each of
 * k rows, and so is its reverse derivative. Throws where a number is not an integer ≥ 1 or n > 12.
 */
export function addressedLookups<const K extends number, const N extends number, const M extends number>(
  rows: K,
  n: N,
  m: M,
): Para<AddressedParams<Power<N>, M>, [Bit<[K, N]>], [Bit<[K, M]>]> {
  checkCells('addressedLookups', { rows, outputs: m }, n)
  const table: Type = { dtype: 'bit', shape: [2 ** n, m] }
  return {
    cod: [bit(rows, m)],
    dom: [bit(rows, n)],
    params: { table: bit(2 ** n, m) as Bit<[Power<N>, M]> },
    parameters: [{ path: ['table'], type: table, draw: zeros }],
    term: addressedTerm(n, m, rows),
  }
}
