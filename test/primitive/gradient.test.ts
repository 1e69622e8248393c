import { describe, expect, it } from 'vitest'
import { dtypes, surfaceOf, type Tensor } from '../../src/object/index.js'
import { plain, type Plain } from '../../src/backend/reference/arithmetic.js'
import { dual, type Dual } from '../../src/backend/reference/dual.js'
import { evaluate, interpret, toEntries } from '../../src/backend/reference/evaluate.js'
import { reverseDerivative } from '../../src/optic/index.js'
import { primitives, type PrimitiveName } from '../../src/primitive/index.js'
import type { Arithmetic, Entries } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import { dyadic, fill, pointOf, primitiveCases, termOf, titleOf, type PrimitiveCase } from '../primitive-cases.js'

const number = (x: Plain): number => Number(x)
const entriesOf = (xs: readonly { readonly data: ArrayLike<unknown> }[]): number[] =>
  xs.flatMap((x) => Array.from(x.data as ArrayLike<Plain>, number))
/** Which entries of a point are of a dtype with a derivative. */
const smooth = (xs: readonly Entries<unknown>[]): boolean[] =>
  xs.flatMap((x) => Array.from(x.data, () => dtypes[x.dtype].analytic))

/** Entries with a tangent, 1 at entry `along` and 0 elsewhere, or those of a list. */
function withTangent<T>(
  xs: readonly Entries<T>[],
  s: Arithmetic<T>,
  tangent: (k: number) => number,
): Entries<Dual<T>>[] {
  let k = 0
  return xs.map((x) => ({
    ...x,
    data: Array.from(x.data, (value) => ({
      value,
      tangent: s(x.dtype).of(dtypes[x.dtype].analytic ? tangent(k++) : (k++, 0)),
    })),
  }))
}
const parts = <T, U>(xs: readonly Entries<T>[], f: (a: T) => U): U[] => xs.flatMap((x) => Array.from(x.data, f))

/** `D[f](x, v)` by dual numbers. */
function directional(f: Term, x: readonly Tensor[], v: (k: number) => number): number[] {
  const y = interpret(f, withTangent(x.map(toEntries), plain, v), dual(plain))
  return parts(y, (a) => number(a.tangent))
}
const basis =
  (i: number) =>
  (k: number): number =>
    k === i ? 1 : 0
const inner = (a: readonly number[], b: readonly number[]): number => a.reduce((s, x, i) => s + x * (b[i] ?? 0), 0)

/** `∂ᵢ∂ᵤ ⟨w, f⟩` by dual numbers over dual numbers. */
function mixed(f: Term, x: readonly Tensor[], u: (k: number) => number, i: number, w: readonly number[]): number {
  const once = withTangent(x.map(toEntries), plain, u)
  const y = interpret(f, withTangent(once, dual(plain), basis(i)), dual(dual(plain)))
  return inner(
    parts(y, (a) => number(a.tangent.tangent)),
    w,
  )
}

function expectClose(given: readonly number[], wanted: readonly number[], relative: number): void {
  expect(given).toHaveLength(wanted.length)
  const scale = 1 + Math.max(0, ...wanted.map(Math.abs))
  for (const [i, a] of given.entries()) {
    const b = wanted[i] ?? NaN
    const ok = relative === 0 ? a === b : Math.abs(a - b) <= relative * scale
    expect(ok, `entry ${i}: ${a} against ${b}, ${relative} relative`).toBe(true)
  }
}

const u = (k: number): number => dyadic(k + 3)
const cotangent = (f: Term, shift: number): Tensor[] =>
  surfaceOf(f.cod).map((t, i) => fill(t, (k) => dyadic(k + shift + i)))

function check(name: PrimitiveName, c: PrimitiveCase): void {
  const f = termOf(name, c)
  const [x, w] = [pointOf(c), cotangent(f, 5)]
  const reverse = reverseDerivative(f)
  const gradient = evaluate(reverse, [...x, ...w])
  const [flatX, weights] = [smooth(x.map(toEntries)), entriesOf(w)]

  it('the gradient equals that of dual numbers', () => {
    const wanted = flatX.map((differs, i) => (differs ? inner(directional(f, x, basis(i)), weights) : 0))
    expectClose(entriesOf(gradient), wanted, c.exact ? 0 : 1e-12)
  })

  it('R is additive in the cotangent (RD.2)', () => {
    const [v, z] = [cotangent(f, 11), surfaceOf(f.cod).map((t) => fill(t, () => 0))]
    const sum = w.map((a, i) => {
      const b = v[i] as Tensor
      return fill(surfaceOf(f.cod)[i] ?? [], (k) => Number(a.data[k]) + Number(b.data[k]))
    })
    const other = entriesOf(evaluate(reverse, [...x, ...v]))
    const wanted = entriesOf(gradient).map((a, i) => a + (other[i] ?? 0))
    const isSmooth = smooth(cotangent(f, 0).map(toEntries)).every((s) => s)
    if (isSmooth) expectClose(entriesOf(evaluate(reverse, [...x, ...sum])), wanted, c.exact ? 0 : 1e-12)
    expectClose(
      entriesOf(evaluate(reverse, [...x, ...z])),
      flatX.map(() => 0),
      0,
    )
  })

  it('the second derivative equals that of duals of duals, and of duals over R', () => {
    const direction = fromList(
      c,
      flatX.map((_, k) => u(k)),
    )
    const twice = entriesOf(evaluate(reverseDerivative(reverse), [...x, ...w, ...direction])).slice(0, flatX.length)
    const over = directional(reverse, [...x, ...w], (k) => (k < flatX.length ? u(k) : 0))
    const duals = flatX.map((differs, i) => (differs ? mixed(f, x, u, i, weights) : 0))
    expectClose(twice, duals, c.exact ? 0 : 1e-9)
    expectClose(over, duals, c.exact ? 0 : 1e-9)
  })
}

/** A point of the domain of a case from a list of entries. */
function fromList(c: PrimitiveCase, entries: readonly number[]): Tensor[] {
  let from = 0
  return pointOf(c).map((x, i) => {
    const start = from
    from += x.data.length
    return fill(c.dom[i] ?? [], (k) => (dtypes[x.dtype].analytic ? (entries[start + k] ?? 0) : 0))
  })
}

for (const name of Object.keys(primitives) as PrimitiveName[])
  for (const c of primitiveCases[name])
    describe(titleOf(name, c), () => {
      if (c.derivative === 'exists') check(name, c)
      else
        it('has no derivative', () => {
          expect(() => reverseDerivative(termOf(name, c))).toThrow(/^reverse: \w+ from \w+ to \w+ has no derivative$/)
        })
    })
