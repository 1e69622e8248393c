import type { Netlist } from '../../compile/index.js'

/** A netlist with names: of itself, of its inputs and of its outputs, in order; any text, and nothing says they differ. */
export interface Circuit {
  readonly name: string
  readonly netlist: Netlist
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** A text in the BLIF format that is no combinational circuit; line and column count from 1. */
export interface BlifError {
  readonly kind: 'blif'
  readonly message: string
  readonly line: number
  readonly column: number
}
/** Bytes in AIGER's ASCII format that are no combinational circuit; line and column count from 1. */
export interface AagError {
  readonly kind: 'aag'
  readonly message: string
  readonly line: number
  readonly column: number
}
/** Bytes in AIGER's binary format that are no combinational circuit; `offset` is the byte at fault. */
export interface AigError {
  readonly kind: 'aig'
  readonly message: string
  readonly offset: number
}
/** What can be wrong with a circuit from outside. */
export type CircuitError = BlifError | AagError | AigError

/** A netlist under names; those not given are `circuit`, x0, x1, … and y0, y1, …. Throws a TypeError where there are too many or too few. */
export function circuitOf(
  netlist: Netlist,
  names: { readonly name?: string; readonly inputs?: readonly string[]; readonly outputs?: readonly string[] } = {},
): Circuit {
  const {
    name = 'circuit',
    inputs = numbered('x', netlist.inputs),
    outputs = numbered('y', netlist.outputs.length),
  } = names
  if (inputs.length !== netlist.inputs || outputs.length !== netlist.outputs.length)
    throw new TypeError(
      `circuitOf: ${inputs.length} and ${outputs.length} names given, the netlist has ${netlist.inputs} inputs and ${netlist.outputs.length} outputs`,
    )
  return { name, netlist, inputs, outputs }
}

/** `x0, x1, …`. */
export const numbered = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`)
