import fc from 'fast-check'
import { float64Scalars } from '../../src/backend/reference/arithmetic.js'
import { evaluate, interpret } from '../../src/backend/reference/evaluate.js'
import {
  parametrised,
  parametrisedMorphisms as para,
  termLearner,
  type Parametrised,
  type TermLearner,
} from '../../src/learn/functor/index.js'
import {
  float64,
  numbersOf,
  object,
  objectOf,
  product,
  sameObject,
  showObject,
  size,
  tensorOf,
  types,
  unit,
  type Obj,
  type Tensor,
  type Type,
} from '../../src/object/index.js'
import { add, broadcast, constant, contract, multiply, negate, sum, transpose } from '../../src/primitive/index.js'
import type { Arithmetic, Wire } from '../../src/structure/index.js'
import { diagram, routing, type Term } from '../../src/term/index.js'

/** A list of naturals that a total elaborator reads. */
export type Blueprint = readonly (readonly [number, number, number])[]
export const blueprint = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), { maxLength: 3 })
const shapes: readonly number[][] = [[], [2], [3], [2, 3]]
export const objects: fc.Arbitrary<Obj> = fc
  .array(fc.constantFrom(...shapes), { minLength: 0, maxLength: 2 })
  .map((all) => objectOf(all.map((s) => float64(...s))))
const f64 = (shape: readonly number[]): Type => ({ dtype: 'float64', shape })

/** One step out of a domain: add or scale by parameters, contract, sum, transpose, square, copy, drop, swap, negate. */
export function step(dom: Obj, [kind, i, j]: readonly [number, number, number], squares: boolean): Parametrised {
  const all = types(dom)
  const at = all.length === 0 ? 0 : i % all.length
  const type = all[at]
  if (type === undefined) return parametrised(objectOf([float64(2)]), routing(objectOf([float64(2)]), [0]))
  /** The step that changes wire `at` with parameters of the given shapes. */
  const change = (
    shapes: readonly (readonly number[])[],
    f: (x: Wire, ps: readonly Wire[]) => readonly Wire[],
  ): Parametrised => {
    const params = object(shapes.map(f64))
    const body = (x: readonly Wire[]): readonly Wire[] => {
      const wires = x.slice(shapes.length)
      return [...wires.slice(0, at), ...f(wires[at] as Wire, x.slice(0, shapes.length)), ...wires.slice(at + 1)]
    }
    return parametrised(params, diagram(product(params, dom), body))
  }
  const [n = 0, ...rest] = type.shape
  const word = 'abc'.slice(0, rest.length)
  if (kind < 2) return change([type.shape], (x, [p]) => [add(x, p as Wire)])
  if (kind === 2) return change([type.shape], (x, [p]) => [multiply(x, p as Wire)])
  if (kind === 3 && type.shape.length > 0)
    return change([[1 + (j % 3), n]], (x, [p]) => [
      contract(p as Wire, x, { left: 'mn', right: `n${word}`, out: `m${word}` }),
    ])
  if (kind === 4 && type.shape.length > 0) return change([], (x) => [sum(x, [0])])
  if (kind === 5 && type.shape.length === 2) return change([], (x) => [transpose(x, [1, 0])])
  if (kind === 6 && squares) return change([], (x) => [multiply(x, x)])
  if (kind === 7) return change([], (x) => [x, x])
  if (kind === 8) return change([], () => [])
  if (kind === 9 && all.length > 1)
    return parametrised(
      unit,
      routing(
        dom,
        all.map((_, k) => (k + 1) % all.length),
      ),
    )
  return change([], (x) => [negate(x)])
}

/** A parametrised morphism out of a domain, at most one of whose steps is a square. */
export function decode(dom: Obj, steps: Blueprint): Parametrised {
  return steps.reduce(
    (f, s, k) => para.compose(f, step(f.cod, s, !steps.slice(0, k).some(([kind]) => kind === 6))),
    para.identity(dom),
  )
}

