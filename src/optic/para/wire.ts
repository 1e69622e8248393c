import {
  normal,
  objectOf,
  object,
  surfaceOf,
  product,
  type Ob,
  type Shape,
  type TensorType,
} from '../../object/index.js'
import * as primitive from '../../primitive/index.js'
import type { Wire as Untyped } from '../../structure/index.js'
import { apply as applyTerm, diagram as termDiagram } from '../../term/index.js'
import { checkName, type Para, type Untyped as Model } from './para.js'
import type { Parameter } from './tree.js'

declare const surface: unique symbol
/** A wire of a typed diagram; its type is known to the compiler only. */
export interface Wire<in out T extends TensorType> extends Untyped {
  readonly [surface]: T
}
/** A wire for each tensor of an object. */
export type Wires<A extends Ob> = { [K in keyof A]: Wire<A[K]> }
/** One wire for an object of one tensor, else a tuple. */
export type Bundle<B extends Ob> = B extends [infer T extends TensorType] ? Wire<T> : Wires<B>
/** The object of what a diagram answers; of an untyped wire nothing is known. */
export type Unbundle<R> = R extends readonly unknown[] ? { -readonly [K in keyof R]: Surface<R[K]> } : [Surface<R>]
type Surface<W> = W extends Wire<infer T> ? T : TensorType

/** The parts of a diagram: a tensor type makes a parameter wire, a model makes a box. A part used twice shares its parameters. */
export interface Parts {
  readonly [name: string]: TensorType | Model
}
/** What the body of a diagram gets for a part. */
export type Box<X> = X extends TensorType
  ? Wire<X>
  : X extends Para<infer _, infer A, infer B>
    ? (...inputs: Wires<A>) => Bundle<B>
    : never
/** What the body of a diagram gets for its parts. */
export type Boxes<X> = { readonly [K in keyof X]: Box<X[K]> }
/** The parameter space of a diagram. */
export type Space<X> = X extends infer Y
  ? { -readonly [K in keyof Y]: Y[K] extends Para<infer P, infer _, infer __> ? P : Y[K] }
  : never

const isModel = (x: TensorType | Model): x is Model => 'term' in x

/**
 * A model in the wire notation. Parts are named once, up front; the body is called once, with the parts and the wires
 * of the domain, and answers one wire or a tuple. Parameters given as tensor types start at zero.
 *
 *     diagram({ weight: [784, 128], bias: [128] }, [[784]], ({ weight, bias }, x) => wire.add(wire.apply(x, weight), bias))
 */
export function diagram<const X extends Parts, const A extends Ob, const R extends Untyped | readonly Untyped[]>(
  parts: X,
  dom: A,
  body: (parts: Boxes<X>, ...inputs: Wires<A>) => R,
): Para<Space<X>, A, Unbundle<R> extends infer B extends Ob ? B : never> {
  const entries = Object.entries(parts)
  const parameters = entries.flatMap(([name, x]): Parameter[] => {
    checkName('diagram', name)
    if (isModel(x)) return x.parameters.map((p) => ({ ...p, path: [name, ...p.path] }))
    return [{ path: [name], type: normal(x), draw: (_, shape) => new Float64Array(shape.reduce((a, b) => a * b, 1)) }]
  })
  const p = object(parameters.map((x) => x.type))
  const term = termDiagram(product(p, objectOf(dom)), (wires, algebra) => {
    let from = 0
    const boxes: { readonly [name: string]: unknown } = Object.fromEntries(
      entries.map(([name, x]): readonly [string, unknown] => {
        if (!isModel(x)) return [name, wires[from++]]
        const own = wires.slice(from, (from += x.parameters.length))
        return [name, (...inputs: Untyped[]): unknown => bundle(applyTerm(x.term, [...own, ...inputs], algebra))]
      }),
    )
    return [(body as (parts: unknown, ...inputs: readonly Untyped[]) => R)(boxes, ...wires.slice(p.length))].flat()
  })
  const params = Object.fromEntries(entries.map(([name, x]) => [name, isModel(x) ? x.params : x]))
  return { cod: surfaceOf(term.cod), dom, params, parameters, term } as never
}

const bundle = (wires: readonly Untyped[]): unknown => (wires.length === 1 ? wires[0] : wires)

type Same2 = <T extends TensorType>(x: Wire<T>, y: Wire<NoInfer<T>>) => Wire<T>
type Same1 = <T extends TensorType>(x: Wire<T>) => Wire<T>
const same2 = (f: (x: Untyped, y: Untyped) => Untyped): Same2 => f as unknown as Same2
const same1 = (f: (x: Untyped) => Untyped): Same1 => f as unknown as Same1

/** `x + y`. */
export const add: Same2 = same2(primitive.add)
/** `x − y`. */
export const subtract: Same2 = same2(primitive.subtract)
/** `x · y`, entry by entry. */
export const multiply: Same2 = same2(primitive.multiply)
/** `max(x, y)`, the first at a tie. */
export const maximum: Same2 = same2(primitive.maximum)
/** `−x`. */
export const negate: Same1 = same1(primitive.negate)
/** `max(x, 0)`. */
export const relu: Same1 = same1(primitive.relu)
/** `tanh x`. */
export const tanh: Same1 = same1(primitive.tanh)
/** `1 / (1 + e⁻ˣ)`. */
export const sigmoid: Same1 = same1(primitive.sigmoid)
/** `eˣ`. */
export const exp: Same1 = same1(primitive.exp)
/** `log x`. */
export const log: Same1 = same1(primitive.log)
/** `c · x` for a number c. */
export function scale<T extends TensorType>(c: number, x: Wire<T>): Wire<T> {
  return primitive.multiply(c, x) as Wire<T>
}
/** `x ; w`: [a] ⊗ [a, b] → [b]. */
export function apply<A extends number, B extends number>(x: Wire<[A]>, w: Wire<[NoInfer<A>, B]>): Wire<[B]> {
  return primitive.contract(x, w, { left: 'i', right: 'ij', out: 'j' }) as Wire<[B]>
}
/** The matrix product [n, a] ⊗ [a, b] → [n, b]. */
export function matmul<N extends number, A extends number, B extends number>(
  x: Wire<[N, A]>,
  y: Wire<[NoInfer<A>, B]>,
): Wire<[N, B]> {
  return primitive.contract(x, y, { left: 'ij', right: 'jk', out: 'ik' }) as Wire<[N, B]>
}
/** The sum of all entries: [s…] → []. */
export function sum<S extends Shape>(x: Wire<S>): Wire<[]> {
  return primitive.sum(
    x,
    x.type.shape.map((_, i) => i),
  ) as Wire<[]>
}
