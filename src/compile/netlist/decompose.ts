import { gateAt } from './draft.js'
import { gatesOver, netlistOfGates, type Gates, type Literal } from './literal.js'
import { gates, type Netlist } from './netlist.js'
import { cofactor, complementOf, constantOf, dependsOn, sameTable, type TruthTable } from './truth-table.js'

/** The outputs of a netlist at literals of a circuit, its tables decomposed there. Throws a TypeError where there are too few. */
export function instantiate(netlist: Netlist, into: Gates, inputs: readonly Literal[]): readonly Literal[] {
  if (inputs.length !== netlist.inputs)
    throw new TypeError(`instantiate: ${inputs.length} literals given, the netlist has ${netlist.inputs} inputs`)
  const wires = [...inputs]
  for (let g = 0; g < gates(netlist); g++) {
    const { operands, table } = gateAt(netlist, g)
    wires.push(
      tableAt(
        into,
        table,
        operands.map((w) => wires[w] ?? 0),
      ),
    )
  }
  return Array.from(netlist.outputs, (w) => wires[w] ?? 0)
}

/**
 * A table at literals, by C. Shannon's expansion `f = x f₁ + ¬x f₀`: first about an operand of which one cofactor is constant
 * or the complement of the other, since that is one gate; else about the one whose cofactors depend on the fewest operands.
 */
export function tableAt(into: Gates, table: TruthTable, operands: readonly Literal[]): Literal {
  const k = operands.length
  const c = constantOf(table, k)
  if (c !== undefined) return c
  const ignored = operands.findIndex((_, i) => !dependsOn(table, k, i))
  const without = (i: number): Literal[] => operands.filter((_, j) => j !== i)
  if (ignored >= 0) return tableAt(into, cofactor(table, k, ignored, 0), without(ignored))
  let best = { i: 0, cost: Infinity }
  for (let i = 0; i < k && best.cost > 0; i++) {
    const [low, high] = [cofactor(table, k, i, 0), cofactor(table, k, i, 1)]
    const simple =
      constantOf(low, k - 1) !== undefined ||
      constantOf(high, k - 1) !== undefined ||
      sameTable(complementOf(low, k - 1), high)
    const cost = simple ? 0 : 1 + support(low, k - 1) + support(high, k - 1)
    if (cost < best.cost) best = { i, cost }
  }
  const x = operands[best.i] ?? 0
  const [low, high] = [cofactor(table, k, best.i, 0), cofactor(table, k, best.i, 1)]
  const rest = without(best.i)
  const below = tableAt(into, low, rest)
  return sameTable(complementOf(low, k - 1), high) ? into.xor(x, below) : into.mux(x, tableAt(into, high, rest), below)
}

function support(table: TruthTable, k: number): number {
  let n = 0
  for (let i = 0; i < k; i++) if (dependsOn(table, k, i)) n++
  return n
}

/** The same function by gates of at most two operands: conjunctions and exclusive ors, complements in their tables. */
export function twoInput(netlist: Netlist): Netlist {
  const into = gatesOver(netlist.inputs)
  return netlistOfGates(into, instantiate(netlist, into, inputLiterals(into)))
}

/** The literals of the inputs. */
export const inputLiterals = ({ inputs, input }: Gates): Literal[] => Array.from({ length: inputs }, (_, i) => input(i))

/** An and-inverter graph, its literals numbered as in AIGER; node inputs + 1 + g is `left[g] ∧ right[g]`, of nodes before it. */
export interface Aig {
  readonly inputs: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly outputs: Int32Array
}

/** The and-inverter graph of a netlist: constants folded, no gate twice, none that no output depends on. */
export function aigOf(netlist: Netlist): Aig {
  const { inputs } = netlist
  const into = gatesOver(inputs, 'aig')
  const outputs = instantiate(netlist, into, inputLiterals(into))
  const live = new Uint8Array(into.count())
  const mark = (x: Literal): void => {
    if (x >> 1 > inputs) live[(x >> 1) - inputs - 1] = 1
  }
  outputs.forEach(mark)
  for (let g = into.count() - 1; g >= 0; g--) {
    if (live[g] !== 1) continue
    mark(into.gate(g).left)
    mark(into.gate(g).right)
  }
  const node = Int32Array.from({ length: inputs + 1 + into.count() }, (_, v) => v)
  const renamed = (x: Literal): Literal => 2 * (node[x >> 1] ?? 0) + (x & 1)
  const [left, right]: [Literal[], Literal[]] = [[], []]
  for (let g = 0; g < into.count(); g++) {
    if (live[g] !== 1) continue
    const [a, b] = [renamed(into.gate(g).left), renamed(into.gate(g).right)]
    left.push(Math.max(a, b))
    right.push(Math.min(a, b))
    node[inputs + 1 + g] = inputs + left.length
  }
  return {
    inputs,
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    outputs: Int32Array.from(outputs, renamed),
  }
}

/** The netlist of an and-inverter graph, a gate for each of its nodes; constants and complements at its outputs are gates too. */
export function netlistOfAig({ inputs, left, right, outputs }: Aig): Netlist {
  return netlistOfGates(
    {
      ...gatesOver(inputs, 'aig'),
      count: () => left.length,
      gate: (g) => ({ kind: 'and', left: left[g] ?? 0, right: right[g] ?? 0 }),
    },
    [...outputs],
  )
}

/** One output that is 1 where two netlists of the same numbers of inputs and outputs differ. */
export function miter(f: Netlist, g: Netlist): Netlist {
  if (f.inputs !== g.inputs || f.outputs.length !== g.outputs.length)
    throw new TypeError(
      `miter: ${f.inputs} inputs and ${f.outputs.length} outputs do not match ${g.inputs} and ${g.outputs.length}`,
    )
  const into = gatesOver(f.inputs)
  const [x, y] = [f, g].map((n) => instantiate(n, into, inputLiterals(into)))
  return netlistOfGates(into, [(x ?? []).map((a, i) => into.xor(a, y?.[i] ?? 0)).reduce((a, b) => into.or(a, b), 0)])
}
