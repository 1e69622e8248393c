import type { Blueprint, Symmetric } from '../../src/structure/index.js'
import type { Subject } from './subject.js'

/** A morphism with parameters over a monoidal category: `P ⊗ A → B`, and where its parameters end. */
export interface Parametric<Ob, Hom> {
  readonly params: Ob
  readonly dom: Ob
  readonly cod: Ob
  readonly morphism: Hom
}

/**
 * Para(C) by its formulas, with parameters in diagrammatic order (Cruttwell et al., Categorical Foundations of
 * Gradient-Based Learning, 2022, Def. 2.1 and Rem. 2.1):
 *
 *     f ; g = (σ_{P,Q} ⊗ 1_A) ; (1_Q ⊗ f) ; g
 *     f ⊗ g = (1_P ⊗ σ_{Q,A} ⊗ 1_C) ; (f ⊗ g)
 */
export function paraOf<Ob, Hom>(c: Symmetric<Ob, Hom>): Symmetric<Ob, Parametric<Ob, Hom>> {
  const free = (morphism: Hom): Parametric<Ob, Hom> => ({
    params: c.unit,
    dom: c.dom(morphism),
    cod: c.cod(morphism),
    morphism,
  })
  return {
    name: `Para(${c.name})`,
    unit: c.unit,
    product: (a, b) => c.product(a, b),
    sameObject: (a, b) => c.sameObject(a, b),
    dom: (f) => f.dom,
    cod: (f) => f.cod,
    identity: (a) => free(c.identity(a)),
    compose(f, g) {
      const turned = c.tensor(c.swap(f.params, g.params), c.identity(f.dom))
      const both = c.compose(c.tensor(c.identity(g.params), f.morphism), g.morphism)
      return { params: c.product(f.params, g.params), dom: f.dom, cod: g.cod, morphism: c.compose(turned, both) }
    },
    tensor(f, g) {
      const middle = c.tensor(c.identity(f.params), c.tensor(c.swap(g.params, f.dom), c.identity(g.dom)))
      return {
        params: c.product(f.params, g.params),
        dom: c.product(f.dom, g.dom),
        cod: c.product(f.cod, g.cod),
        morphism: c.compose(middle, c.tensor(f.morphism, g.morphism)),
      }
    },
    swap: (a, b) => free(c.swap(a, b)),
  }
}

/** `f^α = (α ⊗ 1_A) ; f`, f reparametrised along `α : Q → P`. */
export function reparametrised<Ob, Hom>(
  c: Symmetric<Ob, Hom>,
  f: Parametric<Ob, Hom>,
  alpha: Hom,
): Parametric<Ob, Hom> {
  return { ...f, params: c.dom(alpha), morphism: c.compose(c.tensor(alpha, c.identity(f.dom)), f.morphism) }
}

/** Para over the category of a subject, with what its laws are tested by: morphisms out of P ⊗ A, and their equality. */
export function paraOver<Ob, Hom>(
  base: Subject<Ob, Hom, Symmetric<Ob, Hom>>,
): Subject<Ob, Parametric<Ob, Hom>, Symmetric<Ob, Parametric<Ob, Hom>>> {
  const c = base.category
  const paramsOf = ([[at = 0, n = 0] = []]: readonly Blueprint[]): Ob =>
    base.decode.object([at, n].slice(0, 1 + (n % 2)))
  return {
    name: `Para over ${base.name}`,
    category: paraOf(c),
    decode: {
      object: (blueprint) => base.decode.object(blueprint),
      morphism: (dom, blueprint) => {
        const params = paramsOf(blueprint)
        const morphism = base.decode.morphism(c.product(params, dom), blueprint.slice(1))
        return { params, dom, cod: c.cod(morphism), morphism }
      },
      between: (dom, cod, blueprint) => {
        const params = paramsOf(blueprint)
        return { params, dom, cod, morphism: base.decode.between(c.product(params, dom), cod, blueprint.slice(1)) }
      },
    },
    showObject: (a) => base.showObject(a),
    show: (f) => `parameters ${base.showObject(f.params)}\n${base.show(f.morphism)}`,
    showPoint: (a, point) => `parameters, then ${base.showPoint(a, point)}`,
    compare: (f, g, point) =>
      c.sameObject(f.params, g.params)
        ? base.compare(f.morphism, g.morphism, point)
        : {
            equal: false,
            by: 'structure',
            explain: () => ({
              lhs: base.showObject(f.params),
              rhs: base.showObject(g.params),
              difference: 'the parameters differ',
            }),
          },
  }
}
