import { object, objectOf, product, sameObject, showObject, type Obj, type Ob } from '../../object/index.js'
import { add } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import { apply, diagram, type Term } from '../../term/index.js'
import { parameterObject, type Para, type Untyped } from './para.js'
import type { Copies, Parameter } from './tree.js'

function checkEndo(what: string, f: Untyped): Obj {
  const [a, b] = [objectOf(f.dom), objectOf(f.cod)]
  if (!sameObject(a, b))
    throw new TypeError(`${what}: codomain ${showObject(b)} does not match domain ${showObject(a)}`)
  return a
}
function checkCount(what: string, n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new TypeError(`${what}: ${n} is not a count: needs an integer ≥ 1`)
}

/** `x ↦ x + f(x)`. */
export function residual<P, A extends Ob>(f: Para<P, A, NoInfer<A>>): Para<P, A, A> {
  checkEndo('residual', f)
  const n = f.parameters.length
  const term = diagram(product(parameterObject(f), objectOf(f.dom)), (x, algebra) => {
    const y = apply(f.term, x, algebra)
    return x.slice(n).map((w, i) => add(w, y[i] as Wire))
  })
  return { ...f, term }
}

/** The chain of terms `P₁ ⊗ … ⊗ Pₙ ⊗ A → A`, the i-th reading its own parameters. */
function chained(parts: readonly Untyped[], shared: boolean, dom: Obj): Term {
  const [first] = parts
  const spaces = shared && first !== undefined ? [parameterObject(first)] : parts.map(parameterObject)
  const p = object(spaces.flatMap((_, i) => (parts[i] as Untyped).parameters.map((x) => x.type)))
  return diagram(product(p, dom), (x, algebra) => {
    let state = x.slice(p.length)
    let from = 0
    for (const f of parts) {
      const n = f.parameters.length
      state = [...apply(f.term, [...x.slice(from, from + n), ...state], algebra)]
      if (!shared) from += n
    }
    return state
  })
}

const copied = (f: Untyped, i: number): readonly Parameter[] =>
  f.parameters.map((p) => ({ ...p, path: [String(i), ...p.path] }))

/** `f ; f ; … ; f`, n copies, each with parameters of its own, named 0 … n − 1. */
export function repeat<const N extends number, P, A extends Ob>(
  n: N,
  f: Para<P, A, NoInfer<A>>,
): Para<Copies<N, P>, A, A> {
  const dom = checkEndo('repeat', f)
  checkCount('repeat', n)
  const parts = Array.from({ length: n }, () => f)
  return {
    ...f,
    params: parts.map((g) => g.params) as ReadonlyArray<P> as Copies<N, P>,
    parameters: parts.flatMap(copied),
    term: chained(parts, false, dom),
  }
}

/** `f ; f ; … ; f`, n times, all with the same parameters. */
export function iterate<P, A extends Ob>(n: number, f: Para<P, A, NoInfer<A>>): Para<P, A, A> {
  const dom = checkEndo('iterate', f)
  checkCount('iterate', n)
  return {
    ...f,
    term: chained(
      Array.from({ length: n }, () => f),
      true,
      dom,
    ),
  }
}

/** `f₀ ; f₁ ; …`, a list of layers of one type made at run time; parameters are named by position. */
export function stack<P, const A extends Ob>(
  dom: A,
  layers: readonly Para<P, NoInfer<A>, NoInfer<A>>[],
): Para<Copies<number, P>, A, A> {
  if (layers.length === 0) throw new TypeError('stack: needs at least one layer, given 0')
  const a = objectOf(dom)
  for (const f of layers)
    if (!sameObject(objectOf(f.dom), a) || !sameObject(objectOf(f.cod), a))
      throw new TypeError(
        `stack: a layer ${showObject(objectOf(f.dom))} → ${showObject(objectOf(f.cod))} is not ${showObject(a)} → ${showObject(a)}`,
      )
  return {
    cod: dom,
    dom,
    params: layers.map((f) => f.params),
    parameters: layers.flatMap(copied),
    term: chained(layers, false, a),
  }
}
