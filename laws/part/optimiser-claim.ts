import { object, showObject, types, type Obj } from '../../src/object/index.js'
import type { AnyMove } from '../../src/optimiser/index.js'
import { law, type Law, type Sides } from '../law/law.js'
import { atMost } from '../value/bounded.js'
import { sameValues } from '../value/compare.js'
import type { Rounded } from '../value/rounding.js'
import { away, mapped, plus, running, scalars, settings, times, trajectory } from './trajectory.js'
import type { Running, Setting, Values } from './trajectory.js'

/**
 * What an optimiser may claim. Δ is the movement p′ − p along a run of up to three gradients from the first state.
 *
 * - `fixedAtStart`: zero gradients from the first state leave p where it is.
 * - `fixedAnywhere`: a zero gradient does, at every state that is reached.
 * - `product`: training parts is training the whole, opt(P ⊗ Q) = opt(P) ⊗ opt(Q): it may be used layer by layer.
 * - `permutation`: the order of the entries of a tensor does not matter.
 * - `reflection`: −p and −g lead to −p′.
 * - `orthogonal`: Hp and Hg lead to Hp′ for an orthogonal H (a Hadamard matrix).
 * - `translation`: p + c leads to p′ + c.
 * - `gradientEquivariant`: Δ(cg) = cΔ(g). `gradientInvariant`: Δ(cg) = Δ(g) for c > 0; `gradientInvariantUpToEpsilon`: but for
 *   a relative 2⁻¹⁰ where |g| ≥ 1/4, which is what an ε ≤ 2⁻¹² beside a root of g² brings.
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

/** A rule as its rate makes it, or one rule of which the claims about rates cannot be made. */
export interface Subject {
  readonly move: AnyMove
  readonly rate: number
  readonly at: ((rate: number) => AnyMove) | undefined
}

const source = 'the catalogue of laws, optimisers'
const scales = [1 / 2, 2, 3, 1 / 4]
const scaleOf = (s: Setting): number => scales[(s.n[30] ?? 0) % scales.length] ?? 2

