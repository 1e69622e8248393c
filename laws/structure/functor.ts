import { reverse, type Optic, type Pair } from '../../src/optic/index.js'
import type { Symmetric } from '../../src/structure/index.js'
import type { Obj } from '../../src/object/index.js'
import type { Term } from '../../src/term/index.js'
import { equationBetween } from '../subject/equation.js'
import type { LawSet } from '../law/law.js'
import { opticsOver } from '../subject/optic-subject.js'
import type { Subject } from '../subject/subject.js'
import type { TermSubject } from '../subject/term-subject.js'

/** A strict symmetric monoidal functor between the subjects of laws. */
export interface Functor<Ob, Hom, Ob2, Hom2> {
  readonly name: string
  readonly from: Subject<Ob, Hom, Symmetric<Ob, Hom>>
  readonly to: Subject<Ob2, Hom2, Symmetric<Ob2, Hom2>>
  object(a: Ob): Ob2
  morphism(f: Hom): Hom2
}

const source = 'Mac Lane, Categories for the Working Mathematician, I.3 and XI.2'

/** The laws of a strict symmetric monoidal functor F. */
export function functor<Ob, Hom, Ob2, Hom2>(F: Functor<Ob, Hom, Ob2, Hom2>): LawSet {
  const [c, d] = [F.from.category, F.to.category]
  const laws = [
    equationBetween(F.from, F.to, {
      name: 'identities',
      equation: 'F(1) = 1',
      source,
      forall: { A: 'object' },
      holds: ({ A }) => [F.morphism(c.identity(A)), d.identity(F.object(A))],
    }),
    equationBetween(F.from, F.to, {
      name: 'composition',
      equation: 'F(f ; g) = F(f) ; F(g)',
      source,
      forall: { f: 'A → B', g: 'B → C' },
      holds: ({ f, g }) => [F.morphism(c.compose(f, g)), d.compose(F.morphism(f), F.morphism(g))],
    }),
    equationBetween(F.from, F.to, {
      name: 'tensor',
      equation: 'F(f ⊗ g) = F(f) ⊗ F(g)',
      source,
      forall: { f: 'A → B', g: 'C → D' },
      holds: ({ f, g }) => [F.morphism(c.tensor(f, g)), d.tensor(F.morphism(f), F.morphism(g))],
    }),
    equationBetween(F.from, F.to, {
      name: 'symmetry',
      equation: 'F(σ) = σ',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => [F.morphism(c.swap(A, B)), d.swap(F.object(A), F.object(B))],
    }),
  ]
  return { name: 'symmetric monoidal functor', subject: F.name, parents: [], laws }
}

/** R as a functor from terms to optics, `A ↦ (A, A)` (Categorical Foundations of Gradient-Based Learning, Prop. 2.7). */
export function reverseFunctor(terms: TermSubject): Functor<Obj, Term, Pair, Optic> {
  return {
    name: `R on ${terms.name}`,
    from: terms,
    to: opticsOver(terms),
    object: (a) => ({ forward: a, back: a }),
    morphism: reverse,
  }
}
