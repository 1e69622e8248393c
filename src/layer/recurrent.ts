import { object, type Obj, type Type } from '../object/index.js'
import { scanTerm, type Parameter } from '../optic/index.js'
import { add, broadcast, constant, contract, slice } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { apply, box, diagram, type Term } from '../term/index.js'

/** A recurrent layer in h dimensions over t rows of i entries. */
export interface Recurrence {
  readonly name: string
  readonly sizes: readonly [t: number, i: number, h: number]
  /** The weights [i, k h] and the bias [k h] of the inputs, then the weights that the step reads. */
  readonly parameters: readonly Parameter[]
  /** How many vectors [h] the state has; the first is what the layer answers. */
  readonly states: number
  /** The next state, from the weights, the state, and `x W + b` of a row. */
  step(weights: readonly Wire[], state: readonly Wire[], row: Wire): readonly Wire[]
}

/** Entries k h … (k + 1) h − 1 of a vector. */
export function part(x: Wire, k: number, h: number): Wire {
  return slice(x, [k * h], [h])
}

/** `x W` of a vector. */
export function through(x: Wire, weight: Wire): Wire {
  return contract(x, weight, { left: 'i', right: 'ij', out: 'j' })
}

/** A parameter of a recurrent layer. */
export function parameter(name: string, shape: readonly number[], draw: Parameter['draw']): Parameter {
  return { path: [name], type: { dtype: 'float32', shape }, draw }
}

/**
 * The term of a recurrent layer from the state zero: P ⊗ [t, i] → [t, h], all first vectors of the state, or → [h], the last
 * of them. The products of all inputs are one contraction. Throws where a size is not an integer ≥ 1.
 */
export function recurrent({ name, sizes, parameters, states, step }: Recurrence, answer: 'all' | 'last'): Term {
  const [t, i, h] = sizes
  const vector: Type = { dtype: 'float32', shape: [h] }
  const [, bias, ...weights] = parameters.map((p) => p.type) as [Type, Type, ...Type[]]
  const [state, own]: Obj[] = [object(new Array<Type>(states).fill(vector)), object(weights)]
  const body = diagram(object([...weights, ...new Array<Type>(states).fill(vector), bias]), (wires) => {
    const w = weights.length
    const next = step(wires.slice(0, w), wires.slice(w, w + states), wires[w + states] as Wire)
    return answer === 'all' ? [...next, next[0] as Wire] : next
  })
  const chain = scanTerm(t, own as Obj, state as Obj, box(`${name} step`, body))
  const dom = object([...parameters.map((p) => p.type), { dtype: 'float32', shape: [t, i] }])
  const term = diagram(dom, (wires, algebra) => {
    const [weight, b, x] = [wires[0], wires[1], wires[wires.length - 1]] as [Wire, Wire, Wire]
    const products = contract(x, weight, { left: 'ti', right: 'ij', out: 'tj' })
    const rows = add(products, broadcast(b, [0], products.type.shape))
    const start = Array.from({ length: states }, () => constant(algebra, 0, 'float32', [h]))
    const out = apply(chain, [...wires.slice(2, -1), ...start, rows], algebra)
    return [out[answer === 'all' ? states : 0] as Wire]
  })
  return box(name, term)
}

/** Throws `gru: 0 is not a size: needs an integer ≥ 1`. */
export function checkSizes(name: string, sizes: readonly number[]): void {
  for (const n of sizes)
    if (!Number.isInteger(n) || n < 1) throw new TypeError(`${name}: ${n} is not a size: needs an integer ≥ 1`)
}
