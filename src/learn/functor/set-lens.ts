/**
 * A simple lens `A → B` of sets, with no laws asked: get `A → B`, put `A × B → A`. They form the symmetric monoidal
 * category SLens.
 */
export interface SetLens<A, B> {
  get(a: A): B
  put(a: A, b: B): A
}

/** `1 : A → A`. */
export function identitySetLens<A>(): SetLens<A, A> {
  return { get: (a) => a, put: (_, a) => a }
}

/** `f ; g`: `put(a, c) = f.put(a, g.put(f.get(a), c))`. */
export function composeSetLens<A, B, C>(f: SetLens<A, B>, g: SetLens<NoInfer<B>, C>): SetLens<A, C> {
  return { get: (a) => g.get(f.get(a)), put: (a, c) => f.put(a, g.put(f.get(a), c)) }
}

/** `f ⊗ g`, side by side. */
export function tensorSetLens<A, B, C, D>(
  f: SetLens<A, B>,
  g: SetLens<C, D>,
): SetLens<readonly [A, C], readonly [B, D]> {
  return {
    get: ([a, c]) => [f.get(a), g.get(c)],
    put: ([a, c], [b, d]) => [f.put(a, b), g.put(c, d)],
  }
}

/** The symmetry `A × B → B × A`. */
export function swapSetLens<A, B>(): SetLens<readonly [A, B], readonly [B, A]> {
  return { get: ([a, b]) => [b, a], put: (_, [b, a]) => [a, b] }
}
