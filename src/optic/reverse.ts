import { object, product, types, type Obj } from '../object/index.js'
import { add, constant } from '../primitive/index.js'
import type { Algebra, Cotangent, OpticRule, Wire } from '../structure/index.js'
import { apply, diagram, domain, walk, type BoxTerm, type PrimitiveTerm, type Term } from '../term/index.js'
import { optic, putOf, type Optic } from './optic.js'
import { walkBack } from './walk-back.js'

/** The optic rule of a leaf. */
function ruleOf(leaf: PrimitiveTerm | BoxTerm): OpticRule {
  const rule = leaf.kind === 'box' ? leaf.optic : leaf.operation.optic
  if (rule === undefined) throw new TypeError(`reverse: the box ${leaf.kind === 'box' ? leaf.name : ''} has no optic`)
  return rule
}
const attributesOf = (leaf: PrimitiveTerm | BoxTerm): PrimitiveTerm['attributes'] =>
  leaf.kind === 'box' ? {} : leaf.attributes

/**
 * The reverse derivative functor R from terms to optics, `f : A → B` ↦ `(A, A) → (B, B)`: the diagram of f with each
 * primitive's own optic, mirrored ("Reverse derivative categories", Cockett et al. 2020; "Categorical Foundations of
 * Gradient-Based Learning", Prop. 2.7). Every primitive runs forward once; a wire read k times costs k − 1 additions,
 * made where it is copied; what has no cotangent costs nothing. Defined on the term as nested, before value numbering,
 * so that it is a functor on the nose. Throws where a primitive without a derivative is on the way of a cotangent.
 */
export function reverse(term: Term): Optic {
  return reverseCarrying(term, 0)
}

/**
 * The reverse derivative of `f : A → B ⊗ U` by its outputs B, `(A, A) → (B, B)`, where U are its last `carried` ones: they
 * stand last in the residual and get no cotangents.
 */
export function reverseCarrying(term: Term, carried: number): Optic {
  const leaves: (readonly number[])[] = []
  let kept: readonly Wire[] = []
  const cod = carried === 0 ? term.cod : object(types(term.cod).slice(0, term.cod.length - carried))
  const forward = diagram(term.dom, (inputs, algebra) => {
    const slot = new Map<Wire, number>()
    const outs = walk<Wire>(term, inputs, (leaf, given) => {
      if (leaf.kind === 'box' && !hasOptic(leaf)) return undefined
      const outputs =
        leaf.kind === 'box' ? algebra.box(leaf, given) : algebra.op(leaf.operation, leaf.attributes, given)
      leaves.push(
        ruleOf(leaf)
          .residual(attributesOf(leaf), given, outputs)
          .map((w) => indexOf(slot, w)),
      )
      return outputs
    })
    kept = [...slot.keys(), ...outs.slice(cod.length)]
    return [...kept, ...outs.slice(0, cod.length)]
  })
  const residual = domain(kept)
  const backward = diagram(product(residual, cod), (inputs, algebra) => {
    const cotangents = walkBack(term, inputs.slice(residual.length), hasOptic, plus, (leaf, dys) => {
      const m = (leaves.pop() ?? []).map((i) => inputs[i] as Wire)
      return dys.every((dy) => dy === undefined)
        ? []
        : ruleOf(leaf).backward(attributesOf(leaf), m, dys, types(leaf.dom))
    })
    return types(term.dom).map((t, i) => cotangents[i] ?? constant(algebra, 0, t.dtype, t.shape))
  })
  return optic(residual, forward, backward, cod, cod)
}

const hasOptic = (box: BoxTerm): boolean => box.optic !== undefined
const plus = (a: Cotangent, b: Cotangent): Cotangent => (a === undefined ? b : b === undefined ? a : add(a, b))

function indexOf(slot: Map<Wire, number>, w: Wire): number {
  const known = slot.get(w)
  if (known !== undefined) return known
  slot.set(w, slot.size)
  return slot.size - 1
}

/** `R[f] : A ⊗ B → A`, what the laws RD.1–RD.7 speak about: the put of the optic. */
export function reverseDerivative(f: Term): Term {
  return putOf(reverse(f))
}

/** The zeros of an object, as wires. */
export function zeroWires(a: Obj, algebra: Algebra): Wire[] {
  return types(a).map((t) => constant(algebra, 0, t.dtype, t.shape))
}

/**
 * `D[f] : A ⊗ A → B`, the directional derivative at the first argument along the second: `(⟨1, 0⟩ × 1) ; R[R[f]] ; π₁`
 * (Cockett et al. 2020, Theorem 16).
 */
export function forwardDerivative(f: Term): Term {
  const twice = reverseDerivative(reverseDerivative(f))
  const n = f.dom.length
  return diagram(product(f.dom, f.dom), (x, algebra) =>
    apply(twice, [...x.slice(0, n), ...zeroWires(f.cod, algebra), ...x.slice(n)], algebra).slice(n),
  )
}

/** The gradient of a scalar function f : A → [] in one dtype: `x ↦ R[f](x, 1)`. Throws where f is not scalar. */
export function gradient(f: Term): Term {
  const [out] = types(f.cod)
  if (out === undefined || f.cod.length !== 1 || out.shape.length !== 0)
    throw new TypeError('gradient: the codomain is not one scalar; apply sum or mean first')
  return diagram(f.dom, (x, algebra) =>
    apply(reverseDerivative(f), [...x, constant(algebra, 1, out.dtype, [])], algebra),
  )
}

/** The Hessian-vector product `A ⊗ A → A` of a scalar function: the reverse derivative of its gradient. */
export function hessianVectorProduct(f: Term): Term {
  return reverseDerivative(gradient(f))
}
