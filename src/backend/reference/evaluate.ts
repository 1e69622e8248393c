import { showObject, size, types, zeros, type Data, type Dtype, type Tensor, type Type } from '../../object/index.js'
import type { Algebra, Arithmetic, Entries, Wire } from '../../structure/index.js'
import { walk, type Term } from '../../term/index.js'
import { plain, type Plain } from './arithmetic.js'

/** The values of a term at a point, in any interpretation of its dtypes. Throws where the point is not of its domain. */
export function interpret<T>(term: Term, inputs: readonly Entries<T>[], scalars: Arithmetic<T>): Entries<T>[] {
  checkPoint(term, inputs)
  return walk<Entries<T>>(term, inputs, (leaf, given) => {
    if (leaf.kind === 'box') return undefined
    const cod = types(leaf.cod)
    return leaf.operation.meaning(leaf.attributes, given, cod, scalars).map((data, i) => entries(cod[i] as Type, data))
  })
}

const entries = <T>(type: Type, data: ArrayLike<T>): Entries<T> => ({ dtype: type.dtype, shape: type.shape, data })

function checkPoint(term: Term, inputs: readonly Entries<unknown>[]): void {
  const wanted = types(term.dom)
  const fits =
    inputs.length === wanted.length &&
    inputs.every(
      (x, i) =>
        x.dtype === wanted[i]?.dtype &&
        x.data.length === size(wanted[i].shape) &&
        x.shape.join() === wanted[i].shape.join(),
    )
  if (!fits) {
    const given = inputs.map((x) => `${x.dtype}[${x.shape.join(', ')}]`).join(' ⊗ ')
    throw new TypeError(`evaluate: the point is ${given === '' ? 'I' : given}, the domain is ${showObject(term.dom)}`)
  }
}

/** The values of a term at tensors, by the reference meaning of every primitive. */
export function evaluate(term: Term, inputs: readonly Tensor[]): Tensor[] {
  return interpret<Plain>(term, inputs.map(toEntries), plain).map(toTensor)
}

/** A tensor as entries of the plain interpretation. */
export function toEntries(tensor: Tensor): Entries<Plain> {
  return { dtype: tensor.dtype, shape: tensor.shape, data: tensor.data }
}

/** Entries of the plain interpretation as a tensor. */
export function toTensor(x: Entries<Plain>): Tensor {
  return { dtype: x.dtype, shape: [...x.shape], data: pack(x.dtype, x.data) }
}

/** Entries in the array that holds their dtype. */
function pack(dtype: Dtype, data: ArrayLike<Plain>): Data {
  const out = zeros(dtype, data.length) as unknown as { [i: number]: Plain }
  for (let i = 0; i < data.length; i++) out[i] = data[i] as Plain
  return out as unknown as Data
}

/** A wire that holds its value. */
interface EagerWire extends Wire {
  readonly value: Entries<Plain>
}

/** The algebra that runs the wire notation at once, on values. */
export const eager: Algebra = {
  op(operation, attributes, inputs) {
    const cod = operation.codomain(
      attributes,
      inputs.map((w) => w.type),
    )
    return operation
      .meaning<Plain>(attributes, inputs.map(valueOf), cod, plain)
      .map((data, i) => eagerWire(entries(cod[i] as Type, data)))
  },
  box: (morphism, inputs) => interpret<Plain>(morphism as Term, inputs.map(valueOf), plain).map(eagerWire),
}

const eagerWire = (value: Entries<Plain>): EagerWire => ({
  type: { dtype: value.dtype, shape: value.shape },
  algebra: eager,
  value,
})
function valueOf(w: Wire): Entries<Plain> {
  if (w.algebra !== eager) throw new TypeError('eager: the wire belongs to a diagram, not to a value')
  return (w as EagerWire).value
}

/** A tensor as a wire of the eager algebra. */
export function wireOf(tensor: Tensor): Wire {
  return eagerWire(toEntries(tensor))
}

/** The tensor of a wire of the eager algebra. */
export function tensorOfWire(wire: Wire): Tensor {
  return toTensor(valueOf(wire))
}
