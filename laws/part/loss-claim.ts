import { dtypes, object, surface, types, type Type } from '../../src/object/index.js'
import { constant, multiply, subtract } from '../../src/primitive/index.js'
import { apply, diagram, type Term } from '../../src/term/index.js'
import { lossAt, type Distance } from '../../src/loss/index.js'
import type { Sides, Law } from '../law/law.js'
import { showValues } from '../value/compare.js'
import {
  pointLaw,
  reverseOf,
  rigOf,
  valuesOf,
  wireLaw,
  type Morphism,
  type WireLaw,
  type Wires,
} from './layer-morphism.js'
import type { Values } from '../value/bounds.js'
import { entryOf, space, type Entry, type Space } from './layer-point.js'
import { larger, plus, scaled, shifted, sizes, sums, zeros } from './layer-wire.js'

/** What may be claimed of a loss; `additive` of one that is a distance at every object. */
export type LossClaim =
  | 'nonNegative'
  | 'zeroAtEqual'
  | 'zeroOnlyAtEqual'
  | 'symmetric'
  | 'translation'
  | 'convex'
  | 'additive'
  | 'invertible'
  | 'shiftInvariant'
  | 'gradientSumsToZero'

/** A loss `e : Y ⊗ B → L` as its claims see it. */
export interface LossMorphism extends Morphism {
  /** How many tensors Y has. */
  readonly labels: number
  /** The loss at other objects. */
  readonly distance?: Distance | undefined
  /** `(x, z) ↦ y` with `∂e/∂x(y, x) = z`. */
  readonly inverse?: Term | undefined
}

const fong = 'Fong, Spivak and Tuyéras, Backprop as Functor, 2019, Thm III.2'
const source = 'definition'

/** Y and B, and B with entries of its dtype whatever the domain. */
export function lossSpaces(m: LossMorphism): { readonly Y: Space; readonly B: Space } {
  const dom = types(m.term.dom)
  return {
    Y: space(': Y', dom.slice(0, m.labels), m.entries.slice(0, m.labels)),
    B: space(': B', dom.slice(m.labels), m.entries.slice(m.labels)),
  }
}

const predictions = ({ term, labels }: LossMorphism): readonly Type[] => types(term.dom).slice(labels)

/** `∂e/∂x(y, x)`: the derivative in the prediction, all of L having cotangent 1. */
export function slope(m: LossMorphism): Term {
  const cod = types(m.term.cod)
  return diagram(m.term.dom, (wires, algebra) => {
    const one = cod.map((t) => constant(algebra, 1, t.dtype, t.shape))
    return apply(reverseOf(m.term), [...wires, ...one], algebra).slice(m.labels)
  })
}

