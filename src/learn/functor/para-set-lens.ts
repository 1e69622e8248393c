import type { Learner, Point } from './learner.js'
import { composeSetLens, identitySetLens, tensorSetLens, type SetLens } from './set-lens.js'

/** A morphism `A → B` of Para(SLens): a lens `P × A → B`. */
export type ParaSetLens<P, A, B> = SetLens<readonly [P, A], B>

/** `f ; g` in Para(SLens) with parameters P × Q, f's first: `(P × Q) × A ≅ Q × (P × A) → Q × B → C`. */
export function composeParaSetLens<P, Q, A, B, C>(
  f: ParaSetLens<P, A, B>,
  g: ParaSetLens<Q, NoInfer<B>, C>,
): ParaSetLens<readonly [P, Q], A, C> {
  const deal: SetLens<readonly [readonly [P, Q], A], readonly [Q, readonly [P, A]]> = {
    get: ([[p, q], a]) => [q, [p, a]],
    put: (_, [q, [p, a]]) => [[p, q], a],
  }
  return composeSetLens(deal, composeSetLens(tensorSetLens(identitySetLens<Q>(), f), g))
}

/** `f ⊗ g` in Para(SLens) with parameters P × Q: `(P × Q) × (A × C) ≅ (P × A) × (Q × C) → B × D`. */
export function tensorParaSetLens<P, Q, A, B, C, D>(
  f: ParaSetLens<P, A, B>,
  g: ParaSetLens<Q, C, D>,
): ParaSetLens<readonly [P, Q], readonly [A, C], readonly [B, D]> {
  const deal: SetLens<readonly [readonly [P, Q], readonly [A, C]], readonly [readonly [P, A], readonly [Q, C]]> = {
    get: ([[p, q], [a, c]]) => [
      [p, a],
      [q, c],
    ],
    put: (_, [[p, a], [q, c]]) => [
      [p, q],
      [a, c],
    ],
  }
  return composeSetLens(deal, tensorSetLens(f, g))
}

/** A lens as a morphism of Para(SLens) without parameters. */
export function paraSetLens<A, B>(f: SetLens<A, B>): ParaSetLens<Point, A, B> {
  return { get: ([, a]) => f.get(a), put: ([, a], b) => [[], f.put(a, b)] }
}

/** `Learn → Para(SLens)`: get is implement, put is update and request together (Fong and Johnson, "Lenses and Learners", 2019). */
export function paraSetLensOfLearner<P, A, B>(f: Learner<P, A, B>): ParaSetLens<P, A, B> {
  return { get: ([p, a]) => f.implement(p, a), put: ([p, a], b) => [f.update(p, a, b), f.request(p, a, b)] }
}

/** `Para(SLens) → Learn`, the inverse of {@link paraSetLensOfLearner}: update and request are the components of put. */
export function learnerOfParaSetLens<P, A, B>(f: ParaSetLens<P, A, B>): Learner<P, A, B> {
  return {
    implement: (p, a) => f.get([p, a]),
    update: (p, a, b) => f.put([p, a], b)[0],
    request: (p, a, b) => f.put([p, a], b)[1],
  }
}
