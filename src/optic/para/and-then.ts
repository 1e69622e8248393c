import { objectOf, size, surfaceOf, types, type Obj, type Ob, type Shape } from '../../object/index.js'
import { reshape } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import { box, diagram, type Term } from '../../term/index.js'
import { composeUntyped, named, type Fresh, type Para, type Untyped } from './para.js'
import type { Size } from './size.js'

/** A layer without parameters that keeps whatever object it is given, entry by entry or along the last axis. */
export interface Pointwise {
  readonly pointwise: string
  /** The layer on one wire of any shape. */
  readonly body: (x: Wire) => Wire
}
/** The layer without parameters that turns one tensor of any shape into a vector. */
export interface Flatten {
  readonly flatten: 'flatten'
}
/** A layer whose type depends on what it is given. */
export type Polymorphic = Pointwise | Flatten

/** `f ↦ f ; g`. */
export interface AndThen<Q, B extends Ob, C extends Ob> {
  <P extends Fresh<Q>, A extends Ob>(f: Para<P, A, B>): Para<P & Q, A, C>
}
/** `f ↦ f ; g` for a layer g that keeps the object. */
export interface AndThenPointwise {
  <P, A extends Ob, B extends Ob>(f: Para<P, A, B>): Para<P, A, B>
}
/** `f ↦ f ; flatten`. */
export interface AndThenFlatten {
  <P, A extends Ob, S extends Shape>(f: Para<P, A, [S]>): Para<P, A, [[Size<S>]]>
}

/** A polymorphic layer at an object. Throws where flatten is given more than one tensor. */
export function layerAt(layer: Polymorphic, dom: Ob): Untyped {
  const term = 'pointwise' in layer ? pointwiseTerm(layer, objectOf(dom)) : flattenTerm(objectOf(dom))
  return { dom, cod: surfaceOf(term.cod), params: {}, parameters: [], term }
}

function pointwiseTerm(layer: Pointwise, dom: Obj): Term {
  const one = diagram(dom, (xs) => xs.map(layer.body))
  return one.boxes.length === 1 ? one : box(layer.pointwise, one)
}

function flattenTerm(dom: Obj): Term {
  const [t] = types(dom)
  if (t === undefined || dom.length !== 1) throw new TypeError(`flatten: needs one tensor, given ${dom.length}`)
  return diagram(dom, (xs) => xs.map((x) => reshape(x, [size(t.shape)])))
}

/** A model that is the polymorphic layer at one object: `pointwise(relu, [[128]])`. */
export function pointwise<const A extends Ob>(layer: Pointwise, dom: A): Para<object, A, A> {
  return layerAt(layer, dom) as Para<object, A, A>
}

/**
 * The data-last form of {@link compose}, for `pipe`: `andThen(g)` is `f ↦ f ; g` and `andThen('out', g)` is
 * `f ↦ f ; named('out', g)`. Throws like compose.
 */
export function andThen(g: Pointwise): AndThenPointwise
export function andThen(g: Flatten): AndThenFlatten
export function andThen<const N extends string, Q, B extends Ob, C extends Ob>(
  name: N,
  g: Para<Q, B, C>,
): AndThen<{ [K in N]: Q }, B, C>
export function andThen<Q, B extends Ob, C extends Ob>(g: Para<Q, B, C>): AndThen<Q, B, C>
export function andThen(g: string | Polymorphic | Untyped, h?: Untyped): unknown {
  if (typeof g === 'string') {
    if (h === undefined) throw new TypeError(`andThen: "${g}" names no model`)
    const k = named(g, h as Para<unknown, Ob, Ob>)
    return (f: Untyped) => composeUntyped(f, k, 'andThen')
  }
  return (f: Untyped) => composeUntyped(f, 'term' in g ? g : layerAt(g, f.cod), 'andThen')
}
