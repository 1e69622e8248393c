import { size, type Obj } from '../../src/object/index.js'
import type { Entries } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import { law, type LawSet } from '../law/law.js'
import { context } from '../subject/context.js'
import { functor } from '../structure/functor.js'
import { termsByValue, type ValueSubject } from '../subject/term-subject.js'
import { reference } from '../value/reference.js'
import type { Rounded } from '../value/rounding.js'
import { shown } from '../subject/shown.js'
import { boundsAt, sameFound, type Values } from '../value/bounds.js'

/** Examples in a batch. */
const n = 3

/** Batching as a functor of terms, `A ↦ A with an axis of examples in front`; its value is each example's. */
export function batching(
  name: string,
  batch: (n: number, f: Term) => Term,
  object: (n: number, a: Obj) => Obj,
): LawSet {
  const parents = (['float64', 'integer', 'bit'] as const).flatMap((dtype): LawSet[] => {
    const s = termsByValue(reference, { dtype })
    const named = `${name}, ${dtype}`
    return [
      functor({ name: named, from: s, to: s, object: (a) => object(n, a), morphism: (f) => batch(n, f) }),
      { name: 'batching', subject: named, parents: [], laws: [examplesLaw(s, batch, object)] },
    ]
  })
  return { name: 'batching', subject: name, parents, laws: [] }
}

function examplesLaw(
  s: ValueSubject,
  batch: (n: number, f: Term) => Term,
  object: (n: number, a: Obj) => Obj,
): ReturnType<typeof law> {
  const bounds = boundsAt(reference)
  return law({
    name: 'examples',
    equation: 'batch(f)([x₁, …, xₙ]) = [f(x₁), …, f(xₙ)]',
    source: 'a batch is its examples side by side',
    forall: shown(s, context(s, { f: 'A → B' }, 6)),
    holds({ values: { f }, point }) {
      const x = s.point(object(n, f.dom), point)
      const rows = Array.from({ length: n }, (_, i) => bounds(f, rowsAt(x, i)))
      const together = bounds(batch(n, f), x)
      const apart = { values: stack(rows.map((r) => r.values)), undecided: rows.some((r) => r.undecided) }
      return sameFound(together, apart)
    },
  })
}

function rowsAt(x: Values, i: number): Values {
  return x.map((t) => {
    const shape = t.shape.slice(1)
    const width = size(shape)
    return { ...t, shape, data: Array.from(t.data).slice(i * width, (i + 1) * width) }
  })
}

function stack(rows: readonly Values[]): Values {
  const [first = []] = rows
  return first.map((t, k): Entries<Rounded> => ({
    ...t,
    shape: [rows.length, ...t.shape],
    data: rows.flatMap((r) => Array.from((r[k] as Entries<Rounded>).data)),
  }))
}
