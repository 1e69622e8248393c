import { types, type Type } from '../../src/object/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import type { Law } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import { curvature } from './layer-derivative.js'
import { scalars } from './vector.js'
import { pointLaw, reverseOf, rigOf, spacesOf, wireLaw, type Morphism, type WireLaw } from './layer-morphism.js'
import type { Values } from '../value/bounds.js'
import { entryOf, permutations, space, type Space } from './layer-point.js'
import { chosen, larger, minus, ones, permuted, plus, scaled, shifted, sizes, sums, zeros } from './layer-wire.js'

/** What may be claimed of a layer. */
export type LayerClaim =
  | 'linear'
  | 'linearInParameters'
  | 'bilinear'
  | 'affine'
  | 'dagger'
  | 'isomorphism'
  | 'piecewiseLinear'
  | 'idempotent'
  | 'homogeneous'
  | 'odd'
  | 'monotone'
  | 'nonNegative'
  | 'translation'
  | 'shiftInvariant'
  | 'scaleInvariant'
  | 'gradientSumsToZero'
  | 'simplex'
  | 'elementwise'
  | 'permutationEquivariant'
  | 'rowEquivariant'

const linearMaps = 'Cockett et al., Reverse derivative categories, 2020, linear maps'
const source = 'definition'

const inputs = ({ term, split }: Morphism): readonly Type[] => types(term.dom).slice(split)
const typeOfRig = ({ term }: Morphism, shape: readonly number[] = []): Type => ({ dtype: rigOf(term), shape })
/** A number `c > 0`. */
const positive = (m: Morphism): Space => space('> 0', [typeOfRig(m)], [(n) => (1 + n) / 4])
/** Tensors of the type of the input whose entries are not negative. */
const notNegative = (m: Morphism): Space =>
  space(
    '≥ 0',
    inputs(m),
    inputs(m).map((t) => (n: number) => Math.abs(entryOf(t.dtype)(n))),
  )
/** One number for each row of the input, the last axis being a row. */
const rows = (m: Morphism): Space =>
  space(
    ': A without its last axis',
    inputs(m).map((t) => ({ ...t, shape: t.shape.slice(0, -1) })),
  )
const masks = (m: Morphism): Space =>
  space(
    ': bits of A',
    inputs(m).map((t): Type => ({ dtype: 'bit', shape: t.shape })),
  )
const orders = (m: Morphism, axis: 'first' | 'last'): Space => {
  const shape = inputs(m)[0]?.shape ?? []
  return permutations((axis === 'first' ? shape[0] : shape[shape.length - 1]) ?? 0)
}
const px = (m: Morphism): { p: Space; x: Space } => ({ p: spacesOf(m).P, x: spacesOf(m).A })
const pxy = (m: Morphism): { p: Space; x: Space; y: Space } => ({ ...px(m), y: spacesOf(m).A })

/** `f†(p, w) = R[f](p, 0, w)`, its part in A: P ⊗ B → A. */
function daggerOf({ term, split }: Morphism): Term {
  const [dom, cod] = [types(term.dom), types(term.cod)]
  const domain = { length: split + cod.length, leaves: [...dom.slice(0, split), ...cod] }
  return diagram(domain, (wires, algebra) => {
    const point = [...wires.slice(0, split), ...zeros(algebra, dom.slice(split)), ...wires.slice(split)]
    return algebra.box(reverseOf(term), point).slice(split)
  })
}