/** The laws of the claims that can be made for a loss. */
export function lossClaims(
  m: LossMorphism,
): Readonly<Record<Exclude<LossClaim, 'additive'>, Law> & { additive?: Law }> {
  const claim = <K extends string>(definition: Omit<WireLaw<K>, 'source'> & { readonly source?: string }): Law =>
    wireLaw([m], { source, ...definition })
  const { Y, B } = lossSpaces(m)
  const [yx, tangent] = [(): { y: Space; x: Space } => ({ y: Y, x: B }), space(': B', predictions(m))]
  const two = (): { y: Space; x: Space; z: Space } => ({ y: Y, x: B, z: B })
  return {
    nonNegative: claim({
      name: 'nonNegative',
      equation: '|e(y, x)| = e(y, x)',
      forall: yx,
      sides: ({ f }, { y, x }) => [sizes(f(y, x)), f(y, x)],
    }),
    zeroAtEqual: claim({
      name: 'zeroAtEqual',
      equation: 'e(x, x) = 0',
      forall: () => ({ x: B }),
      sides: ({ f, algebra }, { x }) => [f(x, x), zeros(algebra, types(m.term.cod))],
    }),
    zeroOnlyAtEqual: pointLaw([m], {
      name: 'zeroOnlyAtEqual',
      equation: 'e(y, y + d) ≠ 0 for d ≠ 0',
      source,
      forall: () => ({ y: Y, d: space('≠ 0', predictions(m), predictions(m).map(nonZero)) }),
      holds: ({ term }, { y, d }) => differsFromZero(valuesOf(moved(term, predictions(m)), [...y, ...d])),
    }),
    symmetric: claim({
      name: 'symmetric',
      equation: 'e(y, x) = e(x, y)',
      forall: yx,
      sides: ({ f }, { y, x }) => [f(y, x), f(x, y)],
    }),
    translation: claim({
      name: 'translation',
      equation: 'e(y + c, x + c) = e(y, x)',
      forall: () => ({ ...yx(), c: tangent }),
      sides: ({ f }, { y, x, c }) => [f(plus(y, c), plus(x, c)), f(y, x)],
    }),
    convex: claim({
      name: 'convex',
      equation: 'e(y, t x + (1 − t) z) ∨ (t e(y, x) + (1 − t) e(y, z)) = t e(y, x) + (1 − t) e(y, z)',
      forall: () => ({ ...two(), t: space('in [0, 1]', [{ dtype: rigOf(m.term), shape: [] }], [(n) => (n % 9) / 8]) }),
      sides({ f, algebra }, { y, x, z, t }) {
        const one = constant(algebra, 1, rigOf(m.term), [])
        const rest = t.map((w) => subtract(one, w))
        const mean = (a: Wires, b: Wires): Wires => plus(scaled(t, a), scaled(rest, b))
        const chord = mean(f(y, x), f(y, z))
        return [larger(f(y, mean(x, z)), chord), chord]
      },
    }),
    ...(m.distance === undefined ? {} : { additive: additive(m, m.distance) }),
    invertible:
      m.inverse === undefined
        ? pointLaw([m], {
            name: 'invertible',
            equation: '∂e/∂x(y, x) ≠ ∂e/∂x(y + d, x) for d ≠ 0',
            source: fong,
            forall: () => ({ ...yx(), d: space('≠ 0', predictions(m), predictions(m).map(nonZero)) }),
            holds: (_, { y, x, d }) => {
              const step = diagram(object([...Y.types, ...B.types, ...B.types]), (wires, algebra) => {
                const [a, b, c] = split(wires, Y.types.length, B.types.length)
                const at = (label: Wires): Wires => apply(slope(m), [...label, ...b], algebra)
                return plus(
                  at(plus(a, c)),
                  at(a).map((w) => multiply(-1, w)),
                )
              })
              return differsFromZero(valuesOf(step, [...y, ...x, ...d]))
            },
          })
        : claim({
            name: 'invertible',
            equation: 'y(x, ∂e/∂x(y, x)) = y and ∂e/∂x(y(x, z), x) = z',
            source: fong,
            forall: () => ({ ...yx(), z: tangent }),
            sides({ on }, { y, x, z }) {
              const inverse = m.inverse as Term
              return [
                [...on(inverse, x, on(slope(m), y, x)), ...on(slope(m), on(inverse, x, z), x)],
                [...y, ...z],
              ]
            },
          }),
    shiftInvariant: claim({
      name: 'shiftInvariant',
      equation: 'e(y, x + c·1) = e(y, x), c constant along the last axis',
      forall: () => ({
        ...yx(),
        c: space(
          ': B without its last axis',
          predictions(m).map((t) => ({ ...t, shape: t.shape.slice(0, -1) })),
        ),
      }),
      sides: ({ f }, { y, x, c }) => [f(y, shifted(x, c)), f(y, x)],
    }),
    gradientSumsToZero: claim({
      name: 'gradientSumsToZero',
      equation: 'Σ ∂e/∂x(y, x) = 0 along the last axis',
      forall: yx,
      sides({ on, algebra }, { y, x }) {
        const all = sums(on(slope(m), y, x))
        return [
          all,
          zeros(
            algebra,
            all.map((a) => a.type),
          ),
        ]
      },
    }),
  }
}

/** Entries that are not 0: odd sixteenths, positive and negative integers, 1. */
function nonZero({ dtype }: Type): Entry {
  if (dtype === 'bit') return () => 1
  if (dtypes[dtype].analytic) return entryOf(dtype)
  return (n) => (n % 2 === 0 ? 1 : -1) * (1 + (n % 5))
}

const split = (wires: Wires, a: number, b: number): readonly [Wires, Wires, Wires] => [
  wires.slice(0, a),
  wires.slice(a, a + b),
  wires.slice(a + b),
]

/** `(y, d) ↦ e(y, y + d)`. Throws where Y is not B. */
function moved(e: Term, b: readonly Type[]): Term {
  return diagram(object([...types(e.dom).slice(0, e.dom.length - b.length), ...b]), (wires, algebra) => {
    const y = wires.slice(0, wires.length - b.length)
    return apply(e, [...y, ...plus(y, wires.slice(y.length))], algebra)
  })
}

/** Whether some entry differs from 0 by more than rounding explains. */
function differsFromZero(values: Values): Sides {
  const apart = values.some((t) => Array.from(t.data).some((a) => Math.abs(Number(a.value)) > 2 * a.error))
  const rounded = values.some((t) => Array.from(t.data).some((a) => a.error > 0))
  return {
    equal: apart,
    by: rounded ? 'bound' : 'value',
    explain: () => ({ lhs: showValues(values), rhs: '≠ 0', difference: 'all entries are 0 up to rounding' }),
  }
}

/** `e((y, v), (x, z)) = e(y, x) + e(v, z)`, the loss at `B ⊗ [2, 2]` and at its factors. */
function additive(m: LossMorphism, distance: Distance): Law {
  const dtype = rigOf(m.term)
  const at = (all: readonly Type[]): Term => lossAt(distance, all.map(surface)).term
  const other: readonly Type[] = [{ dtype, shape: [2, 2] }]
  const { Y, B } = lossSpaces(m)
  return wireLaw([m], {
    name: 'additive',
    equation: 'e((y, v), (x, z)) = e(y, x) + e(v, z)',
    source,
    forall: () => ({
      y: Y,
      x: B,
      v: space(': B′', other, m.entries.slice(0, 1)),
      z: space(': B′', other, m.entries.slice(m.labels)),
    }),
    sides: ({ on }, { y, x, v, z }) => [
      on(at([...B.types, ...other]), y, v, x, z),
      plus(on(at(B.types), y, x), on(at(other), v, z)),
    ],
  })
}
