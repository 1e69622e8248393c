import { plain, type Plain } from '../src/backend/reference/arithmetic.js'
import { dual, type Dual } from '../src/backend/reference/dual.js'
import { interpret, toTensor } from '../src/backend/reference/evaluate.js'
import { arrayOf, numbersOf, size, types, type Dtype, type Obj, type Tensor, type Type } from '../src/object/index.js'
import type { Entries } from '../src/structure/index.js'
import { expand, type Term } from '../src/term/index.js'

/** A tensor of a type with the given entries. */
export const tensorAt = (type: Type, numbers: ArrayLike<number>): Tensor =>
  ({ dtype: type.dtype, shape: [...type.shape], data: arrayOf(type.dtype, numbers) }) as unknown as Tensor

/** A tensor with one number at every entry. */
export const filled = (type: Type, value: number): Tensor =>
  tensorAt(type, new Array<number>(size(type.shape)).fill(value))

/** Entries below which int32 points are drawn: an index or a class. */
export const bound = 3

/**
 * A point of an object that a seed decides: floats are odd multiples of 1/16 between −2 and 2, so never 0 and exact in
 * sums of products; integers are small, int32 are 0 … 2, bits are bits.
 */
export function pointOf(dom: Obj, seed: number): Tensor[] {
  let state = 7919 * seed + 1
  const next = (n: number): number => {
    state = (state * 48271) % 2147483647
    return Math.floor(state / 7) % n
  }
  const draw: { readonly [D in Dtype]: () => number } = {
    float64: () => (2 * next(32) - 31) / 16,
    float32: () => (2 * next(32) - 31) / 16,
    integer: () => next(9) - 4,
    int32: () => next(bound),
    bit: () => next(2),
  }
  return types(dom).map((t) => tensorAt(t, Array.from({ length: size(t.shape) }, draw[t.dtype])))
}

/** Whether a term is made of operations that do not round at dyadic points: sums, products and choices. */
export function isExact(term: Term): boolean {
  const rounding = new Set(['reciprocal', 'exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sigmoid', 'erf', 'logSumExp'])
  return expand(term).boxes.every(({ term: leaf }) => leaf.kind === 'primitive' && !rounding.has(leaf.operation.name))
}

const duals = dual(plain)

/** The values of a term, and its derivative along a direction, by dual numbers. */
export function along(
  term: Term,
  point: readonly Tensor[],
  direction: readonly Tensor[],
): { readonly values: Tensor[]; readonly tangents: Tensor[] } {
  const inputs = point.map((x, k): Entries<Dual<Plain>> => {
    const tangents = direction[k]?.data ?? []
    return {
      dtype: x.dtype,
      shape: x.shape,
      data: Array.from(x.data as ArrayLike<Plain>, (value, i) => ({
        value,
        tangent: tangents[i] ?? plain(x.dtype).zero,
      })),
    }
  })
  const outs = interpret(term, inputs, duals)
  const part = (of: (d: Dual<Plain>) => Plain): Tensor[] =>
    outs.map(({ dtype, shape, data }) => toTensor({ dtype, shape, data: Array.from(data, of) }))
  return { values: part((d) => d.value), tangents: part((d) => d.tangent) }
}

/** `⟨x, y⟩` over all entries of some tensors, in the rig of each, as a number. */
export function pairing(xs: readonly Tensor[], ys: readonly Tensor[]): Plain {
  const [first] = xs
  const s = plain(first?.dtype ?? 'float64')
  return xs.reduce<Plain>((total, x, k) => {
    const y = ys[k]?.data as ArrayLike<Plain>
    return Array.from(x.data as ArrayLike<Plain>).reduce<Plain>(
      (sum, a, i) => s.add(sum, s.multiply(a, y[i] as Plain)),
      total,
    )
  }, s.zero)
}

/** `R[f](x, dy)` by dual numbers, one direction of the domain at a time: an oracle that does not use R. */
export function pullback(term: Term, point: readonly Tensor[], cotangent: readonly Tensor[]): Tensor[] {
  const none = point.map((x) => filled(x as Type, 0))
  return point.map((x, k) =>
    tensorAt(
      x as Type,
      Array.from(x.data as ArrayLike<Plain>, (_, i) => {
        const unit = Array.from({ length: x.data.length }, (__, j) => (i === j ? 1 : 0))
        const direction = none.map((z, j) => (j === k ? tensorAt(x as Type, unit) : z))
        const { tangents } = along(term, point, direction)
        const real = tangents.map((_t, j) => j).filter((j) => tangents[j]?.dtype === x.dtype)
        return Number(
          pairing(
            real.map((j) => tangents[j] as Tensor),
            real.map((j) => cotangent[j] as Tensor),
          ),
        )
      }),
    ),
  )
}

/** The largest deviation of tensors from wanted ones, relative to the largest entry of each or to 1; Infinity where a type differs. */
export function deviation(given: readonly Tensor[], wanted: readonly Tensor[]): number {
  const type = (t: Tensor): string => `${t.dtype}[${t.shape.join()}]`
  if (given.map(type).join() !== wanted.map(type).join()) return Infinity
  const worst = given.map((x, k) => {
    const [a, b] = [numbersOf(x), numbersOf(wanted[k] as Tensor)]
    const scale = Math.max(1, ...b.map(Math.abs))
    return a.reduce((most, v, i) => {
      const d = Object.is(v, b[i]) || v === b[i] ? 0 : Math.abs(v - (b[i] ?? Number.NaN)) / scale
      return Number.isNaN(d) ? Infinity : Math.max(most, d)
    }, 0)
  })
  return Math.max(0, ...worst)
}
