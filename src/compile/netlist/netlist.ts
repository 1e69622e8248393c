/**
 * A combinational circuit of look-up tables in topological order: what a program over bits is when every entry is a wire of
 * its own. Wires 0 … inputs − 1 are the inputs; wire inputs + g is the value of gate g, whose operands are earlier wires.
 */
export interface Netlist {
  readonly inputs: number
  /** Where the operands of gate g begin; one entry more than there are gates. A gate of no operands is a constant. */
  readonly start: Int32Array
  readonly operands: Int32Array
  /** Where the truth table of gate g begins; one entry more than there are gates. */
  readonly tableStart: Int32Array
  /**
   * Truth tables, 32 entries a word. Entry Σᵢ xᵢ 2ⁱ of a table is its value where operand i is xᵢ; the table of k operands has
   * 2ᵏ entries, and the bits above them in its word are 0.
   */
  readonly tables: Uint32Array
  /** The wire of each output. */
  readonly outputs: Int32Array
}

/** How many gates a netlist has. */
export const gates = (netlist: Netlist): number => netlist.start.length - 1
