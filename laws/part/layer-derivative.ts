import { showType, types, type Obj } from '../../src/object/index.js'
import type { Entries } from '../../src/structure/index.js'
import { expand, type Term } from '../../src/term/index.js'
import { law, type Law, type Sides } from '../law/law.js'
import { sameText, sameValues } from '../value/compare.js'
import type { Dual } from '../value/interpreter.js'
import { reference } from '../value/reference.js'
import type { Rounded } from '../value/rounding.js'
import { scalars } from './vector.js'
import { pointLaw, reverseOf, rigOf, spacesOf, valuesOf, varies, wireLaw, type Morphism } from './layer-morphism.js'
import type { Values } from '../value/bounds.js'
import { space, type Space } from './layer-point.js'
import { plus, zeros } from './layer-wire.js'

const axioms = 'Cockett et al., Reverse derivative categories, 2020, Def. 13'
const griewank = 'Griewank and Walther, Evaluating Derivatives, 2008, 3.3'

const tangent = ({ term, split }: Morphism): Space => space(split === 0 ? ': A' : ': P ⊗ A', types(term.dom))

/** What R of a term has to satisfy, whatever the term is. */
export function derivativeLaws(ms: readonly Morphism[]): readonly Law[] {
  return [
    gradientTypes(ms),
    wireLaw(ms, {
      name: 'zero cotangent',
      equation: 'R[f](x, 0) = 0',
      source: axioms,
      forall: (m) => ({ x: spacesOf(m).dom }),
      sides: ({ m, on, algebra }, { x }) => [
        on(reverseOf(m.term), x, zeros(algebra, types(m.term.cod))),
        zeros(algebra, types(m.term.dom)),
      ],
    }),
    wireLaw(ms, {
      name: 'RD.2',
      equation: 'R[f](x, v + w) = R[f](x, v) + R[f](x, w)',
      source: axioms,
      forall: (m) => ({ x: spacesOf(m).dom, v: spacesOf(m).B, w: spacesOf(m).B }),
      sides({ m, on }, { x, v, w }) {
        const r = reverseOf(m.term)
        return [on(r, x, plus(v, w)), plus(on(r, x, v), on(r, x, w))]
      },
    }),
    pointLaw(ms, {
      name: 'dot test',
      equation: '⟨w, D[f](x, v)⟩ = ⟨R[f](x, w), v⟩, D by dual numbers',
      source: griewank,
      forall: (m) => ({ x: spacesOf(m).dom, v: tangent(m), w: spacesOf(m).B }),
      holds: ({ term }, { x, v, w }) => adjoint(term, x, v, w),
    }),
    pointLaw(ms, {
      name: 'second derivatives',
      equation: '⟨u, D[R[f]](x, w, v, y)⟩ = ⟨R[R[f]](x, w, u), (v, y)⟩, D by dual numbers',
      source: griewank,
      forall: (m) => ({ x: spacesOf(m).dom, w: spacesOf(m).B, v: tangent(m), y: spacesOf(m).B, u: tangent(m) }),
      holds: ({ term }, { x, w, v, y, u }) => adjoint(reverseOf(term), [...x, ...w], [...v, ...y], u),
    }),
  ]
}

/** `R[f] = R[f with its boxes opened]`: a box may bring an optic of its own, if it is that of what stands in it. */
export function expansionLaw(ms: readonly Morphism[]): Law {
  const opened = new Map<Term, Term>()
  const open = (f: Term): Term => {
    const known = opened.get(f) ?? expand(f)
    opened.set(f, known)
    return known
  }
  return pointLaw(ms, {
    name: 'boxes opened',
    equation: 'R[f] = R[f with its boxes opened]',
    source: 'the optic of a box is that of its expansion',
    forall: (m) => ({ x: spacesOf(m).dom, w: spacesOf(m).B }),
    holds: ({ term }, { x, w }) =>
      sameValues(valuesOf(reverseOf(term), [...x, ...w]), valuesOf(reverseOf(open(term)), [...x, ...w])),
  })
}

function gradientTypes(ms: readonly Morphism[]): Law {
  return law<Morphism>({
    name: 'types of gradients',
    equation: 'R[f] : A ⊗ B → A',
    source: axioms,
    forall: { text: 'f : A → B', show: ({ name }) => ({ f: name }), all: () => ms },
    holds: ({ term }) => {
      const list = (...ends: readonly Obj[]): string => ends.flatMap(types).map(showType).join(' ⊗ ') || 'I'
      const r = reverseOf(term)
      return sameText(`${list(r.dom)} → ${list(r.cod)}`, `${list(term.dom, term.cod)} → ${list(term.dom)}`)
    },
  })
}

/** Both sides of the dot test of a term, over the tensors that vary with its rig. */
function adjoint(f: Term, x: Values, v: Values, w: Values): Sides {
  return sameValues([inner(f, w, tangents(f, x, v))], [inner(f, valuesOf(reverseOf(f), [...x, ...w]), v)])
}

const duals = reference.dual(scalars)

/** x with tangents v at what varies, over another arithmetic. */
function along<T>(
  f: Term,
  x: readonly Entries<T>[],
  tangentAt: (i: number, k: number) => T,
  zero: (i: number) => T,
): readonly Entries<Dual<T>>[] {
  const rig = rigOf(f)
  return x.map((a, i) => ({
    ...a,
    data: Array.from(a.data, (value, k) => ({ value, tangent: varies(a.dtype, rig) ? tangentAt(i, k) : zero(i) })),
  }))
}

/** `D[f](x, v)` by dual numbers. */
function tangents(f: Term, x: Values, v: Values): Values {
  const zero = (i: number): Rounded => scalars(x[i]?.dtype ?? 'float64').zero
  const point = along<Rounded>(f, x, (i, k) => v[i]?.data[k] ?? zero(i), zero)
  return reference.interpret(f, point, duals).map((a) => ({ ...a, data: Array.from(a.data, ({ tangent }) => tangent) }))
}

/** `D[D[f]](x, u, v, 0)` by dual numbers over dual numbers: the second derivative along u and v. */
export function curvature(f: Term, x: Values, u: Values, v: Values): Values {
  const zero = (i: number): Rounded => scalars(x[i]?.dtype ?? 'float64').zero
  const once = along<Rounded>(f, x, (i, k) => u[i]?.data[k] ?? zero(i), zero)
  const none = (i: number): Dual<Rounded> => ({ value: zero(i), tangent: zero(i) })
  const twice = along<Dual<Rounded>>(f, once, (i, k) => ({ value: v[i]?.data[k] ?? zero(i), tangent: zero(i) }), none)
  return reference
    .interpret(f, twice, reference.dual(duals))
    .map((a) => ({ ...a, data: Array.from(a.data, ({ tangent }) => tangent.tangent) }))
}

/** `Σ aᵢ bᵢ` over what varies with the rig of a term, a scalar there. */
function inner(f: Term, a: Values, b: Values): Entries<Rounded> {
  const dtype = rigOf(f)
  const rig = scalars(dtype)
  let total = rig.zero
  for (const [i, t] of a.entries()) {
    if (!varies(t.dtype, dtype)) continue
    const own = scalars(t.dtype)
    for (let k = 0; k < t.data.length; k++) {
      const entry = own.multiply(t.data[k] ?? own.zero, b[i]?.data[k] ?? own.zero)
      total = rig.add(total, t.dtype === dtype ? entry : rig.convert(entry, own))
    }
  }
  return { dtype, shape: [], data: [total] }
}
