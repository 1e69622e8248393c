/** The one-point set: the parameters of a learner that has none. */
export type Point = readonly []

/**
 * A learner `A → B` with parameters P (Fong, Spivak and Tuyéras, "Backprop as Functor", 2017, Definition II.1): sets and
 * functions, of which nothing else is asked. It need not be differentiable; a look-up table that keeps what it is told:
 *
 *     const table: Learner<ReadonlyMap<string, number>, string, number> = {
 *       implement: (p, a) => p.get(a) ?? 0,
 *       update: (p, a, b) => new Map(p).set(a, b),
 *       request: (_, a) => a,
 *     }
 *
 * Learners form a symmetric monoidal category up to bijections of parameters, since P × Q is a pair.
 */
export interface Learner<P, A, B> {
  /** `I : P × A → B`, what the learner computes. */
  implement(p: P, a: A): B
  /** `U : P × A × B → P`, the parameters after the example (a, b). */
  update(p: P, a: A, b: B): P
  /** `r : P × A × B → A`, the input that would have served better; what a learner before it is taught. */
  request(p: P, a: A, b: B): A
}

/** `1 : A → A`, without parameters; requests what it is told. */
export function identityLearner<A>(): Learner<Point, A, A> {
  return { implement: (_, a) => a, update: () => [], request: (_, __, b) => b }
}

/**
 * `f ; g` with parameters P × Q, f's first: `J(q, I(p, a))`, and g's request is what f is taught:
 * `U((p, q), a, c) = (U(p, a, s), V(q, I(p, a), c))` and `r(p, a, s)` for `s = s(q, I(p, a), c)`.
 */
export function composeLearner<P, Q, A, B, C>(
  f: Learner<P, A, B>,
  g: Learner<Q, NoInfer<B>, C>,
): Learner<readonly [P, Q], A, C> {
  return {
    implement: ([p, q], a) => g.implement(q, f.implement(p, a)),
    update([p, q], a, c) {
      const b = f.implement(p, a)
      return [f.update(p, a, g.request(q, b, c)), g.update(q, b, c)]
    },
    request: ([p, q], a, c) => f.request(p, a, g.request(q, f.implement(p, a), c)),
  }
}

/** `f ⊗ g`, side by side, with parameters P × Q. */
export function tensorLearner<P, Q, A, B, C, D>(
  f: Learner<P, A, B>,
  g: Learner<Q, C, D>,
): Learner<readonly [P, Q], readonly [A, C], readonly [B, D]> {
  return {
    implement: ([p, q], [a, c]) => [f.implement(p, a), g.implement(q, c)],
    update: ([p, q], [a, c], [b, d]) => [f.update(p, a, b), g.update(q, c, d)],
    request: ([p, q], [a, c], [b, d]) => [f.request(p, a, b), g.request(q, c, d)],
  }
}

/** The symmetry `A × B → B × A`, without parameters. */
export function swapLearner<A, B>(): Learner<Point, readonly [A, B], readonly [B, A]> {
  return { implement: (_, [a, b]) => [b, a], update: () => [], request: (_, __, [b, a]) => [a, b] }
}

/** A bijection of sets `X ≅ Y`; law: both composites are identities. */
export interface Bijection<X, Y> {
  to(x: X): Y
  from(y: Y): X
}

/** The same learner with its parameters named by Q; learners are equal, as morphisms, when this makes them so. */
export function reparametriseLearner<P, Q, A, B>(f: Learner<P, A, B>, along: Bijection<Q, P>): Learner<Q, A, B> {
  return {
    implement: (q, a) => f.implement(along.to(q), a),
    update: (q, a, b) => along.from(f.update(along.to(q), a, b)),
    request: (q, a, b) => f.request(along.to(q), a, b),
  }
}
