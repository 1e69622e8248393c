import { glorotUniform, zeros } from '../initialiser/index.js'
import type { Para, Parameter } from '../optic/index.js'
import { add, contract } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { box, diagram } from '../term/index.js'
import { object, type Type } from '../object/index.js'
import type { Initialiser } from '../initialiser/index.js'

/** The parameters of a dense layer. */
export interface DenseParams<I extends number, O extends number> {
  weight: [I, O]
  bias: [O]
}
/** The parameters of a linear layer. */
export interface LinearParams<I extends number, O extends number> {
  weight: [I, O]
}
/** The parameters of a bias. */
export interface BiasParams<N extends number> {
  bias: [N]
}

/** How the weights of a layer are drawn. */
export interface WeightOptions {
  readonly initialiser?: Initialiser
}

/** A layer's parameters, terms and types from its parameter shapes and a body on wires. */
function layer<P, const I extends number, const O extends number>(
  name: string,
  [i, o]: readonly [I, O],
  params: P,
  draws: readonly Initialiser[],
  body: (parameters: readonly Wire[], x: Wire) => Wire,
): Para<P, [[I]], [[O]]> {
  for (const n of [i, o])
    if (!Number.isInteger(n) || n < 1) throw new TypeError(`${name}: ${n} is not a size: needs an integer ≥ 1`)
  const parameters = Object.entries(params as { readonly [name: string]: number[] }).map(
    ([key, shape], k): Parameter => {
      const type: Type = { dtype: 'float32', shape }
      return { path: [key], type, draw: draws[k] ?? zeros }
    },
  )
  const dom = object([...parameters.map((p) => p.type), { dtype: 'float32', shape: [i] }])
  const term = diagram(dom, (x) => [body(x.slice(0, -1), x[x.length - 1] as Wire)])
  return { cod: [[o]], dom: [[i]], params, parameters, term: box(name, term) }
}

const multiplyBy = (weight: Wire, x: Wire): Wire => contract(x, weight, { left: 'i', right: 'ij', out: 'j' })

/** `x ↦ xW + b`: [i] → [o], weight [i, o] by Glorot, bias [o] from zero. Throws where a size is not an integer ≥ 1. */
export function dense<const I extends number, const O extends number>(
  i: I,
  o: O,
  options: WeightOptions = {},
): Para<DenseParams<I, O>, [[I]], [[O]]> {
  return layer(
    'dense',
    [i, o],
    { weight: [i, o], bias: [o] },
    [options.initialiser ?? glorotUniform, zeros],
    ([weight, bias], x) => add(multiplyBy(weight as Wire, x), bias as Wire),
  )
}

/** `x ↦ xW`: [i] → [o], weight [i, o] by Glorot. */
export function linear<const I extends number, const O extends number>(
  i: I,
  o: O,
  options: WeightOptions = {},
): Para<LinearParams<I, O>, [[I]], [[O]]> {
  return layer('linear', [i, o], { weight: [i, o] }, [options.initialiser ?? glorotUniform], ([weight], x) =>
    multiplyBy(weight as Wire, x),
  )
}

/** `x ↦ x + b`: [n] → [n], bias from zero. */
export function bias<const N extends number>(n: N): Para<BiasParams<N>, [[N]], [[N]]> {
  return layer('bias', [n, n], { bias: [n] }, [zeros], ([b], x) => add(x, b as Wire))
}
