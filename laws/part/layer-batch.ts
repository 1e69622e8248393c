import { types, type Type } from '../../src/object/index.js'
import { batch } from '../../src/compile/index.js'
import type { Wire } from '../../src/structure/index.js'
import type { Term } from '../../src/term/index.js'
import type { Law } from '../law/law.js'
import { reverseOf, wireLaw, type Morphism, type Wires } from './layer-morphism.js'
import { space, type Space } from './layer-point.js'
import { row, stacked, total } from './layer-wire.js'

/** Examples in a batch. */
const n = 3
const source = 'a batch is its examples side by side: the batching functor'

const many = ({ term, entries, batched }: Morphism): Space =>
  space(
    ': n examples',
    types(term.dom).map((t, i): Type => (batched[i] === true ? { ...t, shape: [n, ...t.shape] } : t)),
    entries,
  )

/** The i-th example: rows of what is batched, and what is shared. */
const example = (m: Morphism, x: Wires, i: number): Wires =>
  x.map((wire, k) => (m.batched[k] === true ? row(wire, i) : wire))

/** A batch of a morphism is the morphism on each example, and its gradient theirs: summed where examples share. */
export function batchLaws(ms: readonly Morphism[], smooth: readonly Morphism[] = ms): readonly Law[] {
  const made = new Map<Morphism, Term>()
  const batchOf = (m: Morphism): Term => {
    const known = made.get(m) ?? batch(n, m.term, m.batched)
    made.set(m, known)
    return known
  }
  const range = Array.from({ length: n }, (_, i) => i)
  const values = wireLaw(ms, {
    name: 'batch',
    equation: 'f(p, [x₁, …, xₙ]) = [f(p, x₁), …, f(p, xₙ)]',
    source,
    forall: (m) => ({ x: many(m) }),
    sides({ m, on }, { x }) {
      const rows = range.map((i) => on(m.term, example(m, x, i)))
      return [on(batchOf(m), x), types(m.term.cod).map((_, k) => stacked(rows.map((r) => r[k] as Wire)))]
    },
  })
  if (smooth.length === 0) return [values]
  return [
    values,
    wireLaw(smooth, {
      name: 'gradient of a batch',
      equation: 'R[f](p, [x₁, …, xₙ], [w₁, …, wₙ]) = (Σ ∂p(xᵢ, wᵢ), [∂x(x₁, w₁), …, ∂x(xₙ, wₙ)])',
      source,
      forall: (m) => ({ x: many(m), w: space(': B', types(batchOf(m).cod)) }),
      sides({ m, on }, { x, w }) {
        const one = reverseOf(m.term)
        const rows = range.map((i) =>
          on(
            one,
            example(m, x, i),
            w.map((v) => row(v, i)),
          ),
        )
        const joined = m.batched.map((b, k) => (b ? stacked : total)(rows.map((r) => r[k] as Wire)))
        return [on(reverseOf(batchOf(m)), x, w), joined]
      },
    }),
  ]
}
