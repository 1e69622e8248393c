import { objectOf, product, showType, types, type Obj } from '../../src/object/index.js'
import { initialise } from '../../src/learn/index.js'
import { leavesOf, parameterObject, pathOf, type Untyped } from '../../src/optic/index.js'
import type { Entries } from '../../src/structure/index.js'
import { flatten } from '../../src/term/index.js'
import { law, type Law } from '../law/law.js'
import { sameText, sameValues } from '../value/compare.js'
import type { Plain } from '../value/interpreter.js'
import { given, type Rounded } from '../value/rounding.js'
import { areNumbers } from '../value/bounded.js'
import { pointLaw, reverseOf, spacesOf, valuesOf, wireLaw, type Morphism } from './layer-morphism.js'

/** What a term has to satisfy as a program: it is a function, and the notation of it does not matter. */
export function programLaws(ms: readonly Morphism[]): readonly Law[] {
  return [
    wireLaw(ms, {
      name: 'determinism',
      equation: 'f(p, x) = f(p, x)',
      source: 'a morphism is a function: it keeps no state and draws nothing',
      forall: (m) => ({ x: spacesOf(m).dom }),
      sides: ({ m, on }, { x }) => [on(m.term, x), on(m.term, x)],
    }),
    pointLaw(ms, {
      name: 'normal form',
      equation: 'flatten f = f',
      source: 'operations that are said to commute do',
      forall: (m) => ({ x: spacesOf(m).dom }),
      holds: ({ term }, { x }) => sameValues(valuesOf(flatten(term), x), valuesOf(term, x)),
    }),
  ]
}

/** No NaN comes of points where inputs are said to lie, forwards and backwards. */
export function numbersLaw(ms: readonly Morphism[]): Law {
  return pointLaw(ms, {
    name: 'numbers',
    equation: 'f(x) and R[f](x, w) are numbers, for all x where inputs are said to lie',
    source: 'NaN is no element of a rig',
    forall: (m) => ({ x: spacesOf(m).dom, w: spacesOf(m).B }),
    holds: ({ term }, { x, w }) => areNumbers([...valuesOf(term, x), ...valuesOf(reverseOf(term), [...x, ...w])]),
  })
}

const list = (a: Obj): string => types(a).map(showType).join(' ⊗ ') || 'I'

/** `f : P ⊗ A → B` as its declaration has it, P's tree the list of its parameters. */
export function declarationLaw(model: Untyped): Law {
  const declared = (parameters: readonly string[], dom: Obj, cod: Obj): string =>
    [...parameters, `${list(dom)} → ${list(cod)}`].join('\n')
  return law<Untyped>({
    name: 'types',
    equation: 'f : P ⊗ A → B',
    source: 'a model is its term, and says of what type',
    forall: { text: 'f', show: () => ({}), all: () => [model] },
    holds: ({ params, parameters, dom, cod, term }) => {
      const tree = leavesOf(params).map(({ path, type }) => `${path.join('.')} ${showType(type)}`)
      const names = parameters.map((p) => `${pathOf(p)} ${showType(p.type)}`)
      const whole = product(parameterObject({ parameters }), objectOf(dom))
      const once = [...new Map(parameters.map((p, i) => [pathOf(p), names[i] ?? '']))].map(([, text]) => text)
      return sameText(
        [...names, declared(names, term.dom, term.cod)].join('\n'),
        [...tree, declared(once, whole, objectOf(cod))].join('\n'),
      )
    },
  })
}

/** Parameters are drawn finite, and equal for equal seeds. */
export function initialLaw(model: Untyped): Law {
  const numbers = (seed: number): readonly Entries<Rounded>[] => leaves(initialise(model, seed))
  return law<number>({
    name: 'first parameters',
    equation: 'initialise(f, seed) = initialise(f, seed), finite',
    source: 'parameters are drawn from the key of their path',
    forall: {
      text: 'seed in {0, …, 15}',
      show: (seed) => ({ seed: String(seed) }),
      all: () => Array.from({ length: 16 }, (_, i) => i),
    },
    holds(seed) {
      const first = numbers(seed)
      const finite = first.map((t) => ({ ...t, data: Array.from(t.data, (a) => given(finiteOr0(a.value))) }))
      return sameValues([...numbers(seed), ...finite], [...first, ...first])
    },
  })
}

const finiteOr0 = (x: Plain): Plain => (Number.isFinite(Number(x)) ? x : 0)

/** The tensors of a tree. */
function leaves(tree: unknown): readonly Entries<Rounded>[] {
  if (typeof tree !== 'object' || tree === null) return []
  if (!('data' in tree)) return Object.values(tree).flatMap(leaves)
  const { dtype, shape, data } = tree as Entries<Plain>
  return [{ dtype, shape, data: Array.from(data, given) }]
}
