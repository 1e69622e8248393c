import {
  cofactor,
  complementOf,
  constantOf,
  dependsOn,
  projection,
  substitute,
  type TruthTable,
} from './truth-table.js'

/** A product of literals: for each operand 1, 0, or null where it is not read. */
export type Cube = readonly (0 | 1 | null)[]

/**
 * An irredundant sum of products of a table of k operands (S. Minato, "Fast generation of irredundant sum-of-products forms",
 * 1992): the cubes are 1 exactly where the table is, and none can be left out.
 */
export function coverOf(table: TruthTable, k: number): readonly Cube[] {
  return between(table, table, k).cubes
}

/** Cubes whose sum f is `low ≤ f ≤ high`, and f. */
function between(
  low: TruthTable,
  high: TruthTable,
  k: number,
): { readonly cubes: readonly Cube[]; readonly sum: TruthTable } {
  if (constantOf(low, k) === 0) return { cubes: [], sum: low }
  if (constantOf(high, k) === 1) return { cubes: [new Array<null>(k).fill(null)], sum: high }
  let i = k - 1
  while (!dependsOn(low, k, i) && !dependsOn(high, k, i)) i--
  const [l0, l1, h0, h1] = [
    cofactor(low, k, i, 0),
    cofactor(low, k, i, 1),
    cofactor(high, k, i, 0),
    cofactor(high, k, i, 1),
  ]
  const zero = between(minus(l0, h1), h0, k - 1)
  const one = between(minus(l1, h0), h1, k - 1)
  const rest = or(minus(l0, zero.sum), minus(l1, one.sum))
  const both = between(rest, and(h0, h1), k - 1)
  const placed = (cubes: readonly Cube[], value: 0 | 1 | null): Cube[] =>
    cubes.map((c) => [...c.slice(0, i), value, ...c.slice(i)])
  return {
    cubes: [...placed(zero.cubes, 0), ...placed(one.cubes, 1), ...placed(both.cubes, null)],
    sum: joined(or(zero.sum, both.sum), or(one.sum, both.sum), k, i),
  }
}

const and = (a: TruthTable, b: TruthTable): TruthTable => a.map((w, i) => w & (b[i] ?? 0))
const or = (a: TruthTable, b: TruthTable): TruthTable => a.map((w, i) => w | (b[i] ?? 0))
const minus = (a: TruthTable, b: TruthTable): TruthTable => a.map((w, i) => w & ~(b[i] ?? 0))

/** The table of k operands with the cofactors f₀ and f₁ about operand i. */
function joined(f0: TruthTable, f1: TruthTable, k: number, i: number): TruthTable {
  if (i >= 5) {
    const step = 1 << (i - 5)
    return Uint32Array.from({ length: 2 * f0.length }, (_, w) => {
      const from = (w & step) === 0 ? f0 : f1
      return from[(w & (step - 1)) | ((w & ~(2 * step - 1)) >>> 1)] ?? 0
    })
  }
  const places = Array.from({ length: k - 1 }, (_, j) => 2 * (j < i ? j : j + 1))
  const [a, b] = [substitute(f0, k, places), substitute(f1, k, places)]
  return a.map((word, w) => (word & ~projection(i, 0)) | ((b[w] ?? 0) & projection(i, 0)))
}

/** The cubes of a table or of its complement, whichever are fewer but some, and what the table is where one of them is 1. */
export function shorterCover(table: TruthTable, k: number): { readonly value: 0 | 1; readonly cubes: readonly Cube[] } {
  const [on, off] = [coverOf(table, k), coverOf(complementOf(table, k), k)]
  return off.length > 0 && off.length < on.length ? { value: 0, cubes: off } : { value: 1, cubes: on }
}
