import {
  normal,
  surface,
  type Bit,
  type Dtype,
  type Float64,
  type Int,
  type Integer,
  type Ob,
  type Shape,
  type TensorType,
} from '../../object/index.js'
import { retype } from '../../term/index.js'
import { isTensorType, type Copies } from './tree.js'
import type { Para } from './para.js'

/** The tensor type of a shape in each dtype. */
interface Typed<S extends Shape> {
  float64: Float64<S>
  float32: S
  integer: Integer<S>
  int32: Int<S>
  bit: Bit<S>
}
/** A float32 tensor type read in another dtype; named dtypes stay. */
export type As<T extends TensorType, D extends Dtype> = T extends Shape ? Typed<T>[D] : T
/** An object read in another dtype. */
export type AsObject<A extends Ob, D extends Dtype> = { [K in keyof A]: As<A[K], D> }
/** A parameter space read in another dtype. */
export type AsTree<P, D extends Dtype> = P extends TensorType
  ? As<P, D>
  : P extends Copies<infer N, infer Q>
    ? Copies<N, AsTree<Q, D>>
    : { [K in keyof P]: AsTree<P[K], D> }

const read = (type: TensorType, dtype: Dtype): TensorType => {
  const t = normal(type)
  return t.dtype === 'float32' ? surface({ dtype, shape: t.shape }) : type
}
function readTree(tree: unknown, dtype: Dtype): unknown {
  if (isTensorType(tree) && !(Array.isArray(tree) && tree.length === 0)) return read(tree, dtype)
  if (Array.isArray(tree)) return tree.map((t) => readTree(t, dtype))
  return Object.fromEntries(Object.entries(tree as object).map(([k, t]) => [k, readTree(t, dtype)]))
}

/**
 * A model over another rig: float32 becomes `dtype` in its parameters, inputs, outputs and term. Throws, by name, where
 * the rig lacks what the model needs: `exp: the rig Z/2 of bit is not analytic`.
 */
export function over<const D extends Dtype, P, A extends Ob, B extends Ob>(
  dtype: D,
  model: Para<P, A, B>,
): Para<AsTree<P, D>, AsObject<A, D>, AsObject<B, D>> {
  const term = retype(model.term, dtype, 'float32')
  const parameters = model.parameters.map((p) => ({
    ...p,
    type: { ...p.type, dtype: p.type.dtype === 'float32' ? dtype : p.type.dtype },
  }))
  const [dom, cod] = [model.dom.map((t) => read(t, dtype)), model.cod.map((t) => read(t, dtype))]
  return { dom, cod, params: readTree(model.params, dtype), parameters, term } as never
}
