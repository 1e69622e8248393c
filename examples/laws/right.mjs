/** An optimiser and a layer of one's own, right: all laws and claims hold. */
import { primitive, separableRule } from 'paralens'
import { laws } from 'paralens/laws'

const { add, applied, entrywise, lens, like, multiply, sigmoid, subtract } = primitive

/** Momentum: v ↦ v/2 + g, p ↦ p − εv. */
const momentum = (rate) =>
  separableRule({
    name: 'momentum',
    own: { velocity: (p) => like(p, 0) },
    counts: false,
    ports: {},
    scalars: () => ({}),
    step(p, g, own) {
      const velocity = add(multiply(1 / 2, own.get('velocity')), g)
      return { own: { velocity }, out: subtract(p, multiply(rate, velocity)) }
    },
  })

/** x · σ(x), one operation with a derivative of its own. */
const operation = entrywise({
  name: 'swish',
  arity: 1,
  needs: ['analytic'],
  optic: lens((_, [x], dy) => {
    const s = sigmoid(x)
    return [multiply(multiply(s, add(1, multiply(x, subtract(1, s)))), dy)]
  }),
  entry: (s, x) => s.multiply(x, s.analytic.sigmoid(x)),
})
const swish = { pointwise: 'swish', body: (x) => applied(operation, {}, [x]) }

export const optimiser = laws.optimiser('momentum', momentum, { claims: ['fixedAtStart', 'product', 'translation'] })
export const layer = laws.layer('swish', swish, { at: [[2]] })
