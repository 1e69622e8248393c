import { object, types, type Dtype, type Obj, type Type } from '../object/index.js'
import type { Wire } from '../structure/index.js'
import { expand } from './expand.js'
import { walk } from './walk.js'
import { diagram } from './wires.js'
import type { Diagram, Term } from './term.js'

/**
 * The change of rig `from → to`: the same term read over another rig. Wires of dtype `from` become `to`, others stay;
 * without `from`, the one dtype of the term that is neither an index (int32) nor a condition (bit), or its only dtype.
 * Throws, by name, where the target lacks what an operation needs: `retype: "exp" …`, `constant: 0.5 is not an element`.
 */
export function retype(term: Term, to: Dtype, from: Dtype = rigOf(term)): Diagram {
  return diagram(retypeObject(term.dom, to, from), (inputs, algebra) =>
    walk<Wire>(term, inputs, (leaf, wires) => {
      if (leaf.kind === 'box') return undefined
      const attributes = leaf.operation.retype(leaf.attributes, from, to)
      if (attributes === undefined) throw new TypeError(`retype: "${leaf.operation.name}" ${JSON.stringify(leaf.attributes)} has no meaning at dtype ${to}`)
      return algebra.op(leaf.operation, attributes, wires)
    }),
  )
}

/** The object after a change of rig. */
export function retypeObject(a: Obj, to: Dtype, from: Dtype): Obj {
  return object(types(a).map((t): Type => (t.dtype === from ? { dtype: to, shape: t.shape } : t)))
}

/** The dtype that a change of rig without `from` changes. Throws where that is ambiguous. */
export function rigOf(term: Term): Dtype {
  const all = new Set<Dtype>()
  for (const t of types(term.dom)) all.add(t.dtype)
  for (const { term: leaf } of expand(term).boxes) for (const t of types(leaf.cod)) all.add(t.dtype)
  const rigs = [...all].filter((d) => d !== 'int32' && d !== 'bit')
  const candidates = rigs.length > 0 ? rigs : [...all]
  const [only] = candidates
  if (only === undefined || candidates.length > 1) throw new TypeError(`retype: say which dtype changes: the term has ${candidates.join(', ') || 'none'}`)
  return only
}
