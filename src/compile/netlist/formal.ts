import { showType, size, types, type Type } from '../../object/index.js'
import type { Entries, Scalars } from '../../structure/index.js'
import { flatten, type Term } from '../../term/index.js'

/** A monomial as exponents by variable, `0:1,3:2` for x₀ x₃²; those that are 0 are left out. */
export type Monomial = string
/** A polynomial over Z₂, by its monomials: x² is not x. */
export type FormalPolynomial = ReadonlySet<Monomial>

/**
 * The polynomials over Z₂ that a term over bits is, one for each entry of its codomain, in the entries of its domain: the
 * meaning of every primitive in the rig Z₂[x₀, x₁, …]. Throws a TypeError where a dtype is not bit, or a primitive compares bits.
 */
export function formalPolynomials(term: Term): readonly FormalPolynomial[] {
  const program = flatten(term)
  let next = 0
  const start = types(program.dom).map((t): Entries<FormalPolynomial> =>
    entries(
      t,
      Array.from({ length: size(t.shape) }, () => new Set([`${next++}:1`])),
    ),
  )
  const wires = [...start]
  for (const { term: leaf, inputs } of program.boxes) {
    const cod = types(leaf.cod)
    const values = leaf.operation.meaning<FormalPolynomial>(
      leaf.attributes,
      inputs.map((id) => wires[id] as Entries<FormalPolynomial>),
      cod,
      (dtype) => {
        if (dtype !== 'bit')
          throw new TypeError(`formalPolynomials: "${leaf.operation.name}" is at ${dtype}, needs bit`)
        return rig
      },
    )
    for (const [i, t] of cod.entries()) wires.push(entries(t, values[i] ?? []))
  }
  return program.outs.flatMap((id) => Array.from((wires[id] as Entries<FormalPolynomial>).data))
}

const entries = (type: Type, data: ArrayLike<FormalPolynomial>): Entries<FormalPolynomial> => {
  if (type.dtype !== 'bit') throw new TypeError(`formalPolynomials: a wire is ${showType(type)}, needs bits`)
  return { dtype: type.dtype, shape: type.shape, data }
}

/** The exponents of a monomial. */
export const exponentsOf = (m: Monomial): ReadonlyMap<number, number> =>
  new Map(
    (m === '' ? [] : m.split(',')).map((part) => {
      const [x = '', e = ''] = part.split(':')
      return [Number(x), Number(e)]
    }),
  )

/** The monomial of exponents. */
export const monomialOf = (exponents: ReadonlyMap<number, number>): Monomial =>
  [...exponents]
    .filter(([, e]) => e > 0)
    .sort(([a], [b]) => a - b)
    .map(([x, e]) => `${x}:${e}`)
    .join()

/** a + b: what stands in one of them. */
function plus(a: FormalPolynomial, b: FormalPolynomial): FormalPolynomial {
  const out = new Set(a)
  for (const m of b) if (!out.delete(m)) out.add(m)
  return out
}

function times(a: FormalPolynomial, b: FormalPolynomial): FormalPolynomial {
  const out = new Set<Monomial>()
  for (const m of a)
    for (const n of b) {
      const product = new Map(exponentsOf(m))
      for (const [x, e] of exponentsOf(n)) product.set(x, (product.get(x) ?? 0) + e)
      const key = monomialOf(product)
      if (!out.delete(key)) out.add(key)
    }
  return out
}

const unknown = (): never => {
  throw new TypeError('formalPolynomials: a comparison of bits is no polynomial')
}
const rig: Scalars<FormalPolynomial> = {
  zero: new Set(),
  one: new Set(['']),
  add: plus,
  multiply: times,
  negate: (a) => a,
  of: (n) => new Set(n % 2 === 0 ? [] : ['']),
  number: unknown,
  convert: (a) => a,
  less: unknown,
  equal: unknown,
}

/** Whether no variable stands in a monomial twice: then the formal derivative is the Boolean difference. */
export const isMultilinear = (p: FormalPolynomial): boolean =>
  [...p].every((m) => [...exponentsOf(m).values()].every((e) => e === 1))

/**
 * Whether the formal derivative of a polynomial is, as a function, its Boolean difference in every variable. With
 * `p = Σₖ cₖ xᵏ`, the derivative is c₁ at x = 0 and the sum of cₖ over odd k at x = 1, the difference the sum over k ≥ 1; so they
 * agree exactly where, for every variable, the cₖ of even k ≥ 2 sum to 0 as functions, and so do those of odd k ≥ 3.
 */
export function derivativeIsDifference(p: FormalPolynomial): boolean {
  const variables = new Set([...p].flatMap((m) => [...exponentsOf(m).keys()]))
  return [...variables].every((x) =>
    [0, 1].every((parity) => {
      const rest = new Set<string>()
      for (const m of p) {
        const exponents = exponentsOf(m)
        const e = exponents.get(x) ?? 0
        if (e < 2 || e % 2 !== parity) continue
        const key = [...exponents.keys()].filter((y) => y !== x).join()
        if (!rest.delete(key)) rest.add(key)
      }
      return rest.size === 0
    }),
  )
}
