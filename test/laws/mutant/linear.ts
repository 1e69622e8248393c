import { linear } from '../../../laws/structure/linear.js'
import { linearGrammar, polynomialGrammar, reference, termsByValue, type LawSet } from '../../../laws/index.js'
import { differentialTerms, reverseDerivative } from '../../../src/optic/index.js'
import { add, broadcast, linear as linearRule, multiply } from '../../../src/primitive/index.js'
import { compose, diagram, type Term } from '../../../src/term/index.js'
import type { Mutant } from './mutant.js'
import { withRule } from './reverse.js'

const sets = (reverse: (f: Term) => Term, grammar = linearGrammar('integer')): (() => readonly LawSet[]) => {
  const category = { ...differentialTerms, reverse }
  return () => [linear(termsByValue(reference, { dtype: 'integer', grammar, category }))]
}
const doubled = (f: Term): Term =>
  compose(
    reverseDerivative(f),
    diagram(f.dom, (x) => x.map((w) => multiply(2, w))),
  )
const more = (f: Term, k: number): Term => {
  const r = reverseDerivative(f)
  return diagram(r.dom, (x, algebra) => algebra.box(r, x).map((w, i) => (k === 0 ? add(w, x[i] ?? w) : add(w, k))))
}
const halved = (f: Term): Term => {
  if (f.kind !== 'tensor') return reverseDerivative(f)
  const r = reverseDerivative(f)
  const [first] = f.parts
  return diagram(r.dom, (x, algebra) =>
    algebra.box(r, x).map((w, i) => (i < (first?.dom.length ?? 0) ? w : multiply(0, w))),
  )
}

/** Daggers with a mistake. */
export const linearMutants: readonly Mutant[] = [
  ...(['contravariance', 'identity', 'projection', 'copy', 'derivative'] as const).map((law) => ({
    mistake: `a dagger that is twice the transpose (${law})`,
    sets: sets(doubled),
    killedBy: `linear maps/${law}`,
  })),
  {
    mistake: 'a dagger that forgets the second of two maps side by side',
    sets: sets(halved),
    killedBy: 'linear maps/tensor',
  },
  {
    mistake: 'programs that multiply',
    sets: sets(reverseDerivative, polynomialGrammar('integer')),
    killedBy: 'linear maps/additivity',
  },
  {
    mistake: 'programs that have constants',
    sets: sets(reverseDerivative, polynomialGrammar('integer')),
    killedBy: 'linear maps/additivity at zero',
  },
  {
    mistake: 'a dagger of sums that is twice too large',
    sets: sets(
      withRule(
        'sum',
        linearRule(({ axes }, dy, [x]) => [multiply(2, broadcast(dy, axes as readonly number[], x?.shape ?? []))]),
      ),
    ),
    killedBy: 'linear maps/involution',
  },
  { mistake: 'a reverse derivative that adds one', sets: sets((f) => more(f, 1)), killedBy: 'linear maps/discard' },
  {
    mistake: 'a reverse derivative that adds its point',
    sets: sets((f) => more(f, 0)),
    killedBy: 'linear maps/reverse derivative',
  },
  { mistake: 'a dagger that adds one, on pairs', sets: sets((f) => more(f, 1)), killedBy: 'linear maps/pairing' },
]
