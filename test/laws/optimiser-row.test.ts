import { expect, it } from 'vitest'
import { discover } from '../../laws/index.js'
import { optimiserTable } from '../../laws/catalogue/optimiser.js'
import { optimiser, type RuleOf } from '../../laws/part/optimiser.js'
import { adam, chain, clipByGlobalNorm, separableRule, sgd } from '../../src/optimiser/index.js'
import {
  add,
  addAll,
  divide,
  like,
  multiply,
  select,
  equal,
  sign,
  sqrt,
  square,
  subtract,
  sum,
} from '../../src/primitive/index.js'
import { spread } from '../../src/optimiser/separable.js'
import type { Wire } from '../../src/structure/index.js'
import { changed } from './mutant/optimiser-core.js'

/** `p ↦ p − ε sign g`. */
const signDescent = (rate: number): ReturnType<typeof separableRule> =>
  separableRule({
    name: 'sign',
    own: {},
    counts: false,
    ports: {},
    scalars: () => ({}),
    step: (p, g) => ({ own: {}, out: subtract(p, multiply(rate, sign(g))) }),
  })

/** Lion with dyadic decays: `p ↦ p − ε sign(½m + ½g)`, `m ↦ ¾m + ¼g`. */
const lion = (rate: number): ReturnType<typeof separableRule> =>
  separableRule({
    name: 'lion',
    own: { mean: (p) => like(p, 0) },
    counts: false,
    ports: {},
    scalars: () => ({}),
    step(p, g, own) {
      const m = own.get('mean') as Wire
      const mixed = (decay: number): Wire => add(multiply(decay, m), multiply(1 - decay, g))
      return { own: { mean: mixed(3 / 4) }, out: subtract(p, multiply(rate, sign(mixed(1 / 2)))) }
    },
  })

/** `p ↦ p − ε g / ‖g‖` over all parameters together, and p where ‖g‖ = 0. */
const normalised = (rate: number): ReturnType<typeof changed> =>
  changed(sgd({ rate }), (m) => ({
    put(s, p, g, q) {
      const axes = (w: Wire): number[] => w.type.shape.map((_, i) => i)
      if (g.length === 0) return m.put(s, p, g, q)
      const norm = sqrt(addAll(g.map((w) => sum(square(w), axes(w)))))
      const length = select(equal(norm, 0), like(norm, 1), norm)
      return m.put(
        s,
        p,
        g.map((w) => divide(w, spread(length, w))),
        q,
      )
    },
  }))

/** The rows of `laws.md` (x) in the order of its columns: Z0, Z*, C, Pm, R, O, T, GE, GI, GI~, LR, B, D. */
const rows: readonly (readonly [name: string, rule: RuleOf | undefined, row: string])[] = [
  ['sgd', optimiserTable['sgd']?.rule, 'YYYYYYYY..Y.Y'],
  ['momentum', optimiserTable['momentum']?.rule, 'Y.YYYYYY..Y.Y'],
  ['nesterov', optimiserTable['nesterov']?.rule, 'Y.YYYYYY..Y.Y'],
  ['decayWeights, sgd', optimiserTable['decayWeights, sgd']?.rule, '..YYYY......Y'],
  ['adagrad', optimiserTable['adagrad']?.rule, 'YYYYY.Y..YYYY'],
  ['rootedAdagrad', optimiserTable['rootedAdagrad']?.rule, 'YYYYY.Y...YYY'],
  ['adam', optimiserTable['adam']?.rule, 'Y.YYY.Y..YY.Y'],
  ['adamW', optimiserTable['adamW']?.rule, '..YYY....Y..Y'],
  ['clipByGlobalNorm, sgd', (rate) => chain(clipByGlobalNorm(1), sgd({ rate })), 'YY.YYYY...YYY'],
  ['sign descent', signDescent, 'YYYYY.Y.YYYYY'],
  ['Lion', lion, 'Y.YYY.Y.YYYYY'],
  ['normalised descent', normalised, 'YY.YYYY.YYYYY'],
  // Y for Z0 in laws.md: there 0/0 is 0. Here it is NaN, as IEEE and the formula have it.
  ['adam with ε = 0', (rate) => adam({ rate, epsilon: 0 }), '..YYY.Y.YYY.Y'],
]

it.each(rows)('%s has its row in the catalogue of laws', { timeout: 30_000 }, (name, rule, row) => {
  expect(rule).toBeDefined()
  const found = rule === undefined ? [] : discover(optimiser(name, rule))
  expect(found.map((r) => (r.ok ? 'Y' : '.')).join('')).toBe(row)
})
