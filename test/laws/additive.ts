import { equation, reference, termsByValue, type LawSet } from '../../laws/index.js'

const real = termsByValue(reference)

/** A law that does not hold: what a suite that cannot fail would pass. */
export const additive: LawSet = {
  name: 'false',
  subject: real.name,
  parents: [],
  laws: [
    equation(real, {
      name: 'every morphism is additive',
      equation: '(f + g) ; h = f ; h + g ; h',
      source: 'false',
      forall: { f: 'A → B', g: 'A → B', h: 'B → C' },
      holds: ({ f, g, h }) => {
        const c = real.category
        return [c.compose(c.add(f, g), h), c.add(c.compose(f, h), c.compose(g, h))]
      },
    }),
  ],
}
