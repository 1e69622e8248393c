import { gateAt, gates, twoInput, type Netlist } from '../../compile/index.js'

/** The gates of a netlist as expressions of `&`, `|`, `^` and `~`, which Verilog and C read alike. */
export interface Expressions {
  /** The expression of each gate, in order. */
  readonly gates: readonly string[]
  /** The wire of each output. */
  readonly outputs: readonly number[]
  readonly inputs: number
}

/** Entry 0 of the table is the lowest bit. */
const binary: { readonly [table: number]: (a: string, b: string) => string } = {
  0b0001: (a, b) => `~(${a} | ${b})`,
  0b0010: (a, b) => `${a} & ~${b}`,
  0b0011: (_, b) => `~${b}`,
  0b0100: (a, b) => `~${a} & ${b}`,
  0b0101: (a) => `~${a}`,
  0b0110: (a, b) => `${a} ^ ${b}`,
  0b0111: (a, b) => `~(${a} & ${b})`,
  0b1000: (a, b) => `${a} & ${b}`,
  0b1001: (a, b) => `~(${a} ^ ${b})`,
  0b1010: (a) => a,
  0b1011: (a, b) => `${a} | ~${b}`,
  0b1100: (_, b) => b,
  0b1101: (a, b) => `~${a} | ${b}`,
  0b1110: (a, b) => `${a} | ${b}`,
}

/** The expressions of a netlist; where a gate has more than two operands all are decomposed first. `zero` and `one` are the constants. */
export function expressions(
  netlist: Netlist,
  nameOf: (wire: number) => string,
  zero: string,
  one: string,
): Expressions {
  const wide = Array.from({ length: gates(netlist) }, (_, g) => gateAt(netlist, g)).some((g) => g.operands.length > 2)
  const narrow = wide ? twoInput(netlist) : netlist
  const all = Array.from({ length: gates(narrow) }, (_, g) => {
    const { operands, table } = gateAt(narrow, g)
    const [a = '', b = ''] = operands.map(nameOf)
    const word = table[0] ?? 0
    if (word === 0) return zero
    if (operands.length === 2) return (binary[word] ?? ((): string => one))(a, b)
    if (operands.length === 0 || word === 3) return one
    return word === 2 ? a : `~${a}`
  })
  return { gates: all, outputs: [...narrow.outputs], inputs: narrow.inputs }
}
