import type { LeftAdditive } from '../../src/structure/index.js'
import { cartesian } from './cartesian.js'
import { equation } from '../subject/equation.js'
import type { LawSet } from '../law/law.js'
import { first, pair } from '../subject/projection.js'
import type { Subject } from '../subject/subject.js'

const source = 'Blute, Cockett and Seely, Cartesian differential categories, 2009, Defs 1.1.1 and 1.2.1'

/** The laws of a cartesian left additive category. */
export function leftAdditive<Ob, Hom>(s: Subject<Ob, Hom, LeftAdditive<Ob, Hom>>): LawSet {
  const c = s.category
  const laws = [
    equation(s, {
      name: 'sums are associative',
      equation: '(f + g) + h = f + (g + h)',
      source,
      forall: { f: 'A → B', g: 'A → B', h: 'A → B' },
      steps: 3,
      holds: ({ f, g, h }) => [c.add(c.add(f, g), h), c.add(f, c.add(g, h))],
    }),
    equation(s, {
      name: 'sums are commutative',
      equation: 'f + g = g + f',
      source,
      forall: { f: 'A → B', g: 'A → B' },
      holds: ({ f, g }) => [c.add(f, g), c.add(g, f)],
    }),
    equation(s, {
      name: 'zero',
      equation: 'f + 0 = f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.add(f, c.zero(c.dom(f), c.cod(f))), f],
    }),
    equation(s, {
      name: 'sums after',
      equation: 'f ; (g + h) = f ; g + f ; h',
      source,
      forall: { f: 'A → B', g: 'B → C', h: 'B → C' },
      steps: 3,
      holds: ({ f, g, h }) => [c.compose(f, c.add(g, h)), c.add(c.compose(f, g), c.compose(f, h))],
    }),
    equation(s, {
      name: 'zero after',
      equation: 'f ; 0 = 0',
      source,
      forall: { f: 'A → B', C: 'object' },
      holds: ({ f, C }) => [c.compose(f, c.zero(c.cod(f), C)), c.zero(c.dom(f), C)],
    }),
    equation(s, {
      name: 'pairs add',
      equation: '⟨f + g, h + k⟩ = ⟨f, h⟩ + ⟨g, k⟩',
      source,
      forall: { f: 'A → B', g: 'A → B', h: 'A → C', k: 'A → C' },
      steps: 3,
      holds: ({ f, g, h, k }) => [pair(c, c.add(f, g), c.add(h, k)), c.add(pair(c, f, h), pair(c, g, k))],
    }),
    equation(s, {
      name: 'projections are additive',
      equation: '(⟨f, h⟩ + ⟨g, k⟩) ; π₀ = f + g',
      source,
      forall: { f: 'A → B', g: 'A → B', h: 'A → C', k: 'A → C' },
      steps: 3,
      holds: ({ f, g, h, k }) => [
        c.compose(c.add(pair(c, f, h), pair(c, g, k)), first(c, c.cod(f), c.cod(h))),
        c.add(f, g),
      ],
    }),
  ]
  return { name: 'left additive', subject: s.name, parents: [cartesian(s)], laws }
}
