import { product, type Obj } from '../../src/object/index.js'
import { composeOptic, getOf, lensOptic, putOf, tensorOptic, type Optic } from '../../src/optic/index.js'
import { compose, discard, identity, routing, swap, tensor, terms, type Term } from '../../src/term/index.js'
import { equationBetween } from '../subject/equation.js'
import type { LawSet } from '../law/law.js'
import type { OpticSubject } from '../subject/optic-subject.js'
import { chain, first, pair, second } from '../subject/projection.js'
import { symmetric } from './symmetric.js'
import type { TermSubject } from '../subject/term-subject.js'

const categorical = 'Cruttwell et al., Categorical Foundations of Gradient-Based Learning, 2022, Def. 2.4'

/** How optics are lenses: their gets and puts, and the optic of a get and a put. */
export interface LensView {
  readonly getOf: (o: Optic) => Term
  readonly putOf: (o: Optic) => Term
  readonly lensOptic: (get: Term, put: Term, codBack: Obj) => Optic
}

/** The laws of optics as lenses, by the library's view of them unless another is given: they hold whatever the get and the put. */
export function lens(s: OpticSubject, view: LensView = { getOf, putOf, lensOptic }): LawSet {
  const { getOf: get, putOf: put } = view
  const c = s.category
  const laws = [
    equationBetween(s, s, {
      name: 'sliding',
      equation: 'the optic f is its lens (get f, put f)',
      source: 'Riley, Categories of Optics, 2018',
      forall: { f: 'A → B' },
      holds: ({ f }) => [f, view.lensOptic(get(f), put(f), f.codBack)],
    }),
    equationBetween(s, s.terms, {
      name: 'get of a composite',
      equation: 'get(f ; g) = get f ; get g',
      source: categorical,
      forall: { f: 'A → B', g: 'B → C' },
      holds: ({ f, g }) => [get(c.compose(f, g)), compose(get(f), get(g))],
    }),
    equationBetween(s, s.terms, {
      name: 'put of a composite',
      equation: 'put(f ; g) = ⟨π₀, ⟨π₀ ; get f, π₁⟩ ; put g⟩ ; put f',
      source: categorical,
      forall: { f: 'A → B', g: 'B → C' },
      holds: ({ f, g }) => {
        const [a, back] = [first(terms, f.dom, g.codBack), second(terms, f.dom, g.codBack)]
        const inner = chain(terms, pair(terms, compose(a, get(f)), back), put(g))
        return [put(c.compose(f, g)), compose(pair(terms, a, inner), put(f))]
      },
    }),
    equationBetween(s, s.terms, {
      name: 'put of a tensor',
      equation: 'put(f ⊗ g) = (1 ⊗ σ ⊗ 1) ; (put f ⊗ put g)',
      source: categorical,
      forall: { f: 'A → B', g: 'C → D' },
      holds: ({ f, g }) => {
        const middle = tensor(tensor(identity(f.dom), swap(g.dom, f.codBack)), identity(g.codBack))
        return [put(c.tensor(f, g)), compose(middle, tensor(put(f), put(g)))]
      },
    }),
  ]
  return { name: 'lens', subject: s.name, parents: [symmetric(s)], laws }
}

/** A lens `(S, S) → (V, V)` for each pair of objects: the view is of what a state has to do with the objects. */
export type LensFamily = (a: Obj, b: Obj) => Optic

/** The laws of a lens that views a part of a state: put then get, get then put, put twice. */
export function wellBehaved(s: TermSubject, name: string, family: LensFamily): LawSet {
  const source = 'Foster et al., Combinators for bidirectional tree transformations, 2007'
  const laws = [
    equationBetween(s, s, {
      name: 'GetPut',
      equation: 'put(s, get s) = s',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => {
        const l = family(A, B)
        return [compose(pair(terms, identity(l.dom), getOf(l)), putOf(l)), identity(l.dom)]
      },
    }),
    equationBetween(s, s, {
      name: 'PutGet',
      equation: 'get(put(s, v)) = v',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => {
        const l = family(A, B)
        return [compose(putOf(l), getOf(l)), second(terms, l.dom, l.codBack)]
      },
    }),
    equationBetween(s, s, {
      name: 'PutPut',
      equation: 'put(put(s, v), w) = put(s, w)',
      source,
      forall: { A: 'object', B: 'object' },
      holds: ({ A, B }) => {
        const l = family(A, B)
        const late = tensor(tensor(identity(l.dom), discard(l.codBack)), identity(l.codBack))
        return [compose(tensor(putOf(l), identity(l.codBack)), putOf(l)), compose(late, putOf(l))]
      },
    }),
  ]
  return { name: 'well-behaved lens', subject: name, parents: [], laws }
}

/** `(A ⊗ B, A ⊗ B) → (A, A)`, the view of the first part of a state. */
export function firstPart(a: Obj, b: Obj): Optic {
  const put: Term = routing(product(product(a, b), a), [
    ...Array.from({ length: a.length }, (_, i) => a.length + b.length + i),
    ...Array.from({ length: b.length }, (_, i) => a.length + i),
  ])
  return lensOptic(first(terms, a, b), put, a)
}

/** Views composed and side by side: `firstPart ; firstPart ⊗ firstPart`. */
export function nestedPart(a: Obj, b: Obj): Optic {
  return tensorOptic(composeOptic(firstPart(product(a, b), b), firstPart(a, b)), firstPart(b, a))
}
