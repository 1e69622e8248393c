/** A list of naturals from which a dictionary decodes an object, a morphism or a point, totally: every list is one. */
export type Blueprint = readonly number[]

/** Decoders from blueprints, plain code from which the laws make their generators. Shrinking the blueprint shrinks the value. */
export interface Decoders<Ob, Hom, Point> {
  object(blueprint: Blueprint): Ob
  /** A morphism out of `dom`, one step a triple of naturals. */
  morphism(dom: Ob, blueprint: readonly Blueprint[]): Hom
  /** A morphism between given objects. */
  between(dom: Ob, cod: Ob, blueprint: readonly Blueprint[]): Hom
  point(object: Ob, blueprint: Blueprint): Point
}

/** A category: objects, morphisms, `f ; g` in diagrammatic order (Mac Lane, Categories for the Working Mathematician, I.1). */
export interface Category<Ob, Hom> {
  readonly name: string
  dom(f: Hom): Ob
  cod(f: Hom): Ob
  identity(a: Ob): Hom
  compose(f: Hom, g: Hom): Hom
  sameObject(a: Ob, b: Ob): boolean
}

/** A strict monoidal category (CWM VII.1). */
export interface Monoidal<Ob, Hom> extends Category<Ob, Hom> {
  readonly unit: Ob
  product(a: Ob, b: Ob): Ob
  tensor(f: Hom, g: Hom): Hom
}

/** A symmetric strict monoidal category (CWM XI.1). */
export interface Symmetric<Ob, Hom> extends Monoidal<Ob, Hom> {
  /** `A ⊗ B → B ⊗ A`. */
  swap(a: Ob, b: Ob): Hom
}

/** A cartesian category, by its natural comonoids (Fox 1976). */
export interface Cartesian<Ob, Hom> extends Symmetric<Ob, Hom> {
  /** `A → A ⊗ A`. */
  copy(a: Ob): Hom
  /** `A → I`. */
  discard(a: Ob): Hom
}

/** A cartesian left additive category (Blute, Cockett and Seely 2009). */
export interface LeftAdditive<Ob, Hom> extends Cartesian<Ob, Hom> {
  add(f: Hom, g: Hom): Hom
  zero(a: Ob, b: Ob): Hom
}

/** A cartesian reverse derivative category (Cockett et al. 2020): `R[f] : A ⊗ B → A`. */
export interface ReverseDerivative<Ob, Hom> extends LeftAdditive<Ob, Hom> {
  reverse(f: Hom): Hom
}
