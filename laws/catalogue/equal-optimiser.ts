import {
  adam,
  adamW,
  chain,
  clipByGlobalNorm,
  clipByValue,
  decayWeights,
  momentum,
  nesterov,
  sgd,
  shiftedNesterov,
  type AnyMove,
} from '../../src/optimiser/index.js'
import { constantRate } from '../../src/schedule/index.js'
import { law, type Law, type LawSet } from '../law/law.js'
import { sameOptimiser, type AnyRule } from '../part/optimiser.js'
import { away, mapped, plus, running, scalars, settings, times, trajectory, type Values } from '../part/trajectory.js'
import { sameValues } from '../value/compare.js'

const rate = 1 / 8
const decay = 1 / 2
const source = 'Categorical Foundations of Gradient-Based Learning, 2022, Ex. 3.12 to 3.18'

/** What the laws of equal optimisers speak about; a mutant stands in for one of them. */
export interface Named {
  readonly adam: AnyRule
  readonly adamW: (decay: number) => AnyRule
  readonly momentum: (decay: number) => AnyRule
  readonly nesterov: (decay: number) => AnyRule
  readonly shifted: (decay: number) => AnyRule
  readonly scheduled: AnyRule
  readonly steered: AnyRule
  readonly byValue: AnyRule
  readonly byNorm: AnyRule
  readonly decayed: (decay: number) => AnyRule
}

const zoo: Named = {
  adam: adam({ rate }),
  adamW: (weights) => adamW({ rate, decay: weights }),
  momentum: (mu) => momentum({ rate, decay: mu }),
  nesterov: (mu) => nesterov({ rate, decay: mu }),
  shifted: (mu) => shiftedNesterov({ rate, decay: mu }),
  scheduled: sgd({ rate: constantRate(rate) }),
  steered: sgd({ rate: { port: 'rate' } }),
  byValue: chain(clipByValue(1e9), sgd({ rate })),
  byNorm: chain(clipByGlobalNorm(1e9), adam({ rate })),
  decayed: (weights) => chain(decayWeights(weights), sgd({ rate })),
}

/** The optimisers that are one another, and those that a closed form gives. */
export function equalOptimisers(given: Partial<Named> = {}): LawSet {
  const o = { ...zoo, ...given }
  const descent = sgd({ rate })
  const laws = [
    sameOptimiser('momentum without decay = sgd', o.momentum(0), descent),
    sameOptimiser('nesterov without decay = sgd', o.nesterov(0), descent),
    sameOptimiser('adamW without decay = adam', o.adamW(0), o.adam),
    sameOptimiser('decayWeights by 0, sgd = sgd', o.decayed(0), descent),
    sameOptimiser('a clip that nothing reaches, sgd = sgd', o.byValue, descent),
    sameOptimiser('a norm that nothing reaches, adam = adam', o.byNorm, o.adam),
    sameOptimiser('a constant schedule = its number', o.scheduled, descent),
    sameOptimiser('a port = the number it is given', o.steered, descent),
    ...closedForms(o),
  ]
  return { name: 'equal optimisers', subject: 'the zoo', parents: [], laws }
}

function closedForms(o: Named): readonly Law[] {
  const s = scalars('float64')
  const at = (rule: AnyRule, space: Parameters<typeof running>[1]): ReturnType<typeof running> =>
    running(rule as AnyMove, space)
  return [
    law({
      name: 'coupled decay',
      equation: 'decayWeights by λ, sgd = sgd on f + ½λ|p|²',
      source: 'Loshchilov and Hutter, Decoupled weight decay regularization, 2019',
      forall: settings(),
      holds: ({ space, p, gradients }) => {
        const [lhs, rhs] = [at(o.decayed(1 / 4), space), at(sgd({ rate }), space)]
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
      equation: 'p′ of adamW = p′ of adam − ελp, one step',
      source: 'Loshchilov and Hutter, Decoupled weight decay regularization, 2019',
      forall: settings(),
      holds: ({ space, p, gradients }) => {
        const [[, a = p] = [], [, b = p] = []] = [o.adamW(1 / 4), o.adam].map((m) =>
          trajectory(at(m, space), p, gradients.slice(0, 1)),
        )
        return sameValues(a, plus(b, times(rate / 4, p), -1))
      },
    }),
    law({
      name: 'steady gradients',
      equation: 'under g, g, … every step of adam is −ε g / (|g| + 10⁻⁸)',
      source: 'Kingma and Ba, Adam, 2015, section 3: the corrected moments of a constant are g and g²',
      forall: settings({ entry: away }),
      holds: ({ space, p, gradients }) => {
        const [g = p] = gradients
        const points = trajectory(at(o.adam, space), p, [g, g, g])
        const step = mapped(g, (x) =>
          s.multiply(
            s.of(-rate),
            s.multiply(x, s.analytic?.reciprocal(s.add(x.value < 0 ? s.negate(x) : x, s.of(1e-8))) ?? s.one),
          ),
        )
        const expected = [p]
        for (const _ of [1, 2, 3]) expected.push(plus(expected.at(-1) ?? p, step))
        return sameValues(points.flat(), expected.flat())
      },
    }),
    law({
      name: 'the look-ahead point',
      equation: 'get of nesterov = the parameters of shiftedNesterov, each with the gradient at its own point',
      source: 'Sutskever et al., On the importance of initialization and momentum, 2013',
      forall: settings(),
      holds: ({ space, p, gradients }) => {
        const [ahead, shifted] = [at(o.nesterov(decay), space), at(o.shifted(decay), space)]
        let [a, b] = [ahead.start(p), shifted.start(p)]
        const [lhs, rhs]: [Values[], Values[]] = [[ahead.look(a)], [b.params]]
        for (const g of gradients) {
          a = ahead.step(a, plus(ahead.look(a), g))
          b = shifted.step(b, plus(b.params, g))
          lhs.push(ahead.look(a))
          rhs.push(b.params)
        }
        return sameValues(lhs.flat(), rhs.flat())
      },
    }),
    law({
      name: 'the velocity',
      equation: 'after g₁, g₂ momentum has moved by −ε(g₁ + (μg₁ + g₂))',
      source,
      forall: settings(),
      holds: ({ space, p, gradients: [g1 = p, g2 = p] }) => {
        const end = trajectory(at(o.momentum(decay), space), p, [g1, g2]).at(-1) ?? p
        return sameValues(end, plus(p, times(rate, plus(g1, plus(times(decay, g1), g2))), -1))
      },
    }),
  ]
}
