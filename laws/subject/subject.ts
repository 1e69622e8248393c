import type { Blueprint, Category, Decoders } from '../../src/structure/index.js'
import type { Sides } from '../law/law.js'

/**
 * A category together with what its laws are tested by: decoders, of which the generators are made, and an equality of
 * parallel morphisms, at a point or outright. Constructions on categories derive theirs.
 */
export interface Subject<Ob, Hom, C extends Category<Ob, Hom> = Category<Ob, Hom>> {
  readonly name: string
  readonly category: C
  readonly decode: Pick<Decoders<Ob, Hom, never>, 'object' | 'morphism' | 'between'>
  showObject(a: Ob): string
  show(f: Hom): string
  showPoint(dom: Ob, point: Blueprint): string
  /** `f = g` at the point of their domain that the blueprint decodes to. */
  compare(f: Hom, g: Hom, point: Blueprint): Sides
}
