import { cofactor, constantOf, entryOf, maskOf, projection, type TruthTable } from './truth-table.js'
import { gatesOver, netlistOfGates, type Gates, type Literal } from './literal.js'
import type { Netlist } from './netlist.js'

/**
 * The Möbius transform `a_S = Σ_{T ⊆ S} f_T` over Z₂ of a table of k operands, 32 entries a step: the coefficients of its
 * algebraic normal form from its values, and the values from the coefficients (I. Zhegalkin 1927): it is an involution.
 */
export function moebius(table: TruthTable, k: number): TruthTable {
  const out = table.slice()
  for (let i = 0; i < Math.min(k, 5); i++) {
    const upper = projection(i, 0)
    for (let w = 0; w < out.length; w++) {
      const word = out[w] ?? 0
      out[w] = word ^ ((word << (1 << i)) & upper & maskOf(k))
    }
  }
  for (let step = 1; step < out.length; step *= 2)
    for (let w = 0; w < out.length; w++) if ((w & step) !== 0) out[w] = (out[w] ?? 0) ^ (out[w - step] ?? 0)
  return out
}

/**
 * The polynomial of coefficients as {@link moebius} has them, `x0 x1 + x2 + 1`: monomials of more variables first, then by
 * their variables; 0 where there are none.
 */
export function showPolynomial(
  coefficients: TruthTable,
  k: number,
  nameOf: (i: number) => string = (i) => `x${i}`,
): string {
  const monomials: (readonly number[])[] = []
  for (let s = 0; s < 2 ** k; s++)
    if (entryOf(coefficients, s) === 1)
      monomials.push(Array.from({ length: k }, (_, i) => i).filter((i) => ((s >>> i) & 1) === 1))
  const before = (a: readonly number[], b: readonly number[]): number => {
    const at = a.findIndex((x, i) => x !== b[i])
    return b.length - a.length || (a[at] ?? 0) - (b[at] ?? 0)
  }
  const shown = monomials.sort(before).map((m) => (m.length === 0 ? '1' : m.map(nameOf).join(' ')))
  return shown.length === 0 ? '0' : shown.join(' + ')
}

/** The netlist of polynomials in k variables, by the expansion `f = xᵢ ∂f + f₀` about the last variable first. */
export function netlistOfPolynomials(k: number, all: readonly TruthTable[]): Netlist {
  const into = gatesOver(k)
  return netlistOfGates(
    into,
    all.map((coefficients) => horner(into, coefficients, k)),
  )
}

/** In coefficients the cofactors about xᵢ are the part without it and the part with it. */
function horner(into: Gates, coefficients: TruthTable, k: number): Literal {
  const c = constantOf(coefficients, k)
  if (c === 0) return 0
  if (k === 0) return c ?? 0
  const [without, partial] = [cofactor(coefficients, k, k - 1, 0), cofactor(coefficients, k, k - 1, 1)]
  return into.xor(horner(into, without, k - 1), into.and(into.input(k - 1), horner(into, partial, k - 1)))
}
