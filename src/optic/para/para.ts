import { object, objectOf, product, sameObject, showObject, unit, type Obj, type Ob } from '../../object/index.js'
import { apply, box, diagram, identity, sequential, tensor as tensorTerm, type Term } from '../../term/index.js'
import { pathOf, type Parameter } from './tree.js'

/**
 * A parametrised morphism `P ⊗ A → B` (Para of "Backprop as Functor" and "Categorical Foundations of Gradient-Based
 * Learning", Def. 2.1). P is a named tree of tensor types, A and B are lists of tensor types. The term's domain is the
 * parameters, in the order of `parameters`, and then A. Parameters stand in diagrammatic order, f's before g's, however
 * a composite is bracketed.
 */
export interface Para<in out P, in out A extends Ob, in out B extends Ob> {
  readonly cod: B
  readonly dom: A
  readonly params: P
  readonly parameters: readonly Parameter[]
  readonly term: Term
}

/** What combinators do not need to know of a model. */
export interface Untyped {
  readonly cod: Ob
  readonly dom: Ob
  readonly params: unknown
  readonly parameters: readonly Parameter[]
  readonly term: Term
}

/** Trees that use none of the names of Q. */
export type Fresh<Q> = { readonly [K in keyof Q]?: `two parameters are called ${K & string}` } & object

/** The parameter object of a model. */
export function parameterObject(f: { readonly parameters: readonly Parameter[] }): Obj {
  return object(f.parameters.map((p) => p.type))
}

/** A model without parameters from a term. */
export function lift<const A extends Ob, const B extends Ob>(dom: A, cod: B, term: Term): Para<object, A, B> {
  return { cod, dom, params: {}, parameters: [], term }
}

function joined(
  what: string,
  f: Untyped,
  g: Untyped,
): { readonly params: object; readonly parameters: readonly Parameter[] } {
  const [own, theirs] = [f.params as object, g.params as object]
  for (const name of Object.keys(theirs))
    if (name in own) {
      const both = g.parameters.find((p) => f.parameters.some((q) => pathOf(p) === pathOf(q)))
      throw new TypeError(`${what}: parameter ${both === undefined ? name : pathOf(both)} occurs twice`)
    }
  return {
    params: { ...own, ...theirs },
    parameters: [...f.parameters, ...g.parameters],
  }
}

/** The composite of models whose types are checked at run time only. */
export function composeUntyped(f: Untyped, g: Untyped, what = 'compose'): Untyped {
  const [middle, wanted] = [objectOf(f.cod), objectOf(g.dom)]
  if (!sameObject(middle, wanted))
    throw new TypeError(`${what}: codomain ${showObject(middle)} does not match domain ${showObject(wanted)}`)
  let term: Term | undefined
  const composite: Untyped = {
    cod: g.cod,
    dom: f.dom,
    ...joined(what, f, g),
    get term() {
      term ??= sequenceTerm(sequenceOf(composite))
      return term
    },
  }
  halves.set(composite, [f, g])
  return composite
}

/** The two models of each composite, so that its term is made once, of the whole sequence, however it is bracketed. */
const halves = new WeakMap<Untyped, readonly [Untyped, Untyped]>()

/** The models of a composite in order. */
function sequenceOf(model: Untyped): Untyped[] {
  const out: Untyped[] = []
  const stack = [model]
  for (let f = stack.pop(); f !== undefined; f = stack.pop()) {
    const two = halves.get(f)
    if (two === undefined) out.push(f)
    else stack.push(two[1], two[0])
  }
  return out
}

/** `P₁ ⊗ … ⊗ Pₙ ⊗ A → B`, one diagram of n boxes, or the plain composite where there are no parameters. */
function sequenceTerm(models: readonly Untyped[]): Term {
  const parameters = models.flatMap((f) => f.parameters.map((p) => p.type))
  if (parameters.length === 0) return sequential(models.map((f) => f.term))
  const dom = models[0] === undefined ? unit : objectOf(models[0].dom)
  return diagram(product(object(parameters), dom), (x, algebra) => {
    let at = 0
    let state = x.slice(parameters.length)
    for (const f of models) state = [...apply(f.term, [...x.slice(at, (at += f.parameters.length)), ...state], algebra)]
    return state
  })
}