/** The laws of all claims that can be made of an optimiser. */
export function optimiserClaims({ move, rate, at }: Subject): { readonly [C in OptimiserClaim]?: Law } {
  const runs = new Map<string, Running>()
  const on = (space: Obj, of: AnyMove = move, key = ''): Running => {
    const name = `${key} ${showObject(space)}`
    const known = runs.get(name) ?? running(of, space)
    runs.set(name, known)
    return known
  }
  const path = (s: Setting, p: Values = s.p, g: readonly Values[] = s.gradients): Values =>
    trajectory(on(s.space), p, g).flat()
  const along = (s: Setting, g: readonly Values[], r = on(s.space)): Values =>
    trajectory(r, s.p, g).flatMap((q) => plus(q, s.p, -1))
  const claim = (
    name: OptimiserClaim,
    equation: string,
    holds: (s: Setting) => Sides,
    options: Parameters<typeof settings>[0] = {},
  ): Law => law({ name, equation, source, forall: settings(options), holds })
  const every = (s: Setting, f: (x: Values) => Values): readonly Values[] => s.gradients.map(f)
  const zero = (x: Values): Values => times(0, x)
  const rated: { readonly [C in OptimiserClaim]?: Law } =
    at === undefined
      ? {}
      : {
          rateLinear: claim('rateLinear', 'Δ at rate 2ε = 2 Δ at rate ε', (s) => {
            const twice = on(s.space, at(2 * rate), 'twice')
            return sameValues(along(s, s.gradients, twice), times(2, along(s, s.gradients)))
          }),
          boundedByRate: claim('boundedByRate', '|Δᵢ| ≤ ε in every step', (s) => {
            const points = trajectory(on(s.space), s.p, s.gradients)
            const moves = points.slice(1).flatMap((q, i) => plus(q, points[i] ?? q, -1))
            return atMost(
              size(moves),
              mapped(moves, () => scalars('float64').of(rate)),
            )
          }),
          descent: claim('descent', 'f(p′) ≤ f(p) for f = ½ Σ aᵢpᵢ², a > 0, at rate 2⁻¹⁰', (s) => descends(s, at)),
        }
  return {
    fixedAtStart: claim('fixedAtStart', 'p′ = p for g = 0, from the first state', (s) => {
      const points = trajectory(on(s.space), s.p, every(s, zero))
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
        const space = object(types(s.space).slice(from, to))
        return trajectory(
          on(space),
          s.p.slice(from, to),
          every(s, (g) => g.slice(from, to)),
        )
      }
      const [left, right] = [part(0, cut), part(cut, s.p.length)]
      return sameValues(
        path(s),
        left.flatMap((x, i) => [...x, ...(right[i] ?? [])]),
      )
    }),
    permutation: claim('permutation', 'opt(πp, πg) = π opt(p, g), π on the entries of each tensor', (s) =>
      sameValues(path(s, turned(s.p), every(s, turned)), turned(path(s))),
    ),
    reflection: claim('reflection', 'opt(−p, −g) = −opt(p, g)', (s) =>
      sameValues(
        path(
          s,
          times(-1, s.p),
          every(s, (g) => times(-1, g)),
        ),
        times(-1, path(s)),
      ),
    ),
    orthogonal: claim(
      'orthogonal',
      'opt(Hp, Hg) = H opt(p, g), H orthogonal',
      (s) => sameValues(path(s, hadamard(s.p), every(s, hadamard)), hadamard(path(s))),
      { of: [[4]] },
    ),
    translation: claim('translation', 'opt(p + c, g) = opt(p, g) + c', (s) => {
      const c = mapped(s.p, (_, i) => scalars('float64').of(1 + (((s.n[i % 31] ?? 0) % 5) - 2) / 4))
      const shifted = path(s, plus(s.p, c))
      return sameValues(
        shifted,
        trajectory(on(s.space), s.p, s.gradients).flatMap((q) => plus(q, c)),
      )
    }),
    gradientEquivariant: claim('gradientEquivariant', 'Δ(cg) = cΔ(g)', (s) => {
      const c = scaleOf(s)
      return sameValues(
        along(
          s,
          every(s, (g) => times(c, g)),
        ),
        times(c, along(s, s.gradients)),
      )
    }),
    gradientInvariant: claim('gradientInvariant', 'Δ(cg) = Δ(g) for c > 0', (s) =>
      sameValues(
        along(
          s,
          every(s, (g) => times(scaleOf(s), g)),
        ),
        along(s, s.gradients),
      ),
    ),
    gradientInvariantUpToEpsilon: claim(
      'gradientInvariantUpToEpsilon',
      '|Δ(cg) − Δ(g)| ≤ 2⁻¹⁰ |Δ(g)| for c > 0 and |g| ≥ 1/4, one step',
      (s) => {
        const one = s.gradients.slice(0, 1)
        const [scaled, plain] = [
          along(
            s,
            one.map((g) => times(scaleOf(s), g)),
          ),
          along(s, one),
        ]
        return atMost(size(plus(scaled, plain, -1)), times(2 ** -10, size(plain)))
      },
      { entry: (k) => 4 * away(k) },
    ),
    ...rated,
  }

  function descends(s: Setting, rule: (rate: number) => AnyMove): Sides {
    const arithmetic = scalars('float64')
    const a = mapped(s.p, (_, i) => arithmetic.of(((s.n[(i + 3) % 31] ?? 0) % 8) / 4 + 1 / 4))
    const start = mapped(s.p, (x, i) => (x.value === 0 ? arithmetic.of(away(s.n[i % 31] ?? 0)) : x))
    const slope = start.map((t, i) => ({
      ...t,
      data: Array.from(t.data, (x, k) => arithmetic.multiply(a[i]?.data[k] ?? arithmetic.one, x)),
    }))
    const [, next = start] = trajectory(on(s.space, rule(2 ** -10), 'slow'), start, [slope])
    const height = (p: Values): Values => {
      let total = arithmetic.zero
      for (const [i, t] of p.entries())
        for (const [k, x] of Array.from(t.data).entries())
          total = arithmetic.add(total, arithmetic.multiply(a[i]?.data[k] ?? arithmetic.one, arithmetic.multiply(x, x)))
      return [{ dtype: 'float64', shape: [], data: [total] }]
    }
    return atMost(height(next), height(start))
  }
}

const size = (x: Values): Values => mapped(x, (a) => (a.value < 0 ? scalars('float64').negate(a) : a))
const turned = (x: Values): Values => x.map((t) => ({ ...t, data: Array.from(t.data).reverse() }))

/** `½ [[1, 1, 1, 1], [1, −1, 1, −1], [1, 1, −1, −1], [1, −1, −1, 1]] x` for tensors of four entries. */
function hadamard(x: Values): Values {
  const s = scalars('float64')
  const signs = [
    [1, 1, 1, 1],
    [1, -1, 1, -1],
    [1, 1, -1, -1],
    [1, -1, -1, 1],
  ]
  return x.map((t) => ({
    ...t,
    data: signs.map((row) =>
      row.reduce<Rounded>((sum, sign, k) => s.add(sum, s.multiply(s.of(sign / 2), t.data[k] ?? s.zero)), s.zero),
    ),
  }))
}
