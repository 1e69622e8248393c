import { arrayOf, zeros, type Dtype, type Tensor } from '../object/index.js'
import type { AsTree, Params, Parameter } from '../optic/index.js'
import { treeFrom, tensorsOf } from './point.js'

/** The integer nearest to a number, halves downwards, as a big integer. */
const nearest = (x: number | bigint): bigint => (typeof x === 'bigint' ? x : BigInt(Math.ceil(x - 0.5)))

/** The image of an entry in each dtype: itself over the reals, else the nearest integer, modulo what the rig wraps at. */
const image: { readonly [D in Dtype]: (x: number | bigint) => number } = {
  float64: Number,
  float32: (x) => Math.fround(Number(x)),
  integer: (x) => Number(nearest(x)),
  int32: (x) => Number(BigInt.asIntN(32, nearest(x))),
  bit: (x) => Number(BigInt.asUintN(1, nearest(x))),
}

function movedTensor(tensor: Tensor, to: Dtype): Tensor {
  const { shape, data } = tensor
  const entries = Array.from(data as ArrayLike<number | bigint>)
  if (to === 'integer') return { dtype: to, shape, data: entries.map(nearest) }
  return { dtype: to, shape, data: entries.length === 0 ? zeros(to, 0) : arrayOf(to, entries.map(image[to])) }
}

/**
 * The parameters of a model, read over one rig, read over another: the inclusion of bits, the residue of integers, the
 * nearest integer of floats (½ is 0) and its residue. From the integers to a ring of residues it is the homomorphism along
 * which `over` reads the model, so that evaluation commutes with it; from floats it rounds: a relaxed circuit becomes one.
 * `model` is that over float32, of which both are readings; what is of another dtype there stays.
 */
export function moved<P, const F extends Dtype, const T extends Dtype>(
  model: { readonly params: P; readonly parameters: readonly Parameter[] },
  from: F,
  to: T,
  params: Params<AsTree<NoInfer<P>, F>>,
): Params<AsTree<P, T>> {
  const read = (dtype: Dtype): Parameter[] =>
    model.parameters.map((p) => (p.type.dtype === 'float32' ? { ...p, type: { dtype, shape: p.type.shape } } : p))
  const tensors = tensorsOf(read(from), params, 'moved')
  const at = tensors.map((t, i) => (model.parameters[i]?.type.dtype === 'float32' ? movedTensor(t, to) : t))
  return treeFrom(model.parameters, at) as Params<AsTree<P, T>>
}
