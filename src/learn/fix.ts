import { object, surface, type Ob, type Tensor } from '../object/index.js'
import { reparametrise, treeOf, type Para, type Params, type Parameter, type Untyped } from '../optic/index.js'
import { concat, constant, reshape } from '../primitive/index.js'
import type { Algebra, Wire } from '../structure/index.js'
import { diagram } from '../term/index.js'
import { tensorsOf } from './point.js'

/** A tensor as a wire made of constants, each number once; integers beyond 2⁵³ are rounded. */
function literal(algebra: Algebra, { dtype, shape, data }: Tensor): Wire {
  const made = new Map<number, Wire>()
  const scalars = Array.from(data as ArrayLike<number | bigint>, (entry) => {
    const value = Number(entry)
    const known = made.get(value) ?? constant(algebra, value, dtype, [1])
    made.set(value, known)
    return known
  })
  const [first, second] = made.keys()
  if (first === undefined || second === undefined) return constant(algebra, first ?? 0, dtype, shape)
  return reshape(concat(scalars, 0), shape)
}

/** The model reparametrised along `Q → P`, the constants at the parameters that `fixes` says and the identity at the others. */
function along(model: Untyped, tensors: readonly Tensor[], fixes: (p: Parameter) => boolean): Untyped {
  const left = model.parameters.filter((p) => !fixes(p))
  const map = diagram(object(left.map((p) => p.type)), (wires, algebra) => {
    let next = 0
    return model.parameters.map((p, i) => (fixes(p) ? literal(algebra, tensors[i] as Tensor) : (wires[next++] as Wire)))
  })
  const params = treeOf(left.map((p) => ({ path: p.path, value: surface(p.type) })))
  return reparametrise(model as Para<unknown, Ob, Ob>, params, left, map)
}

/**
 * The model A → B without parameters at a point of them, which are constants of the term: what is deployed, exported and
 * proved. Throws where a parameter is missing or has another shape.
 */
export function fix<P, A extends Ob, B extends Ob>(
  model: Para<P, A, B>,
  params: Params<NoInfer<P>>,
): Para<object, A, B> {
  return along(model, tensorsOf(model.parameters, params), () => true) as Para<object, A, B>
}

/** The model with its buffers fixed, as those of a wiring that was drawn, and its other parameters left. Throws like {@link fix}. */
export function fixBuffers(model: Untyped, params: unknown): Untyped {
  return along(model, tensorsOf(model.parameters, params), (p) => p.buffer === true)
}
