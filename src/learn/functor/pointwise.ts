import { size, showType, type Type } from '../../object/index.js'
import { broadcast, only, reshape } from '../../primitive/index.js'
import type { Algebra, Wire } from '../../structure/index.js'
import { apply, retype, rigOf, walk, type Term } from '../../term/index.js'

/** A wire, and whether it carries the axis of the entries. */
interface Lifted {
  readonly wire: Wire
  readonly entries: boolean
}

/**
 * A scalar term `[] ⊗ … → []` at every entry of wires of one type, in their rig: each primitive by its own batching rule,
 * over the entries as one axis. Throws where the rig lacks what the term needs.
 */
export function pointwise(term: Term, inputs: readonly Wire[], type: Type, algebra: Algebra): Wire {
  for (const { type: given } of inputs)
    if (showType(given) !== showType(type))
      throw new TypeError(`pointwise: ${showType(given)} and ${showType(type)} differ`)
  const scalar = rigOf(term) === type.dtype ? term : retype(term, type.dtype)
  if (type.shape.length === 0) return only(apply(scalar, inputs, algebra))
  const n = size(type.shape)
  const flat = (x: Wire): Wire => (type.shape.length === 1 ? x : reshape(x, [n]))
  const [out] = walk<Lifted>(
    scalar,
    inputs.map((x) => ({ wire: flat(x), entries: true })),
    (leaf, given) => {
      if (leaf.kind === 'box') return undefined
      const wires = given.map((x) => x.wire)
      const entries = given.map((x) => x.entries)
      const { operation, attributes } = leaf
      return entries.includes(true)
        ? operation.batch(n, attributes, wires, entries).map((wire) => ({ wire, entries: true }))
        : algebra.op(operation, attributes, wires).map((wire) => ({ wire, entries: false }))
    },
  )
  if (out === undefined) throw new TypeError('pointwise: the term has no output')
  const all = out.entries ? out.wire : broadcast(out.wire, [0], [n])
  return type.shape.length === 1 ? all : reshape(all, type.shape)
}
