import { objectOf, type Obj } from '../../../src/object/index.js'
import { differentialTerms } from '../../../src/optic/index.js'
import { add, multiply } from '../../../src/primitive/index.js'
import type { ReverseDerivative, Wire } from '../../../src/structure/index.js'
import { compose, diagram, type Term } from '../../../src/term/index.js'
import { reference, termsByValue, type LawSet, type ValueSubject } from '../../../laws/index.js'
import type { Mutant } from './mutant.js'

/** The operations of terms with their derivative. */
export type Dictionary = ReverseDerivative<Obj, Term>

/** Terms over the integers, with operations replaced. */
export function termsWith(parts: Partial<Dictionary>): ValueSubject {
  return termsByValue(reference, { dtype: 'integer', category: { ...differentialTerms, ...parts } })
}

/** A set without its parents. */
export function own(set: LawSet): LawSet {
  return { ...set, parents: [] }
}

/** A mistake in operations of terms: what is wrong, `set/law`, the operations. */
export type Mistake = readonly [mistake: string, killedBy: string, parts: Partial<Dictionary>]

/** The mutants of mistakes, at the sets that speak of the mistaken operations. */
export function mutantsOf(
  mistakes: readonly Mistake[],
  sets: (s: ValueSubject) => readonly LawSet[],
): readonly Mutant[] {
  return mistakes.map(([mistake, killedBy, parts]) => ({ mistake, killedBy, sets: () => sets(termsWith(parts)) }))
}

/** `f ; 2`, each output doubled. */
export function doubled(f: Term): Term {
  return mapped(f, (x) => multiply(2, x))
}

/** `f ; (x ↦ x + 1)`. */
export function increased(f: Term): Term {
  return mapped(f, (x) => add(x, 1))
}

/** A term with a map after each of its outputs, which are numbered. */
export function mapped(f: Term, map: (x: Wire, i: number) => Wire): Term {
  return compose(
    f,
    diagram(f.cod, (x) => x.map(map)),
  )
}

/** Whether a term is an endomorphism. */
export function isEndo(f: Term): boolean {
  return differentialTerms.sameObject(f.dom, f.cod)
}

/** One integer, an object that is no unit. */
export const scalar: Obj = objectOf([{ shape: [], dtype: 'integer' }])
