import { instantiate, inputLiterals } from './decompose.js'
import { gatesOver, netlistOfGates, not, type Literal } from './literal.js'
import type { Netlist } from './netlist.js'

/**
 * The Boolean difference `(x, w) ↦ (⟨w, f(x + eᵢ) + f(x)⟩)ᵢ` of the function of a netlist with n inputs and m outputs: n + m
 * inputs, n outputs (I. Reed 1954; S. Akers 1959). It is an operation on functions, not on terms, and breaks the chain rule; R
 * is the formal derivative, and the two agree where `formalPolynomials` says so.
 */
export function booleanDifference(netlist: Netlist): Netlist {
  const n = netlist.inputs
  const into = gatesOver(n + netlist.outputs.length)
  const x = inputLiterals(into).slice(0, n)
  const here = instantiate(netlist, into, x)
  const differences = x.map((_, i): Literal => {
    const there = instantiate(
      netlist,
      into,
      x.map((b, j) => (i === j ? not(b) : b)),
    )
    return here
      .map((value, j) => into.and(into.input(n + j), into.xor(value, there[j] ?? 0)))
      .reduce((a, b) => into.xor(a, b), 0)
  })
  return netlistOfGates(into, differences)
}
