import type { Cartesian, LeftAdditive } from '../../src/structure/index.js'

/** `⟨f, g⟩ = Δ ; (f ⊗ g) : A → B ⊗ C`. */
export function pair<Ob, Hom>(c: Cartesian<Ob, Hom>, f: Hom, g: Hom): Hom {
  return c.compose(c.copy(c.dom(f)), c.tensor(f, g))
}

/** `π₀ : A ⊗ B → A`. */
export function first<Ob, Hom>(c: Cartesian<Ob, Hom>, a: Ob, b: Ob): Hom {
  return c.tensor(c.identity(a), c.discard(b))
}

/** `π₁ : A ⊗ B → B`. */
export function second<Ob, Hom>(c: Cartesian<Ob, Hom>, a: Ob, b: Ob): Hom {
  return c.tensor(c.discard(a), c.identity(b))
}

/** `i₀ = ⟨1, 0⟩ : A → A ⊗ B`. */
export function inLeft<Ob, Hom>(c: LeftAdditive<Ob, Hom>, a: Ob, b: Ob): Hom {
  return pair(c, c.identity(a), c.zero(a, b))
}

/** `i₁ = ⟨0, 1⟩ : B → A ⊗ B`. */
export function inRight<Ob, Hom>(c: LeftAdditive<Ob, Hom>, a: Ob, b: Ob): Hom {
  return pair(c, c.zero(b, a), c.identity(b))
}

/** The composite of two morphisms or more, in diagrammatic order. */
export function chain<Ob, Hom>(c: Cartesian<Ob, Hom>, first: Hom, ...rest: readonly Hom[]): Hom {
  return rest.reduce((f, g) => c.compose(f, g), first)
}
