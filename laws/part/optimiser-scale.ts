import type { Obj } from '../../src/object/index.js'
import type { Law } from '../law/law.js'
import { atMost } from '../value/bounded.js'
import { sameValues } from '../value/compare.js'
import { claim, distances, movements } from './optimiser-subject.js'
import { away, trajectory, type Running, type Setting } from './trajectory.js'
import type { Values } from '../value/bounds.js'
import { mapped, minus, scalars, times } from './vector.js'

const scales = [1 / 2, 2, 3, 1 / 4]
const scaleOf = (s: Setting): number => scales[(s.n[30] ?? 0) % scales.length] ?? 2
const size = (x: Values): Values => mapped(x, (a) => (a.value < 0 ? scalars('float64').negate(a) : a))

/** The claims about gradients that are scaled. */
export function scaleClaims(
  on: (space: Obj) => Running,
): Readonly<Record<'gradientEquivariant' | 'gradientInvariant' | 'gradientInvariantUpToEpsilon', Law>> {
  const scaled = (s: Setting): readonly Values[] => s.gradients.map((g) => times(scaleOf(s), g))
  return {
    gradientEquivariant: claim('gradientEquivariant', 'Δ(cg) = cΔ(g)', (s) => {
      const r = on(s.space)
      return sameValues(distances(r, s, scaled(s)).flat(), times(scaleOf(s), distances(r, s, s.gradients).flat()))
    }),
    gradientInvariant: claim('gradientInvariant', 'Δ(cg) = Δ(g) for c > 0', (s) => {
      const r = on(s.space)
      return sameValues(distances(r, s, scaled(s)).flat(), distances(r, s, s.gradients).flat())
    }),
    gradientInvariantUpToEpsilon: claim(
      'gradientInvariantUpToEpsilon',
      '|δ(cg) − δ(g)| ≤ 2⁻¹⁰ max |δ(g)| in a run with c > 0, |g| ≥ 1/4, |cg| ≥ 1/4: it is ε / |g| for an ε ≤ 2⁻¹²',
      (s) => {
        const r = on(s.space)
        const plain = movements(r, s, s.gradients).flat()
        const furthest = size(plain)
          .flatMap((t) => Array.from(t.data))
          .reduce((a, b) => (b.value > a.value ? b : a), scalars('float64').zero)
        return atMost(
          size(minus(movements(r, s, scaled(s)).flat(), plain)),
          times(
            2 ** -10,
            mapped(plain, () => furthest),
          ),
        )
      },
      { entry: (k) => 4 * away(k) },
    ),
  }
}

/** The claims about the rate, of a rule that is made by it. */
export function rateClaims(
  on: (space: Obj) => Running,
  at: (rate: number) => (space: Obj) => Running,
  rate: number,
): Readonly<Record<'rateLinear' | 'boundedByRate' | 'descent', Law>> {
  return {
    rateLinear: claim('rateLinear', 'Δ at rate cε = c Δ at rate ε, c > 0', (s) => {
      const c = scaleOf(s)
      return sameValues(
        distances(at(c * rate)(s.space), s, s.gradients).flat(),
        times(c, distances(on(s.space), s, s.gradients).flat()),
      )
    }),
    boundedByRate: claim('boundedByRate', '|δᵢ| ≤ ε in every step', (s) => {
      const moves = movements(on(s.space), s, s.gradients).flat()
      return atMost(
        size(moves),
        mapped(moves, () => scalars('float64').of(rate)),
      )
    }),
    descent: claim('descent', 'f(p′) ≤ f(p) for f = ½ Σ aᵢpᵢ², a > 0, at rate 2⁻¹⁰', (s) => {
      const arithmetic = scalars('float64')
      const n = (i: number): number => s.n[i % s.n.length] ?? 0
      const a = mapped(s.p, (_, i) => arithmetic.of((n(i + 3) % 8) / 4 + 1 / 4))
      const p = mapped(s.p, (x, i) => (x.value === 0 ? arithmetic.of(away(n(i))) : x))
      const [, next = p] = trajectory(at(2 ** -10)(s.space), p, [product(a, p)])
      const height = (x: Values): Values => {
        const terms = product(a, product(x, x)).flatMap((t) => Array.from(t.data))
        return [
          { dtype: 'float64', shape: [], data: [terms.reduce((sum, y) => arithmetic.add(sum, y), arithmetic.zero)] },
        ]
      }
      return atMost(height(next), height(p))
    }),
  }
}

/** The product of entries. */
function product(x: Values, y: Values): Values {
  const s = scalars('float64')
  return x.map((t, i) => ({ ...t, data: Array.from(t.data, (a, k) => s.multiply(a, y[i]?.data[k] ?? s.one)) }))
}
