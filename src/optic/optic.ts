import { product, sameObject, showObject, unit, type Obj } from '../object/index.js'
import type { Wire } from '../structure/index.js'
import { apply, box, diagram, identity, type Term } from '../term/index.js'

/**
 * An optic `(A, A′) → (B, B′)` between pairs of objects: forward `A → M ⊗ B`, backward `M ⊗ B′ → A′`, with the residual
 * M (Riley, Categories of Optics, 2018). A lens is the case M = A.
 */
export interface Optic {
  readonly dom: Obj
  readonly domBack: Obj
  readonly cod: Obj
  readonly codBack: Obj
  readonly residual: Obj
  readonly forward: Term
  readonly backward: Term
}

/** The optic of a forward `A → M ⊗ B` and a backward `M ⊗ B′ → A′`. Throws where they do not share M. */
export function optic(residual: Obj, forward: Term, backward: Term, cod: Obj, codBack: Obj): Optic {
  const [out, back] = [product(residual, cod), product(residual, codBack)]
  if (!sameObject(forward.cod, out))
    throw new TypeError(`optic: the forward part ends in ${showObject(forward.cod)}, not in M ⊗ B = ${showObject(out)}`)
  if (!sameObject(backward.dom, back))
    throw new TypeError(
      `optic: the backward part begins in ${showObject(backward.dom)}, not in M ⊗ B′ = ${showObject(back)}`,
    )
  return { dom: forward.dom, domBack: backward.cod, cod, codBack, residual, forward, backward }
}

/** `1 : (A, A′) → (A, A′)`. */
export function identityOptic(a: Obj, back: Obj = a): Optic {
  return optic(unit, identity(a), identity(back), a, back)
}

const split = (wires: readonly Wire[], at: number): readonly [readonly Wire[], readonly Wire[]] => [
  wires.slice(0, at),
  wires.slice(at),
]

/** `f ; g`, with residual `M_f ⊗ M_g`. Throws where the middle objects differ. */
export function composeOptic(f: Optic, g: Optic): Optic {
  if (!sameObject(f.cod, g.dom))
    throw new TypeError(`compose: codomain ${showObject(f.cod)} does not match domain ${showObject(g.dom)}`)
  if (!sameObject(f.codBack, g.domBack))
    throw new TypeError(`compose: cotangent ${showObject(g.domBack)} does not match ${showObject(f.codBack)}`)
  const forward = diagram(f.dom, (x, algebra) => {
    const [m, b] = split(apply(f.forward, x, algebra), f.residual.length)
    return [...m, ...apply(g.forward, b, algebra)]
  })
  const residual = product(f.residual, g.residual)
  const backward = diagram(product(residual, g.codBack), (x, algebra) => {
    const [m, rest] = split(x, f.residual.length)
    return apply(f.backward, [...m, ...apply(g.backward, rest, algebra)], algebra)
  })
  return optic(residual, forward, backward, g.cod, g.codBack)
}

/** `f ⊗ g`, with residual `M_f ⊗ M_g`. */
export function tensorOptic(f: Optic, g: Optic): Optic {
  const forward = diagram(product(f.dom, g.dom), (x, algebra) => {
    const [a, c] = split(x, f.dom.length)
    const [m, b] = split(apply(f.forward, a, algebra), f.residual.length)
    const [n, d] = split(apply(g.forward, c, algebra), g.residual.length)
    return [...m, ...n, ...b, ...d]
  })
  const residual = product(f.residual, g.residual)
  const codBack = product(f.codBack, g.codBack)
  const backward = diagram(product(residual, codBack), (x, algebra) => {
    const [mn, bd] = split(x, residual.length)
    const [m, n] = split(mn, f.residual.length)
    const [b, d] = split(bd, f.codBack.length)
    return [...apply(f.backward, [...m, ...b], algebra), ...apply(g.backward, [...n, ...d], algebra)]
  })
  return optic(residual, forward, backward, product(f.cod, g.cod), codBack)
}

/** The lens of a get `A → B` and a put `A ⊗ B′ → A′`: the optic with M = A. */
export function lensOptic(get: Term, put: Term, codBack: Obj): Optic {
  const forward = diagram(get.dom, (x, algebra) => [...x, ...apply(get, x, algebra)])
  return optic(get.dom, forward, put, get.cod, codBack)
}

/** The get of an optic's induced lens: `A → B`. Optics are equal when these and their puts are. */
export function getOf(o: Optic): Term {
  return diagram(o.dom, (x, algebra) => apply(o.forward, x, algebra).slice(o.residual.length))
}

/** The put of an optic's induced lens: `A ⊗ B′ → A′`. */
export function putOf(o: Optic): Term {
  return diagram(product(o.dom, o.codBack), (x, algebra) => {
    const [a, back] = split(x, o.dom.length)
    const m = apply(o.forward, a, algebra).slice(0, o.residual.length)
    return apply(o.backward, [...m, ...back], algebra)
  })
}

/**
 * `close(o, α) = forward ; M ⊗ copy ; M ⊗ α ⊗ B ; backward ⊗ B : A → A′ ⊗ B`, the closed system of an optic and a cap
 * α : B → B′.
 */
export function close(o: Optic, cap: Term): Term {
  if (!sameObject(cap.dom, o.cod) || !sameObject(cap.cod, o.codBack))
    throw new TypeError(
      `close: the cap ${showObject(cap.dom)} → ${showObject(cap.cod)} does not fit ${showObject(o.cod)} → ${showObject(o.codBack)}`,
    )
  return diagram(o.dom, (x, algebra) => {
    const [m, b] = split(apply(o.forward, x, algebra), o.residual.length)
    return [...apply(o.backward, [...m, ...apply(cap, b, algebra)], algebra), ...b]
  })
}

/** The optic with its two halves as named boxes, for drawings: `name` and `name*`. */
export function boxedOptic(name: string, o: Optic): Optic {
  return { ...o, forward: box(name, o.forward), backward: box(`${name}*`, o.backward) }
}