/**
 * `f ; g`, first f: P_f ⊗ P_g ⊗ A → C. Throws `compose: codomain [128] does not match domain [64]`, and
 * `compose: parameter hidden.weight occurs twice`. The term is made when it is first read.
 */
export function compose<P extends Fresh<Q>, Q, A extends Ob, B extends Ob, C extends Ob>(
  f: Para<P, A, B>,
  g: Para<Q, NoInfer<B>, C>,
): Para<P & Q, A, C> {
  return composeUntyped(f, g) as Para<P & Q, A, C>
}

/** `f ⊗ g`: P_f ⊗ P_g ⊗ A ⊗ C → B ⊗ D. Throws where a parameter occurs twice. */
export function tensor<P, Q extends Fresh<P>, A extends Ob, B extends Ob, C extends Ob, D extends Ob>(
  f: Para<P, A, B>,
  g: Para<Q, C, D>,
): Para<P & Q, [...A, ...C], [...B, ...D]> {
  const [p, q, a, c] = [parameterObject(f), parameterObject(g), objectOf(f.dom), objectOf(g.dom)]
  const term = diagram([p, q, a, c].reduce(product), (x, algebra) => {
    const [m, n] = [p.length + q.length, p.length + q.length + a.length]
    return [
      ...apply(f.term, [...x.slice(0, p.length), ...x.slice(m, n)], algebra),
      ...apply(g.term, [...x.slice(p.length, m), ...x.slice(n)], algebra),
    ]
  })
  return { cod: [...f.cod, ...g.cod], dom: [...f.dom, ...g.dom], ...joined('tensor', f, g), term } as unknown as Para<
    P & Q,
    [...A, ...C],
    [...B, ...D]
  >
}

/** The reparametrisation along `{ name: P } ≅ P`, drawn as a box with the name. Throws where the name is not an identifier. */
export function named<const N extends string, P, A extends Ob, B extends Ob>(
  name: N,
  f: Para<P, A, B>,
): Para<{ [K in N]: P }, A, B> {
  checkName('named', name)
  const parameters = f.parameters.map((p) => ({ ...p, path: [name, ...p.path] }))
  return { ...f, params: { [name]: f.params } as { [K in N]: P }, parameters, term: box(name, f.term) }
}

/** Throws `named: "a b" is not a name: …`. */
export function checkName(what: string, name: string): void {
  if (!/^[a-z]\w*$/i.test(name))
    throw new TypeError(`${what}: "${name}" is not a name: a letter, then letters, digits and _`)
}

/**
 * The reparametrisation of f along `α : Q → P`, a term on the parameter objects: tying, freezing and adapters are these.
 * `params` and `parameters` describe Q. Throws where α is not `Q → P`.
 */
export function reparametrise<P, const Q, A extends Ob, B extends Ob>(
  f: Para<P, A, B>,
  params: Q,
  parameters: readonly Parameter[],
  along: Term,
): Para<Q, A, B> {
  const [p, q] = [parameterObject(f), object(parameters.map((x) => x.type))]
  if (!sameObject(along.dom, q) || !sameObject(along.cod, p))
    throw new TypeError(
      `reparametrise: the map ${showObject(along.dom)} → ${showObject(along.cod)} is not ${showObject(q)} → ${showObject(p)}`,
    )
  return { ...f, params, parameters, term: sequential([tensorTerm(along, identity(objectOf(f.dom))), f.term]) }
}

/** A domain or codomain known only at run time, checked there: `narrow: [784] → [n] is not [784] → [128]`. */
export function narrow<const A extends Ob, const B extends Ob>(
  dom: A,
  cod: B,
): <P>(f: { readonly params: P } & Untyped) => Para<P, A, B> {
  return (f) => {
    const given = [objectOf(f.dom), objectOf(f.cod)] as const
    const wanted = [objectOf(dom), objectOf(cod)] as const
    if (!sameObject(given[0], wanted[0]) || !sameObject(given[1], wanted[1]))
      throw new TypeError(
        `narrow: ${showObject(given[0])} → ${showObject(given[1])} is not ${showObject(wanted[0])} → ${showObject(wanted[1])}`,
      )
    return { cod, dom, params: f.params, parameters: f.parameters, term: f.term }
  }
}
