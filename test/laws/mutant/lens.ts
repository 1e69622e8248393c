import { product, sameObject } from '../../../src/object/index.js'
import {
  composeOptic,
  getOf,
  identityOptic,
  lensOptic,
  optics,
  putOf,
  tensorOptic,
  type Optic,
} from '../../../src/optic/index.js'
import { add, multiply } from '../../../src/primitive/index.js'
import type { Wire } from '../../../src/structure/index.js'
import { apply, diagram, identity } from '../../../src/term/index.js'
import { opticsOver, reference, termsByValue } from '../../../laws/index.js'
import { firstPart, lens, wellBehaved, type LensFamily, type LensView } from '../../../laws/laws.js'
import { doubled, own } from './dictionary.js'
import type { Mutant } from './mutant.js'

const integers = termsByValue(reference, { dtype: 'integer' })
const library: LensView = { getOf, putOf, lensOptic }

/** An optic whose backward pass hears other residuals and cotangents. */
const hearing = (o: Optic, change: (x: Wire, i: number) => Wire): Optic => ({
  ...o,
  backward: diagram(o.backward.dom, (x, algebra) => apply(o.backward, x.map(change), algebra)),
})

type Parts = Partial<typeof optics>
const operations: readonly (readonly [mistake: string, killedBy: string, parts: Parts, view?: Partial<LensView>])[] = [
  [
    'an identity of optics that doubles what comes back',
    'category/left identity',
    { identity: (a) => ({ ...identityOptic(a.forward, a.back), backward: doubled(identity(a.back)) }) },
  ],
  [
    'a composite of optics that forgets the residual of its second',
    'lens/put of a composite',
    {
      compose(f, g) {
        const both = composeOptic(f, g)
        const kept = (i: number): boolean => i < f.residual.length || i >= both.residual.length
        return hearing(both, (x, i) => (kept(i) ? x : multiply(0, x)))
      },
    },
  ],
  [
    'a composite of optics that doubles what it keeps and answers',
    'lens/get of a composite',
    {
      compose(f, g) {
        const both = composeOptic(f, g)
        return { ...both, forward: doubled(both.forward) }
      },
    },
  ],
  [
    'a tensor of optics that hears the cotangents of its second twice as loud',
    'lens/put of a tensor',
    {
      tensor(f, g) {
        const both = tensorOptic(f, g)
        const from = both.residual.length + f.codBack.length
        return hearing(both, (x, i) => (i < from ? x : multiply(2, x)))
      },
    },
  ],
  [
    'a symmetry of optics that does not turn back at equal objects',
    'symmetric/naturality',
    {
      swap(a, b) {
        const turned = optics.swap(a, b)
        return sameObject(a.back, b.back) ? { ...turned, backward: identity(product(a.back, b.back)) } : turned
      },
    },
  ],
  [
    'a put that does not look at what was kept',
    'lens/sliding',
    {},
    { putOf: (o) => putOf(hearing(o, (x, i) => (i < o.residual.length ? multiply(0, x) : x))) },
  ],
]

/** `put(s, v)` of the first part of a state, output by output: of the parts of s, and v. */
const putting =
  (put: (s: readonly Wire[], v: readonly Wire[]) => readonly Wire[]): LensFamily =>
  (a, b) => {
    const { forward } = firstPart(a, b)
    const state = product(a, b)
    const back = diagram(product(state, a), (x) => put(x.slice(0, state.length), x.slice(state.length)))
    return lensOptic(getOf({ ...firstPart(a, b), forward }), back, a)
  }
const rest = (s: readonly Wire[], v: readonly Wire[]): readonly Wire[] => s.slice(v.length)

const families: readonly (readonly [mistake: string, law: string, family: LensFamily])[] = [
  ['a put that forgets what it is given', 'PutGet', putting((s) => s)],
  ['a put that adds', 'GetPut', putting((s, v) => [...v.map((w, i) => add(w, s[i] as Wire)), ...rest(s, v)])],
  ['a put that empties the rest', 'GetPut', putting((s, v) => [...v, ...rest(s, v).map((w) => multiply(0, w))])],
  [
    'a put that doubles the rest unless it is empty',
    'PutPut',
    putting((s, v) => [...v, ...rest(s, v).map((w) => multiply(2, w))]),
  ],
]

/** Optics, lenses and views with a mistake. */
export const lensMutants: readonly Mutant[] = [
  ...operations.map(([mistake, killedBy, parts, view]) => ({
    mistake,
    killedBy,
    sets() {
      const s = opticsOver(integers)
      const set = lens({ ...s, category: { ...optics, ...parts } }, { ...library, ...view })
      return killedBy.startsWith('lens/') ? [own(set)] : set.parents
    },
  })),
  ...families.map(([mistake, law, family]) => ({
    mistake,
    killedBy: `well-behaved lens/${law}`,
    sets: () => [wellBehaved(integers, mistake, family)],
  })),
]
