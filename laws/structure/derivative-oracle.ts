import type { Obj } from '../../src/object/index.js'
import type { Entries } from '../../src/structure/index.js'
import { flatten, type Term } from '../../src/term/index.js'
import { sameValues } from '../value/compare.js'
import { context, generators, type Given, type Program } from '../subject/context.js'
import { equation } from '../subject/equation.js'
import type { Dual } from '../value/interpreter.js'
import { law, type LawSet, type Sides, type Variables } from '../law/law.js'
import { forward } from './reverse-derivative.js'
import type { Values } from '../value/bounds.js'
import { rounding, type Rounded } from '../value/rounding.js'
import type { ValueSubject } from '../subject/term-subject.js'

/**
 * R against dual numbers, a derivative that does not use R. The axioms of a reverse derivative category do not fix it:
 * one that forgets to transpose square matrices satisfies them all.
 */
export function derivativeOracle(s: ValueSubject): LawSet {
  const c = s.category
  const scalars = rounding(s.interpreter)
  const pointed = <V extends Variables<At>>(variables: V): V => ({
    ...variables,
    show: (at: At) => ({ ...variables.show(at), ...shownPoint(s, at) }),
  })
  const programs = pointed(context(s, { f: 'A → B' }, 4))
  const adjoint = {
    equation: '⟨w, D[f](x, v)⟩ = ⟨R[f](x, w), v⟩, D by dual numbers',
    source: 'Griewank and Walther, Evaluating Derivatives, 2008, 3.3',
    holds: ({ values: { f }, point }: At): Sides => {
      const x = s.point(f.dom, point)
      const v = s.point(f.dom, point.slice(3))
      const w = s.point(f.cod, point.slice(5))
      return sameValues(inner(s, w, tangents(s, f, x, v)), inner(s, s.values(c.reverse(f), [...x, ...w]), v))
    },
  }
  const laws = [
    law({ name: 'dot test', forall: programs, ...adjoint }),
    law({ name: 'dot test at generators', forall: pointed(generators(s)), ...adjoint }),
    law({
      name: 'forward from reverse',
      equation: '(i₀ ⊗ 1) ; R[R[f]] ; π₁ = D[f], D by dual numbers',
      source: 'Cockett et al., Reverse derivative categories, 2020, Thm 16',
      forall: programs,
      holds: ({ values: { f }, point }) => {
        const x = s.point(f.dom, point)
        const v = s.point(f.dom, point.slice(3))
        return sameValues(s.values(forward(c, f), [...x, ...v]), tangents(s, f, x, v))
      },
    }),
    equation(s, {
      name: 'normal forms',
      equation: 'R[flatten f] = R[f]',
      source: 'R is defined on morphisms, not on their notation',
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.reverse(flatten(f)), c.reverse(f)],
    }),
  ]
  return { name: 'derivative oracle', subject: s.name, parents: [], laws }

  function tangents(subject: ValueSubject, f: Term, x: Values, v: Values): Values {
    const dual = x.map((a, i): Entries<Dual<Rounded>> => {
      const along = v[i]?.data ?? []
      const tangent = (k: number): Rounded => along[k] ?? scalars(a.dtype).zero
      return { ...a, data: Array.from(a.data, (value, k) => ({ value, tangent: tangent(k) })) }
    })
    return subject.interpreter
      .interpret(f, dual, subject.interpreter.dual(scalars))
      .map((a) => ({ ...a, data: Array.from(a.data, ({ tangent }) => tangent) }))
  }

  /** `Σ aᵢ bᵢ`, as a list of one scalar. */
  function inner(subject: ValueSubject, a: Values, b: Values): Values {
    const rig = scalars(subject.dtype)
    let total = rig.zero
    for (const [i, t] of a.entries())
      for (let k = 0; k < t.data.length; k++)
        total = rig.add(total, rig.multiply(t.data[k] ?? rig.zero, b[i]?.data[k] ?? rig.zero))
    return [{ dtype: subject.dtype, shape: [], data: [total] }]
  }
}

/** x, the direction v and the cotangent w that a law speaks of. */
function shownPoint(s: ValueSubject, { values: { f }, point }: At): Readonly<Record<string, string>> {
  return {
    x: s.showPoint(f.dom, point),
    v: s.showPoint(f.dom, point.slice(3)),
    w: s.showPoint(f.cod, point.slice(5)),
  }
}

type At = Given<Obj, Term, Program>
