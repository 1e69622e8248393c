import { differential } from '../../../laws/structure/differential.js'
import { reference, termsByValue, type LawSet } from '../../../laws/index.js'
import { forward } from '../../../laws/laws.js'
import type { Obj } from '../../../src/object/index.js'
import { add, multiply } from '../../../src/primitive/index.js'
import type { ReverseDerivative, Wire } from '../../../src/structure/index.js'
import { diagram, type Term } from '../../../src/term/index.js'
import type { Mutant } from './mutant.js'

type Derivative = (c: ReverseDerivative<Obj, Term>, f: Term) => Term

const sets =
  (derivative: Derivative): (() => readonly LawSet[]) =>
  () => [differential(termsByValue(reference, { dtype: 'integer' }), derivative)]
/** D with what it answers changed. */
const answering =
  (change: (w: Wire, i: number, count: number) => Wire): Derivative =>
  (c, f) => {
    const d = forward(c, f)
    return diagram(d.dom, (x, algebra) => {
      const out = algebra.box(d, x)
      return out.map((w, i) => change(w, i, out.length))
    })
  }
const doubled = answering((w) => multiply(2, w))
const more = answering((w) => add(w, 1))
/** `D[f](x, v ∘ x)`. */
const scaled: Derivative = (c, f) => {
  const d = forward(c, f)
  const n = f.dom.length
  return diagram(d.dom, (x, algebra) =>
    algebra.box(d, [...x.slice(0, n), ...x.slice(n).map((v, i) => multiply(v, x[i] as Wire))]),
  )
}

/** Forward derivatives with a mistake. */
export const differentialMutants: readonly Mutant[] = [
  ...['CD.1', 'CD.1 at zero', 'CD.2 at zero'].map((law) => ({
    mistake: `a derivative that adds one (${law})`,
    sets: sets(more),
    killedBy: `differential/${law}`,
  })),
  ...['CD.3 at 1', 'CD.3 at π₀', 'CD.3 at π₁', 'CD.5', 'CD.5 at equal objects', 'CD.6', 'CD.6 at generators'].map(
    (law) => ({
      mistake: `twice the derivative (${law})`,
      sets: sets(doubled),
      killedBy: `differential/${law}`,
    }),
  ),
  {
    mistake: 'a derivative that is quadratic in its direction',
    sets: sets(answering((w) => multiply(w, w))),
    killedBy: 'differential/CD.2',
  },
  {
    mistake: 'a derivative that doubles the last of its answers',
    sets: sets(answering((w, i, count) => (i === count - 1 ? multiply(2, w) : w))),
    killedBy: 'differential/CD.4',
  },
  ...['CD.7', 'CD.7 at generators'].map((law) => ({
    mistake: `a derivative whose direction is scaled by the point (${law})`,
    sets: sets(scaled),
    killedBy: `differential/${law}`,
  })),
]
