import type { Obj } from '../../src/object/index.js'
import { sgd } from '../../src/optimiser/index.js'
import { law, type Law } from '../law/law.js'
import { readings, type AnyRule } from '../part/optimiser-subject.js'
import { sameValues } from '../value/compare.js'
import { away, settings, trajectory, type Running } from '../part/trajectory.js'
import type { Values } from '../value/bounds.js'
import { mapped, minus, plus, scalars, times } from '../part/vector.js'

const rate = 1 / 8
const decay = 1 / 2

/** The optimisers of which a closed form is known, at rate 1/8. */
export interface ClosedForms {
  readonly adam: AnyRule
  readonly adamW: (decay: number) => AnyRule
  readonly momentum: (decay: number) => AnyRule
  readonly nesterov: (decay: number) => AnyRule
  readonly shifted: (decay: number) => AnyRule
  readonly decayed: (decay: number) => AnyRule
}

/** The laws that say by a formula what an optimiser does. */
export function closedForms(o: ClosedForms): readonly Law[] {
  return [...decays(o), ...moments(o), ...velocities(o)]
}

function decays(o: ClosedForms): readonly Law[] {
  const source = 'Loshchilov and Hutter, Decoupled weight decay regularization, 2019'
  const [coupled, descent] = [readings(o.decayed(1 / 4)), readings(sgd({ rate }))]
  const [decoupled, adam] = [readings(o.adamW(1 / 4)), readings(o.adam)]
  return [
    law({
      name: 'coupled decay',
      equation: 'decayWeights by λ, sgd = sgd on f + ½λ|p|²',
      source,
      forall: settings(),
      holds: ({ space, p, gradients }) => {
        const [lhs, rhs] = [coupled(space), descent(space)]
        let [a, b] = [lhs.start(p), rhs.start(p)]
        for (const g of gradients) {
          a = lhs.step(a, g)
          b = rhs.step(b, plus(g, times(1 / 4, b.params)))
        }
        return sameValues(a.params, b.params)
      },
    }),
    law({
      name: 'decoupled decay',
      equation: 'p′ of adamW = p′ of adam − ελp, both from the same state',
      source,
      forall: settings(),
      holds: ({ space, p, gradients }) => {
        const [l, r] = [decoupled(space), adam(space)]
        let at = l.start(p)
        const [lhs, rhs]: [Values[], Values[]] = [[], []]
        for (const g of gradients) {
          rhs.push(minus(r.step(at, g).params, times(rate / 4, at.params)))
          at = l.step(at, g)
          lhs.push(at.params)
        }
        return sameValues(lhs.flat(), rhs.flat())
      },
    }),
  ]
}

function moments(o: ClosedForms): readonly Law[] {
  const s = scalars('float64')
  const adam = readings(o.adam)
  return [
    law({
      name: 'steady gradients',
      equation: 'under g, g, … every step of adam is −ε g / (|g| + 10⁻⁸)',
      source: 'Kingma and Ba, Adam, 2015, section 3: the corrected moments of a constant are g and g²',
      forall: settings({ entry: away }),
      holds: ({ space, p, gradients: [g = p] }) => {
        const points = trajectory(adam(space), p, [g, g, g])
        const step = mapped(g, (x) => {
          const size = s.add(x.value < 0 ? s.negate(x) : x, s.of(1e-8))
          return s.multiply(s.of(-rate), s.multiply(x, s.analytic?.reciprocal(size) ?? s.zero))
        })
        return sameValues(points.flat(), along(p, [step, step, step]))
      },
    }),
  ]
}

function velocities(o: ClosedForms): readonly Law[] {
  const [ahead, shifted, heavy] = [o.nesterov(decay), o.shifted(decay), o.momentum(decay)].map(readings) as [Of, Of, Of]
  return [
    law({
      name: 'the look-ahead point',
      equation: 'get of nesterov = the parameters of shiftedNesterov, each with the gradient at its own point',
      source: 'Sutskever et al., On the importance of initialization and momentum, 2013',
      forall: settings(),
      holds: ({ space, p, gradients }) => {
        const [l, r] = [ahead(space), shifted(space)]
        let [a, b] = [l.start(p), r.start(p)]
        const [lhs, rhs]: [Values[], Values[]] = [[l.look(a)], [b.params]]
        for (const g of gradients) {
          a = l.step(a, plus(l.look(a), g))
          b = r.step(b, plus(b.params, g))
          lhs.push(l.look(a))
          rhs.push(b.params)
        }
        return sameValues(lhs.flat(), rhs.flat())
      },
    }),
    law({
      name: 'the velocity',
      equation: 'after g₁, g₂ momentum has moved by −ε(g₁ + (μg₁ + g₂))',
      source: 'Categorical Foundations of Gradient-Based Learning, 2022, Ex. 3.15, with the sign that its code has',
      forall: settings(),
      holds: ({ space, p, gradients: [g1 = p, g2 = p] }) =>
        sameValues(
          trajectory(heavy(space), p, [g1, g2]).at(-1) ?? p,
          minus(p, times(rate, plus(g1, plus(times(decay, g1), g2)))),
        ),
    }),
  ]
}

type Of = (space: Obj) => Running

/** The points to which movements lead, the first in front. */
function along(p: Values, moves: readonly Values[]): Values {
  const out = [p]
  for (const m of moves) out.push(plus(out.at(-1) ?? p, m))
  return out.flat()
}
