import { objectOf, showType, types, type Ob } from '../../src/object/index.js'
import type { Attributes, Operation } from '../../src/structure/index.js'
import { primitive as primitiveTerm, type PrimitiveTerm } from '../../src/term/index.js'
import type { Morphism } from './layer-morphism.js'
import type { Entry } from './layer-point.js'

/** An operation at a domain, and where in it its derivative is asked for. */
export interface PrimitiveCase {
  readonly attributes: Attributes
  readonly dom: Ob
  /** An entry of each operand from a natural, in the operation's domain and off its kinks. */
  readonly values: readonly Entry[]
  /** `none` where asking for the derivative throws. */
  readonly derivative: 'exists' | 'none'
}

/** Odd sixteenths in (−2, 2): distinct for k < 31, no integers, so no kinks. */
export function dyadic(k: number): number {
  return (((k * 37 + 11) % 31) * 2 - 31) / 16
}

/** A case: no attributes, odd sixteenths at each operand, those of the second other ones, and a derivative, unless said. */
export function caseAt(dom: Ob, options: Partial<Omit<PrimitiveCase, 'dom'>> = {}): PrimitiveCase {
  return {
    attributes: {},
    values: dom.map((_, i) => (i === 0 ? dyadic : (k) => dyadic(k + 7))),
    derivative: 'exists',
    ...options,
    dom,
  }
}

/** The operation of a case as a term. */
export function caseTerm(operation: Operation, { attributes, dom }: PrimitiveCase): PrimitiveTerm {
  return primitiveTerm(operation, attributes, objectOf(dom))
}

/** `sum {"axes":[0]} at float64[2, 3]`. */
export function caseTitle(name: string, { attributes, dom }: Pick<PrimitiveCase, 'attributes' | 'dom'>): string {
  const all = types(objectOf(dom)).map(showType).join(' ⊗ ')
  return `${name} ${JSON.stringify(attributes)} at ${all === '' ? 'I' : all}`
}

/** A case of an operation as a morphism, some of whose operands are batched. */
export interface CaseMorphism extends Morphism {
  readonly operation: Operation
  readonly attributes: Attributes
  readonly derivative: PrimitiveCase['derivative']
}

/** The morphism of a case; all operands are batched unless said. */
export function caseMorphism(
  operation: Operation,
  one: PrimitiveCase,
  batched: readonly boolean[] = one.dom.map(() => true),
): CaseMorphism {
  const { attributes, dom, values, derivative } = one
  const shared = batched.every((b) => b) ? '' : `, batched ${batched.map((b) => (b ? 1 : 0)).join('')}`
  return {
    name: caseTitle(operation.name, one) + shared,
    term: caseTerm(operation, one),
    split: 0,
    entries: dom.map((_, i) => values[i]),
    batched,
    operation,
    attributes,
    derivative,
  }
}

/** Every choice of batched operands, at least one. */
export function patterns(operands: number): readonly (readonly boolean[])[] {
  const all = Array.from({ length: 2 ** operands }, (_, bits) =>
    Array.from({ length: operands }, (__, i) => ((bits >> i) & 1) === 1),
  )
  return all.slice(1)
}