/** The laws of the claims that can be made for a layer. */
export function layerClaims(m: Morphism): { readonly [C in LayerClaim]: Law } {
  const claim = <K extends string>(definition: Omit<WireLaw<K>, 'source'> & { readonly source?: string }): Law =>
    wireLaw([m], { source, ...definition })
  return {
    linear: claim({
      name: 'linear',
      equation: 'f(p, x + y) = f(p, x) + f(p, y)',
      forall: pxy,
      sides: ({ f }, { p, x, y }) => [f(p, plus(x, y)), plus(f(p, x), f(p, y))],
    }),
    linearInParameters: claim({
      name: 'linearInParameters',
      equation: 'f(p + q, x) = f(p, x) + f(q, x)',
      forall: (n) => ({ ...px(n), q: spacesOf(n).P }),
      sides: ({ f }, { p, q, x }) => [f(plus(p, q), x), plus(f(p, x), f(q, x))],
    }),
    bilinear: claim({
      name: 'bilinear',
      equation: 'f(p + q, x) = f(p, x) + f(q, x) and f(p, x + y) = f(p, x) + f(p, y)',
      forall: (n) => ({ ...pxy(n), q: spacesOf(n).P }),
      sides: ({ f }, { p, q, x, y }) => [
        [...f(plus(p, q), x), ...f(p, plus(x, y))],
        [...plus(f(p, x), f(q, x)), ...plus(f(p, x), f(p, y))],
      ],
    }),
    affine: claim({
      name: 'affine',
      equation: 'f(p, x + y) + f(p, 0) = f(p, x) + f(p, y)',
      forall: pxy,
      sides: ({ f, algebra }, { p, x, y }) => [
        plus(f(p, plus(x, y)), f(p, zeros(algebra, inputs(m)))),
        plus(f(p, x), f(p, y)),
      ],
    }),
    dagger: claim({
      name: 'dagger',
      equation: 'f†† = f where f†(p, w) = R[f](p, 0, w)',
      source: linearMaps,
      forall: px,
      sides: ({ f, on, algebra }, { p, x }) => [
        on(reverseOf(daggerOf(m)), p, zeros(algebra, types(m.term.cod)), x).slice(m.split),
        f(p, x),
      ],
    }),
    isomorphism: claim({
      name: 'isomorphism',
      equation: 'R[f](p, x, f(p, x)) = x and f(p, R[f](p, x, w)) = w: put is inverse and dagger',
      source: linearMaps,
      forall: (n) => ({ ...px(n), w: spacesOf(n).B }),
      sides: ({ f, r }, { p, x, w }) => [
        [...r(p, x, f(p, x)), ...f(p, r(p, x, w))],
        [...x, ...w],
      ],
    }),
    piecewiseLinear: pointLaw([m], {
      name: 'piecewiseLinear',
      equation: 'D[D[f(p, –)]] = 0 off kinks, D by dual numbers',
      source,
      forall: (n) => ({ ...pxy(n), z: spacesOf(n).A }),
      holds({ term }, { p, x, y, z }) {
        const none = (all: Values): Values =>
          all.map((t) => ({ ...t, data: Array.from(t.data, () => scalars(t.dtype).zero) }))
        const bent = curvature(term, [...p, ...x], [...none(p), ...y], [...none(p), ...z])
        return sameValues(bent, none(bent))
      },
    }),
    idempotent: claim({
      name: 'idempotent',
      equation: 'f(p, f(p, x)) = f(p, x)',
      forall: px,
      sides: ({ f }, { p, x }) => [f(p, f(p, x)), f(p, x)],
    }),
    homogeneous: claim({
      name: 'homogeneous',
      equation: 'f(p, c x) = c f(p, x)',
      forall: (n) => ({ ...px(n), c: positive(n) }),
      sides: ({ f }, { p, x, c }) => [f(p, scaled(c, x)), scaled(c, f(p, x))],
    }),
    odd: claim({
      name: 'odd',
      equation: 'f(p, −x) = −f(p, x)',
      forall: px,
      sides: ({ f }, { p, x }) => [f(p, minus(x)), minus(f(p, x))],
    }),
    monotone: claim({
      name: 'monotone',
      equation: 'f(p, x) ∨ f(p, x + d) = f(p, x + d)',
      forall: (n) => ({ ...px(n), d: notNegative(n) }),
      sides({ f }, { p, x, d }) {
        const above = f(p, plus(x, d))
        return [larger(f(p, x), above), above]
      },
    }),
    nonNegative: claim({
      name: 'nonNegative',
      equation: '|f(p, x)| = f(p, x)',
      forall: px,
      sides: ({ f }, { p, x }) => [sizes(f(p, x)), f(p, x)],
    }),
    translation: claim({
      name: 'translation',
      equation: 'f(p, x + y) = f(p, x) + y',
      forall: pxy,
      sides: ({ f }, { p, x, y }) => [f(p, plus(x, y)), plus(f(p, x), y)],
    }),
    shiftInvariant: claim({
      name: 'shiftInvariant',
      equation: 'f(p, x + c·1) = f(p, x), c constant along the last axis',
      forall: (n) => ({ ...px(n), c: rows(n) }),
      sides: ({ f }, { p, x, c }) => [f(p, shifted(x, c)), f(p, x)],
    }),
    scaleInvariant: claim({
      name: 'scaleInvariant',
      equation: 'f(p, c x) = f(p, x)',
      forall: (n) => ({ ...px(n), c: positive(n) }),
      sides: ({ f }, { p, x, c }) => [f(p, scaled(c, x)), f(p, x)],
    }),
    gradientSumsToZero: claim({
      name: 'gradientSumsToZero',
      equation: 'Σ R[f](p, x, w) = 0 along the last axis',
      forall: (n) => ({ ...px(n), w: spacesOf(n).B }),
      sides({ r, algebra }, { p, x, w }) {
        const all = sums(r(p, x, w))
        return [
          all,
          zeros(
            algebra,
            all.map((a) => a.type),
          ),
        ]
      },
    }),
    simplex: claim({
      name: 'simplex',
      equation: '|f(p, x)| = f(p, x), and Σ f(p, x) = 1 along the last axis',
      forall: px,
      sides({ f }, { p, x }) {
        const y = f(p, x)
        return [
          [...sizes(y), ...sums(y)],
          [...y, ...sums(y).map(ones)],
        ]
      },
    }),
    elementwise: claim({
      name: 'elementwise',
      equation: 'f(p, m ? x : y) = m ? f(p, x) : f(p, y)',
      forall: (n) => ({ ...pxy(n), m: masks(n) }),
      sides: ({ f }, { p, x, y, m: mask }) => [f(p, chosen(mask, x, y)), chosen(mask, f(p, x), f(p, y))],
    }),
    permutationEquivariant: claim({
      name: 'permutationEquivariant',
      equation: 'f(p, x ∘ σ) = f(p, x) ∘ σ, σ a permutation of the last axis',
      forall: (n) => ({ ...px(n), σ: orders(n, 'last') }),
      sides: ({ f }, { p, x, σ }) => [f(p, permuted(x, σ, 'last')), permuted(f(p, x), σ, 'last')],
    }),
    rowEquivariant: claim({
      name: 'rowEquivariant',
      equation: 'f(p, σ ; x) = σ ; f(p, x), σ a permutation of the first axis',
      forall: (n) => ({ ...px(n), σ: orders(n, 'first') }),
      sides: ({ f }, { p, x, σ }) => [f(p, permuted(x, σ, 'first')), permuted(f(p, x), σ, 'first')],
    }),
  }
}
