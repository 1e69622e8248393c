import type { Category } from '../../src/structure/index.js'
import { context } from '../subject/context.js'
import { equation } from '../subject/equation.js'
import { law, type LawSet, type Sides } from '../law/law.js'
import type { Subject } from '../subject/subject.js'

const source = 'Mac Lane, Categories for the Working Mathematician, I.1'

/** The laws of a category. */
export function category<Ob, Hom>(s: Subject<Ob, Hom>): LawSet {
  const c = s.category
  const laws = [
    equation(s, {
      name: 'left identity',
      equation: '1_A ; f = f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.compose(c.identity(c.dom(f)), f), f],
    }),
    equation(s, {
      name: 'right identity',
      equation: 'f ; 1_B = f',
      source,
      forall: { f: 'A → B' },
      holds: ({ f }) => [c.compose(f, c.identity(c.cod(f))), f],
    }),
    equation(s, {
      name: 'associativity',
      equation: '(f ; g) ; h = f ; (g ; h)',
      source,
      forall: { f: 'A → B', g: 'B → C', h: 'C → D' },
      holds: ({ f, g, h }) => [c.compose(c.compose(f, g), h), c.compose(f, c.compose(g, h))],
    }),
    law({
      name: 'typing',
      equation: 'f ; g exists exactly if cod f = dom g',
      source,
      forall: context(s, { f: 'A → B', g: 'C → D' }, 2),
      holds: ({ values: { f, g } }) => typing(c, f, g),
    }),
  ]
  return { name: 'category', subject: s.name, parents: [], laws }
}

function typing<Ob, Hom>(c: Category<Ob, Hom>, f: Hom, g: Hom): Sides {
  const fits = c.sameObject(c.cod(f), c.dom(g))
  const exists = (): boolean => {
    try {
      c.compose(f, g)
      return true
    } catch {
      return false
    }
  }
  const text = (b: boolean): string => (b ? 'exists' : 'is refused')
  const difference = `f ; g ${text(exists())}, and cod f = dom g is ${fits}`
  return {
    equal: exists() === fits,
    by: 'structure',
    explain: () => ({ lhs: text(exists()), rhs: text(fits), difference }),
  }
}
