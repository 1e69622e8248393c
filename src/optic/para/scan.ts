import {
  object,
  objectOf,
  product,
  sameObject,
  showObject,
  surfaceOf,
  types,
  type Batch,
  type Obj,
  type Ob,
  type TensorType,
  type Type,
} from '../../object/index.js'
import { concat, reshape, slice } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import { apply, box, diagram, type BoxTerm, type Term } from '../../term/index.js'
import { parameterObject, type Para } from './para.js'

/** The rows of a wire [n, s…], cut by halves: the reverse adds them up in n log n, where that of n slices takes n². */
function rowsOf(x: Wire): Wire[] {
  let parts = [x]
  while (parts.some((w) => (w.type.shape[0] ?? 0) > 1))
    parts = parts.flatMap((w) => {
      const [n = 0, ...rest] = w.type.shape
      const cut = (from: number, to: number): Wire => slice(w, [from, ...rest.map(() => 0)], [to - from, ...rest])
      const half = Math.ceil(n / 2)
      return n > 1 ? [cut(0, half), cut(half, n)] : [w]
    })
  return parts.map((w) => reshape(w, w.type.shape.slice(1)))
}

/** Wires of one type as the rows of one. */
function stacked(rows: readonly Wire[]): Wire {
  return concat(
    rows.map((w) => reshape(w, [1, ...w.type.shape])),
    0,
  )
}

/**
 * A body `P ⊗ S ⊗ X → S ⊗ Y` over n rows in order, `P ⊗ S ⊗ Xⁿ → S ⊗ Yⁿ`: the state goes from each row to the next, the
 * parameters are shared, tensors of Xⁿ and Yⁿ have an axis of n in front. A box around the unrolled chain, whose reverse is
 * the chain of R of the body in the opposite order, with the residual of each step kept. Throws where n is not an integer
 * ≥ 1, and `scan: the body ends in [3], needs the state [4] first`.
 */
export function scanTerm(n: number, parameters: Obj, state: Obj, body: Term): BoxTerm {
  if (!Number.isInteger(n) || n < 1) throw new TypeError(`scan: ${n} is not a count: needs an integer ≥ 1`)
  const [p, s] = [parameters.length, state.length]
  const [dom, cod] = [types(body.dom), types(body.cod)]
  const own = product(parameters, state)
  if (!sameObject(object(dom.slice(0, p + s)), own))
    throw new TypeError(`scan: the body begins in ${showObject(body.dom)}, needs ${showObject(own)} first`)
  if (!sameObject(object(cod.slice(0, s)), state))
    throw new TypeError(`scan: the body ends in ${showObject(body.cod)}, needs the state ${showObject(state)} first`)
  const rows = object(dom.slice(p + s).map((t): Type => ({ dtype: t.dtype, shape: [n, ...t.shape] })))
  const term = diagram(product(own, rows), (wires, algebra) => {
    const shared = wires.slice(0, p)
    const inputs = wires.slice(p + s).map(rowsOf)
    let now: readonly Wire[] = wires.slice(p, p + s)
    const answered = Array.from({ length: n }, (_, i) => {
      const out = apply(body, [...shared, ...now, ...inputs.map((x) => x[i] as Wire)], algebra)
      now = out.slice(0, s)
      return out.slice(s)
    })
    return [...now, ...cod.slice(s).map((_, k) => stacked(answered.map((y) => y[k] as Wire)))]
  })
  return box('scan', term)
}

/**
 * `f` over n rows in order: from a state S and rows [n, x…] to the last state and rows [n, y…], where f goes from a state
 * and a row to the next state and a row, `s′, y = f(p, s, x)`, with the same parameters each time. Throws like
 * {@link scanTerm}.
 */
export function scan<const N extends number, P, S extends Ob, X extends TensorType, Y extends TensorType>(
  n: N,
  f: Para<P, [...S, X], [...S, Y]>,
): Para<P, [...S, Batch<X, N>], [...S, Batch<Y, N>]> {
  const state = object(types(objectOf(f.dom)).slice(0, -1))
  if (f.cod.length !== f.dom.length)
    throw new TypeError(
      `scan: ${showObject(objectOf(f.dom))} → ${showObject(objectOf(f.cod))} is not a state and a row → a state and a row`,
    )
  const term = scanTerm(n, parameterObject(f), state, f.term)
  const dom = surfaceOf(object(types(term.dom).slice(f.parameters.length)))
  return { cod: surfaceOf(term.cod), dom, params: f.params, parameters: f.parameters, term } as never
}
