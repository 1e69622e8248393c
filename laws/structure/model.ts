import type { Parametrised } from '../../src/learn/functor/index.js'
import { object, surface, surfaceOf, types, type Ob, type Obj } from '../../src/object/index.js'
import {
  compose,
  named,
  parameterObject,
  pathOf,
  reparametrise,
  tensor,
  type Para,
  type Parameter,
  type Untyped,
} from '../../src/optic/index.js'
import { show, type Term } from '../../src/term/index.js'
import { law, type LawSet } from '../law/law.js'
import { equationChoosing } from '../subject/chosen.js'
import { context } from '../subject/context.js'
import { equation } from '../subject/equation.js'
import { along, type ParametricSubject } from '../subject/parametric-subject.js'
import { sameText } from '../value/compare.js'

const source = 'Cruttwell et al., Categorical Foundations of Gradient-Based Learning, 2022, Def. 2.1 and Rem. 2.1'

/** The combinators of models, whose parameters have names. */
export interface Models {
  compose(f: Model, g: Model): Untyped
  tensor(f: Model, g: Model): Untyped
  named(name: string, f: Model): Untyped
  reparametrise(f: Model, q: object, parameters: readonly Parameter[], along: Term): Untyped
}
type Model = Para<object, Ob, Ob>

const none = (_: unknown, shape: readonly number[]): ArrayLike<number> =>
  new Array<number>(shape.reduce((n, k) => n * k, 1)).fill(0)
/** Parameters `x0`, `x1`, … of the tensors of an object. */
const parametersOf = (name: string, params: Obj): readonly Parameter[] =>
  types(params).map((type, i) => ({ path: [`${name}${i}`], type, draw: none }))
const treeOf = (parameters: readonly Parameter[]): object =>
  Object.fromEntries(parameters.map((p) => [pathOf(p), surface(p.type)]))

/** A parametrised morphism as a model whose parameters are called `x0`, `x1`, … */
function modelOf(name: string, { params, dom, cod, term }: Parametrised): Model {
  const parameters = parametersOf(name, params)
  return { cod: surfaceOf(cod), dom: surfaceOf(dom), params: treeOf(parameters), parameters, term }
}
const morphismOf = (f: Untyped): Parametrised => {
  const params = parameterObject(f)
  const dom = object(types(f.term.dom).slice(params.length))
  return { params, dom, cod: f.term.cod, term: f.term }
}

/** The laws of models with named parameters: their combinators are those of Para, whatever the names. */
export function models(
  s: ParametricSubject<Parametrised>,
  library: Models = { compose, tensor, named, reparametrise },
): LawSet {
  const c = s.category
  const { terms } = s
  const { text, arbitrary, show: shown } = context(s, { f: 'A → B', g: 'B → C' }, 3)
  const laws = [
    equation(s, {
      name: 'composite',
      equation: 'compose(f, g) = f ; g',
      source,
      forall: { f: 'A → B', g: 'B → C' },
      holds: ({ f, g }) => [morphismOf(library.compose(modelOf('p', f), modelOf('q', g))), c.compose(f, g)],
    }),
    equation(s, {
      name: 'side by side',
      equation: 'tensor(f, g) = f ⊗ g',
      source,
      forall: { f: 'A → B', g: 'C → D' },
      holds: ({ f, g }) => [morphismOf(library.tensor(modelOf('p', f), modelOf('q', g))), c.tensor(f, g)],
    }),
    equation(s, {
      name: 'named',
      equation: "named('part', f) = f",
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [morphismOf(library.named('part', modelOf('p', f))), f],
    }),
    equationChoosing(s, s, {
      name: 'reparametrised',
      equation: 'reparametrise(f, q, α) = f^α',
      source,
      forall: { f: 'A → B' },
      chosen: 'α : Q → P_f',
      choose: ({ f }, n) =>
        terms.decode.between(terms.decode.object(n.slice(0, 2)), f.params, [n.slice(2, 5), n.slice(5, 8)]),
      showChosen: (α) => ({ α: show(α) }),
      holds: ({ f }, α) => {
        const q = parametersOf('q', α.dom)
        return [morphismOf(library.reparametrise(modelOf('p', f), treeOf(q), q, α)), along(f, α)]
      },
    }),
    law({
      name: 'names',
      equation: "the parameters of compose(named('f', f), named('g', g)) are f.p0, f.p1, …, g.q0, g.q1, …",
      source,
      forall: { text, arbitrary, show: shown },
      holds: ({ values: { f, g } }) => {
        const [left, right] = [library.named('f', modelOf('p', f)), library.named('g', modelOf('q', g))]
        const given = library.compose(left as Model, right as Model).parameters.map(pathOf)
        const wanted = (name: string, x: string, params: Obj): string[] =>
          parametersOf(x, params).map((p) => `${name}.${pathOf(p)}`)
        return sameText(given.join('\n'), [...wanted('f', 'p', f.params), ...wanted('g', 'q', g.params)].join('\n'))
      },
    }),
  ]
  return { name: 'models', subject: s.name, parents: [], laws }
}
