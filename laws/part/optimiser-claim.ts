import { object, types } from '../../src/object/index.js'
import type { Law } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import { scaleClaims, rateClaims } from './optimiser-scale.js'
import { claim, type Subject } from './optimiser-subject.js'
import { symmetryClaims } from './optimiser-symmetry.js'
import { trajectory } from './trajectory.js'
import type { Values } from '../value/bounds.js'
import { times } from './vector.js'

/**
 * What an optimiser may claim, of a run of up to three gradients from the first state; δ is the movement of a step, Δ the
 * distance from the start.
 *
 * - `fixedAtStart`: zero gradients from the first state leave p where it is.
 * - `fixedAnywhere`: a zero gradient does, at every state that is reached.
 * - `product`: training parts is training the whole, opt(P ⊗ Q) = opt(P) ⊗ opt(Q): it may be used layer by layer.
 * - `permutation`: the order of the entries of a tensor does not matter.
 * - `reflection`: −p and −g lead to −p′.
 * - `orthogonal`: Hp and Hg lead to Hp′ for an orthogonal H, a Hadamard matrix.
 * - `translation`: p + c leads to p′ + c.
 * - `gradientEquivariant`: Δ(cg) = cΔ(g).
 * - `gradientInvariant`: Δ(cg) = Δ(g) for c > 0; `gradientInvariantUpToEpsilon`: but for a relative 2⁻¹⁰ where all |g| and |cg|
 *   are at least 1/4, which is what an ε ≤ 2⁻¹² beside a root of g² brings.
 * - `rateLinear`: Δ is linear in the rate. `boundedByRate`: no entry moves by more than the rate in a step.
 * - `descent`: a step of rate 2⁻¹⁰ from the first state does not go up on a convex quadratic.
 */
export type OptimiserClaim =
  | 'fixedAtStart'
  | 'fixedAnywhere'
  | 'product'
  | 'permutation'
  | 'reflection'
  | 'orthogonal'
  | 'translation'
  | 'gradientEquivariant'
  | 'gradientInvariant'
  | 'gradientInvariantUpToEpsilon'
  | 'rateLinear'
  | 'boundedByRate'
  | 'descent'

/** The laws of all claims that can be made of an optimiser; of a rule that is not made by its rate, none about rates. */
export function optimiserClaims(subject: Subject): { readonly [C in OptimiserClaim]?: Law } {
  const { on, at, rate } = subject
  const zero = (x: Values): Values => times(0, x)
  return {
    fixedAtStart: claim('fixedAtStart', 'p′ = p for g = 0, from the first state', (s) => {
      const points = trajectory(on(s.space), s.p, s.gradients.map(zero))
      return sameValues(
        points.flat(),
        points.flatMap(() => s.p),
      )
    }),
    fixedAnywhere: claim('fixedAnywhere', 'p′ = p for g = 0, at every state that is reached', (s) => {
      const points = trajectory(on(s.space), s.p, [...s.gradients, zero(s.p)])
      return sameValues(points.at(-1) ?? [], points.at(-2) ?? [])
    }),
    product: claim('product', 'opt(P ⊗ Q) = opt(P) ⊗ opt(Q)', (s) => {
      const cut = (s.n[30] ?? 0) % (s.p.length + 1)
      const part = (from: number, to: number): readonly Values[] => {
        const of = (x: Values): Values => x.slice(from, to)
        return trajectory(on(object(types(s.space).slice(from, to))), of(s.p), s.gradients.map(of))
      }
      const [left, right] = [part(0, cut), part(cut, s.p.length)]
      return sameValues(
        trajectory(on(s.space), s.p, s.gradients).flat(),
        left.flatMap((x, i) => [...x, ...(right[i] ?? [])]),
      )
    }),
    ...symmetryClaims(on),
    ...scaleClaims(on),
    ...(at === undefined ? {} : rateClaims(on, at, rate)),
  }
}
