import { dtypes, product, types, type Dtype } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import { add, multiply } from '../../src/primitive/index.js'
import type { Entries, Wire } from '../../src/structure/index.js'
import { diagram, retype, type Grammar } from '../../src/term/index.js'
import { context } from '../subject/context.js'
import { equation, equationBetween } from '../subject/equation.js'
import { law, type LawSet } from '../law/law.js'
import { termsByNormalForm, type ValueSubject } from '../subject/term-subject.js'
import { rounding, type Rounded } from '../value/rounding.js'
import { shown } from '../subject/shown.js'
import { boundsAt, sameFound } from '../value/bounds.js'

/**
 * The laws of the change of rig along a homomorphism h from the rig of a subject's dtype to that of another: one syntax,
 * differentiated once, read anywhere. Out of the integers, the initial ring, there is one to every ring.
 */
export function changeOfRig(s: ValueSubject, to: Dtype, grammar?: Grammar): LawSet {
  const source = s.dtype === 'integer' ? 'the integers are the initial ring' : 'a homomorphism of rings'
  const options = grammar === undefined ? {} : { grammar }
  const from = termsByNormalForm({ dtype: s.dtype, ...options })
  const scalars = rounding(s.interpreter)
  const bounds = boundsAt(s.interpreter)
  const image = (xs: readonly Entries<Rounded>[]): readonly Entries<Rounded>[] =>
    xs.map((x) => {
      if (x.dtype !== s.dtype) return x
      const [here, there] = [scalars(x.dtype), scalars(to)]
      return { dtype: to, shape: x.shape, data: Array.from(x.data, (a) => there.convert(a, here)) }
    })
  const laws = [
    equationBetween(from, termsByNormalForm({ dtype: to }), {
      name: 'derivatives',
      equation: 'retype(R[f]) = R[retype(f)]',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [retype(reverseDerivative(f), to, s.dtype), reverseDerivative(retype(f, to, s.dtype))],
    }),
    law({
      name: 'evaluation',
      equation: 'retype(f)(h(x)) = h(f(x))',
      source,
      forall: shown(s, context(s, { f: 'A → B' }, 4)),
      holds: ({ values: { f }, point }) => {
        const x = s.point(f.dom, point)
        const [there, here] = [bounds(retype(f, to, s.dtype), image(x)), bounds(f, x)]
        return sameFound(there, { ...here, values: image(here.values) })
      },
    }),
  ]
  return { name: 'change of rig', subject: `${s.name} to ${to} (${dtypes[to].rig})`, parents: [], laws }
}

/** R respects the equations of a ring: what tells rings from rigs that saturate, where RD.1 and RD.5 do not. */
export function ringDerivative(s: ValueSubject): LawSet {
  const laws = [
    equation(s, {
      name: 'distributivity',
      equation: 'R[x(y + z)] = R[xy + xz]',
      source: 'R is defined on morphisms, not on their notation',
      forall: { A: 'object' },
      holds: ({ A }) => {
        const n = types(A).length
        const program = (f: (x: Wire, y: Wire, z: Wire) => Wire): ReturnType<typeof reverseDerivative> =>
          s.category.reverse(
            diagram(product(product(A, A), A), (w) =>
              types(A).map((_, i) => f(w[i] as Wire, w[n + i] as Wire, w[2 * n + i] as Wire)),
            ),
          )
        return [program((x, y, z) => multiply(x, add(y, z))), program((x, y, z) => add(multiply(x, y), multiply(x, z)))]
      },
    }),
  ]
  return { name: 'derivative of a ring', subject: s.name, parents: [], laws }
}
