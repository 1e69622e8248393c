import { product, types, type Obj } from '../../src/object/index.js'
import { compose, copy, discard, identity, swap, tensor as beside, type Term } from '../../src/term/index.js'
import { context, type Context, type Given } from '../subject/context.js'
import type { ValueSubject } from '../subject/term-subject.js'
import { law, type Law, type Sides } from '../law/law.js'
import type { Evaluator } from './interpreter-evaluator.js'
import { tensor, within } from './interpreter-value.js'
import { sameFound, type Bounds, type Values } from '../value/bounds.js'

const source = 'Mac Lane, Categories for the Working Mathematician, I.3 and XI.2'

/** An evaluator is a strict symmetric monoidal functor, and keeps copies and discards. */
export function functorLaws(evaluator: Evaluator, s: ValueSubject, bounds: Bounds): readonly Law[] {
  const run = (f: Term, x: readonly ReturnType<typeof tensor>[]) => evaluator.run(f, x)
  /** Two ways to run a term, within the bounds of it. */
  const sides = (whole: Term, x: Values, apart: (x: ReturnType<typeof tensor>[]) => ReturnType<typeof run>): Sides => {
    const found = bounds(whole, x)
    const [lhs, rhs] = [run(whole, x.map(tensor)), apart(x.map(tensor))]
    return sameFound({ ...found, values: within(lhs, found.values) }, { ...found, values: within(rhs, found.values) })
  }
  const stated = <const C extends Context>(
    name: string,
    equation: string,
    variables: C,
    holds: (given: Given<Obj, Term, C>) => Sides,
  ): Law => law({ name, equation, source, forall: context(s, variables, 4), holds })
  return [
    stated('composition', 'I(f ; g)(x) = I(g)(I(f)(x))', { f: 'A → B', g: 'B → C' }, ({ values: { f, g }, point }) =>
      sides(compose(f, g), s.point(f.dom, point), (x) => run(g, run(f, x))),
    ),
    stated('tensor', 'I(f ⊗ g)(x, y) = (I(f)(x), I(g)(y))', { f: 'A → B', g: 'C → D' }, ({ values: { f, g }, point }) =>
      sides(beside(f, g), s.point(product(f.dom, g.dom), point), (x) => [
        ...run(f, x.slice(0, f.dom.length)),
        ...run(g, x.slice(f.dom.length)),
      ]),
    ),
    stated(
      'tensor at equal objects',
      'I(f ⊗ g)(x, y) = (I(f)(x), I(g)(y))',
      { f: 'A → B', g: 'A → C' },
      ({ values: { f, g }, point }) =>
        sides(beside(f, g), s.point(product(f.dom, g.dom), point), (x) => [
          ...run(f, x.slice(0, f.dom.length)),
          ...run(g, x.slice(f.dom.length)),
        ]),
    ),
    stated('identity', 'I(1)(x) = x', { A: 'object' }, ({ values: { A }, point }) =>
      sides(identity(A), s.point(A, point), (x) => x),
    ),
    stated('copy', 'I(Δ)(x) = (x, x)', { A: 'object' }, ({ values: { A }, point }) =>
      sides(copy(A), s.point(A, point), (x) => [...x, ...x]),
    ),
    stated('discard', 'I(!)(x) = ()', { A: 'object' }, ({ values: { A }, point }) =>
      sides(discard(A), s.point(A, point), () => []),
    ),
    stated('symmetry', 'I(σ)(x, y) = (y, x)', { A: 'object', B: 'object' }, ({ values: { A, B }, point }) =>
      sides(swap(A, B), s.point(product(A, B), point), (x) => [
        ...x.slice(types(A).length),
        ...x.slice(0, types(A).length),
      ]),
    ),
  ]
}