/** The same with its codomain bent to the one that is needed: each output is summed, and spread over its shape. */
export function between(dom: Obj, cod: Obj, steps: Blueprint): Term {
  const f = decode(dom, steps).term
  return diagram(product(decode(dom, steps).params, dom), (x, algebra) => {
    const out = algebra.box(f, x)
    return types(cod).map((t, i) => {
      const from = out.length === 0 ? undefined : out[i % out.length]
      const total = from === undefined ? constant(algebra, i, 'float64', []) : sum(from)
      return broadcast(
        total,
        t.shape.map((_, a) => a),
        t.shape,
      )
    })
  })
}

/** A term `dom → cod`, its parameters taken to be ones. */
export function closed(dom: Obj, cod: Obj, steps: Blueprint): Term {
  const { params } = decode(dom, steps)
  const f = between(dom, cod, steps)
  return diagram(dom, (x, algebra) =>
    algebra.box(f, [...types(params).map((t) => constant(algebra, 1, t.dtype, t.shape)), ...x]),
  )
}

/** A learner of three unrelated terms. */
export interface Plan {
  readonly params: Obj
  readonly implement: Blueprint
  readonly update: Blueprint
  readonly request: Blueprint
}
export const plan: fc.Arbitrary<Plan> = fc.record(
  { params: objects, implement: blueprint, update: blueprint, request: blueprint },
  { noNullPrototype: true },
)
export function learnerOf(plan: Plan, dom: Obj, cod: Obj): TermLearner {
  const point = product(plan.params, dom)
  const all = product(point, cod)
  return termLearner(
    plan.params,
    closed(point, cod, plan.implement),
    closed(all, plan.params, plan.update),
    closed(all, dom, plan.request),
  )
}

/** Small integers at an object, from a list of them. */
export function pointOf(a: Obj, numbers: readonly number[]): Tensor[] {
  let at = 0
  return types(a).map(
    (t) =>
      tensorOf(
        float64(...t.shape),
        Array.from({ length: size(t.shape) }, () => numbers[at++ % numbers.length] ?? 1),
      ) as unknown as Tensor,
  )
}
export const numbers = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 7, maxLength: 13 })

/** The largest number that occurs in a term at a point, by the rig (|·|, +, ×): below 2⁴⁶ all is exact, eighths included. */
export function peak(term: Term, point: readonly Tensor[]): number {
  let top = 0
  const seen = (a: number): number => ((top = Math.max(top, Math.abs(a))), Math.abs(a))
  const guard: Arithmetic<number> = () => ({
    ...float64Scalars,
    add: (a, b) => seen(a + b),
    multiply: (a, b) => seen(a * b),
    negate: seen,
    of: seen,
  })
  const inputs = point.map((x) => ({ dtype: x.dtype, shape: x.shape, data: numbersOf(x).map(seen) }))
  interpret<number>(term, inputs, guard)
  return top
}

export type Failure = string | undefined
/** Why two learners differ at a point, or undefined. */
export function difference(f: TermLearner, g: TermLearner, list: readonly number[]): Failure {
  for (const part of ['params', 'dom', 'cod'] as const)
    if (!sameObject(f[part], g[part])) return `${part}: ${showObject(f[part])} and ${showObject(g[part])}`
  const point = pointOf(product(product(f.params, f.dom), f.cod), list)
  for (const part of ['update', 'request'] as const)
    fc.pre(peak(f[part], point) < 2 ** 46 && peak(g[part], point) < 2 ** 46)
  for (const part of ['implement', 'update', 'request'] as const) {
    const at = point.slice(0, f[part].dom.length)
    const [left, right] = [f[part], g[part]].map((term) => evaluate(term, at).map(numbersOf)) as [
      number[][],
      number[][],
    ]
    const same = left.length === right.length && left.every((x, i) => x.every((a, k) => a === right[i]?.[k]))
    if (!same) return `${part}: ${JSON.stringify(left)} and ${JSON.stringify(right)}`
  }
  return undefined
}
