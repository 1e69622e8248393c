import { dtypes, type Dtype } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import type { Entries } from '../../src/structure/index.js'
import { retype } from '../../src/term/index.js'
import { sameValues } from '../value/compare.js'
import { context } from '../subject/context.js'
import { equationBetween } from '../subject/equation.js'
import { law, type LawSet } from '../law/law.js'
import { rounding, type Rounded } from '../value/rounding.js'
import { termsByNormalForm, type ValueSubject } from '../subject/term-subject.js'

/**
 * The laws of the change of rig from the integers to another: one syntax, differentiated once, read anywhere. The
 * subject's dtype is `integer`, the initial ring, and h its homomorphism to the ring of `to`.
 */
export function changeOfRig(s: ValueSubject, to: Dtype): LawSet {
  const [from, source] = [termsByNormalForm({ dtype: s.dtype }), 'the integers are the initial ring']
  const scalars = rounding(s.interpreter)
  const image = (xs: readonly Entries<Rounded>[]): readonly Entries<Rounded>[] =>
    xs.map((x) => {
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
      forall: context(s, { f: 'A → B' }, 4),
      holds: ({ values: { f }, point }) => {
        const x = s.point(f.dom, point)
        return sameValues(s.values(retype(f, to, s.dtype), image(x)), image(s.values(f, x)))
      },
    }),
  ]
  return { name: `change of rig to ${to} (${dtypes[to].rig})`, subject: s.name, parents: [], laws }
}
