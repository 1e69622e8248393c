import { object, product, types, type Obj, type Type } from '../object/index.js'
import { broadcast, sum } from '../primitive/index.js'
import type { Algebra, OpticRule, Wire } from '../structure/index.js'
import {
  box,
  diagram,
  trainingBox,
  walk,
  type BoxTerm,
  type Diagram,
  type PrimitiveTerm,
  type Term,
} from '../term/index.js'
import type { Untyped } from '../optic/index.js'

/** A wire, and whether it carries the axis of the batch in front. */
export interface Flagged {
  readonly wire: Wire
  readonly batched: boolean
}

/** A primitive on n examples: by its batching rule where a wire that it reads carries the axis, else once for all. */
export function batchedPrimitive(
  n: number,
  leaf: PrimitiveTerm,
  given: readonly Flagged[],
  algebra: Algebra,
): readonly Flagged[] {
  const [wires, flags] = [given.map((g) => g.wire), given.map((g) => g.batched)]
  const batched = flags.includes(true)
  const outs = batched
    ? leaf.operation.batch(n, leaf.attributes, wires, flags)
    : algebra.op(leaf.operation, leaf.attributes, wires)
  return outs.map((wire) => ({ wire, batched }))
}

/** A box with an optic of its own on n examples: the batch of its expansion, with the batch of its optic. */
export function batchedBox(
  n: number,
  leaf: BoxTerm,
  rule: OpticRule,
  given: readonly Flagged[],
  algebra: Algebra,
): readonly Flagged[] {
  const flags = given.map((g) => g.batched)
  const batched = flags.includes(true)
  const term = batched ? box(leaf.name, batch(n, leaf.body, flags), batchedOptic(n, leaf, rule, flags)) : leaf
  const wires = given.map((g) => g.wire)
  return algebra.box(term, wires).map((wire) => ({ wire, batched }))
}

/**
 * The optic of a box on n examples: its backward pass on each, and of an input that all examples share the sum. What it
 * keeps is among its inputs and outputs.
 */
function batchedOptic(n: number, leaf: BoxTerm, rule: OpticRule, flags: readonly boolean[]): OpticRule {
  const carries: boolean[] = []
  const keep = diagram(leaf.dom, (inputs, algebra) => {
    const kept = rule.residual({}, inputs, algebra.box(leaf.body, inputs))
    carries.push(...kept.map((w) => flags[inputs.indexOf(w)] ?? true))
    return kept
  })
  const [dom, cod] = [types(leaf.dom), types(leaf.cod)]
  return {
    kind: rule.kind,
    residual: rule.residual.bind(rule),
    backward(_, residual, cotangents) {
      const present = cod.flatMap((t, j) => (cotangents[j] === undefined ? [] : [{ t, dy: cotangents[j] }]))
      let answered: readonly boolean[] = []
      const back = diagram(product(keep.cod, object(present.map(({ t }) => t))), (wires) => {
        let next = keep.cod.length
        const dys = cotangents.map((dy) => (dy === undefined ? undefined : wires[next++]))
        const out = rule.backward({}, wires.slice(0, keep.cod.length), dys, dom)
        answered = dom.map((_, i) => out[i] !== undefined)
        return out.filter((w) => w !== undefined)
      })
      const many = batch(n, back, [...carries, ...present.map(() => true)])
      const inputs = [...residual, ...present.map(({ dy }) => dy)]
      const [first] = inputs
      const outs = first === undefined ? [] : first.algebra.box(many, inputs)
      let next = 0
      return dom.map((_, i) => {
        if (answered[i] !== true) return undefined
        const dx = outs[next++] as Wire
        return flags[i] === true ? dx : sum(dx, [0])
      })
    },
  }
}

/** The object with one more axis of size n in front of each tensor. */
export function batchObject(n: number, a: Obj): Obj {
  return object(types(a).map((t): Type => ({ dtype: t.dtype, shape: [n, ...t.shape] })))
}

/** Throws `batch: 0 is not a batch size: needs an integer ≥ 1`. */
export function checkBatch(n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new TypeError(`batch: ${n} is not a batch size: needs an integer ≥ 1`)
}

/**
 * The batching functor: the term on n examples at once. Wires of the domain for which `batched` is true carry one more
 * axis in front, the others are shared by all examples; every output carries it. What no batched wire reaches is
 * computed once. Between Para and reverse, so the gradient of a shared wire is one contraction over the batch.
 */
export function batch(n: number, term: Term, batched: readonly boolean[]): Diagram {
  checkBatch(n)
  const dom = object(
    types(term.dom).map((t, i): Type => (batched[i] === true ? { dtype: t.dtype, shape: [n, ...t.shape] } : t)),
  )
  return diagram(dom, (inputs, algebra) => {
    const outs = walk<Flagged>(
      term,
      inputs.map((wire, i) => ({ wire, batched: batched[i] === true })),
      (leaf, given) => {
        if (leaf.kind === 'primitive') return batchedPrimitive(n, leaf, given, algebra)
        if (leaf.training === undefined)
          return leaf.optic === undefined ? undefined : batchedBox(n, leaf, leaf.optic, given, algebra)
        // A layer like any other here, but what it is while a model learns has to be found later.
        const flags = given.map((g) => g.batched)
        const many = flags.includes(true)
        const read = many ? trainingBox(leaf.name, batch(n, leaf.body, flags), leaf.training) : leaf
        const outs = algebra.box(
          read,
          given.map((g) => g.wire),
        )
        return outs.map((wire) => ({ wire, batched: many }))
      },
    )
    return outs.map(({ wire, batched: has }) => (has ? wire : broadcast(wire, [0], [n, ...wire.type.shape])))
  })
}

/** A model's term on n examples: parameters single, inputs and outputs batched. */
export function batchModel(n: number, model: Untyped): Diagram {
  return batch(n, model.term, [...model.parameters.map(() => false), ...model.dom.map(() => true)])
}
