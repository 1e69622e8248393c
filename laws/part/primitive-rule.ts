import { dtypes, object, showType, size, types, type Dtype, type Type } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'

import type { Cotangent, Wire } from '../../src/structure/index.js'
import { diagram, retype, swap, compose, copy, tensor, type Term } from '../../src/term/index.js'
import { law, type Law } from '../law/law.js'
import { sameText, sameValues } from '../value/compare.js'
import { scalars } from './vector.js'
import { pointLaw, spacesOf, valuesOf, wireLaw } from './layer-morphism.js'
import type { Values } from '../value/bounds.js'
import { space } from './layer-point.js'
import type { CaseMorphism } from './primitive-case.js'

const list = (all: readonly Type[]): string => all.map(showType).join(' ⊗ ') || 'I'
const atCases = (
  ms: readonly CaseMorphism[],
): {
  readonly text: string
  readonly show: (m: CaseMorphism) => Record<string, string>
  readonly all: () => readonly CaseMorphism[]
} => ({ text: 'f at its cases', show: ({ name }) => ({ f: name }), all: () => ms })

/** The meaning answers one list of entries for each tensor of the codomain, as long as it. */
export function typesLaw(ms: readonly CaseMorphism[]): Law {
  return pointLaw(ms, {
    name: 'types',
    equation: 'f(x) : B for x : A, f : A → B',
    source: 'the codomain is that of the meaning',
    forall: (m) => ({ x: spacesOf(m).dom }),
    holds(m, { x }) {
      const { operation, attributes } = m as CaseMorphism
      const cod = types(m.term.cod)
      const lengths = operation.meaning(attributes, x, cod, scalars).map((data) => data.length)
      return sameText(lengths.join(', '), cod.map((t) => size(t.shape)).join(', '))
    },
  })
}

/** What is kept is among inputs and outputs, the backward pass answers a cotangent of each operand's type or none, and the kind is that. */
export function ruleLaw(ms: readonly CaseMorphism[]): Law {
  return law<CaseMorphism>({
    name: 'rule',
    equation: 'residual : (A, B) → M, backward : M ⊗ B → A; M = I if linear, A if a lens, backward absent if zero',
    source: 'Riley, Categories of Optics, 2018',
    forall: atCases(ms),
    holds({ operation, attributes, term }) {
      const { kind, residual, backward } = operation.optic
      const [dom, cod] = [types(term.dom), types(term.cod)]
      const told: string[] = []
      diagram(object([...dom, ...cod]), (wires) => {
        const [inputs, outputs] = [wires.slice(0, dom.length), wires.slice(dom.length)]
        const kept = residual(attributes, inputs, outputs)
        const back = backward(attributes, kept, outputs, dom)
        const none = backward(
          attributes,
          kept,
          cod.map((): Cotangent => undefined),
          dom,
        )
        told.push(
          `M is ${kindOf(kind, kept, inputs, back)}`,
          `kept among inputs and outputs: ${kept.every((w) => wires.includes(w))}`,
          `A: ${list(dom.map((t, i) => back[i]?.type ?? t))}, ${back.length} tensors`,
          `of absent: ${none.filter((w) => w !== undefined).length} present`,
        )
        return []
      })
      return sameText(
        told.join('\n'),
        [
          `M is as ${kind} says`,
          'kept among inputs and outputs: true',
          `A: ${list(dom)}, ${dom.length} tensors`,
          'of absent: 0 present',
        ].join('\n'),
      )
    },
  })
}

function kindOf(
  kind: CaseMorphism['operation']['optic']['kind'],
  kept: readonly Wire[],
  inputs: readonly Wire[],
  back: readonly Cotangent[],
): string {
  const fits = {
    linear: kept.length === 0,
    lens: kept.length === inputs.length && kept.every((w, i) => w === inputs[i]),
    zero: back.every((w) => w === undefined),
    bespoke: true,
  }
  return fits[kind] ? `as ${kind} says` : `${kept.length} wires, not as ${kind} says`
}

/** Where a case says that there is no derivative, asking for it throws. */
export function refusalLaw(ms: readonly CaseMorphism[]): Law {
  return law<CaseMorphism>({
    name: 'no derivative',
    equation: 'R[f] is refused',
    source: 'between rigs without a common derivative there is none',
    forall: atCases(ms),
    holds({ term }) {
      const outcome = (): string => {
        try {
          reverseDerivative(term)
          return 'R[f] is a term'
        } catch {
          return 'refused'
        }
      }
      return sameText(outcome(), 'refused')
    },
  })
}

/** `f(x, y) = f(y, x)`, of an operation that says so. */
export function commutativeLaw(ms: readonly CaseMorphism[]): Law {
  return wireLaw(ms, {
    name: 'commutative',
    equation: 'f(x, y) = f(y, x)',
    source: 'the flag of the operation',
    forall: (m) => ({ x: spacesOf(m).dom }),
    sides: ({ m, on }, { x }) => [on(m.term, x), on(m.term, [...x].reverse())],
  })
}

/** `⟨f, σ ; f⟩`, or `⟨f, f⟩` where the operands are not of one type: what a normal form may join. */
export function twice({ term, ...m }: CaseMorphism): CaseMorphism {
  const [a, b] = types(term.dom)
  const swaps = term.dom.length === 2 && a !== undefined && b !== undefined && showType(a) === showType(b)
  const other: Term = swaps ? compose(swap(object([a]), object([b])), term) : term
  return { ...m, term: compose(copy(term.dom), tensor(term, other)) }
}

const targets = ['float64', 'int32', 'bit'] as const

/**
 * `f(h(x)) = h(f(x))` for the homomorphisms h of the integers to other rings, wherever the operation exists at both and
 * what it answers is of the rig; to the bits only without comparisons. Nothing where it is at no ring of integers.
 */
export function changeOfRigLaw(ms: readonly CaseMorphism[]): readonly Law[] {
  const changed = ms.flatMap((m) => targets.flatMap((to) => changesOf(m, to)))
  if (changed.length === 0) return []
  const others = new Map<unknown, Change>(changed.map((c) => [c.m, c]))
  return [
    pointLaw(
      changed.map((c) => c.m),
      {
        name: 'change of rig',
        equation: 'f(h(x)) = h(f(x)), h : Z → R, Z/2³², Z/2',
        source: 'the integers are the initial ring',
        forall: ({ term, entries }) => ({
          x: space(
            ': A over Z',
            types(term.dom),
            types(term.dom).map((t, i) => (t.dtype === 'integer' ? undefined : entries[i])),
          ),
        }),
        holds(m, { x }) {
          const { there, to } = others.get(m) as Change
          return sameValues(valuesOf(there, image(x, to)), image(valuesOf(m.term, x), to))
        },
      },
    ),
  ]
}

interface Change {
  readonly m: CaseMorphism
  readonly there: Term
  readonly to: Dtype
}

function changesOf(m: CaseMorphism, to: Dtype): readonly Change[] {
  const integers = attempt(() => retype(m.term, 'integer', 'float64'))
  if (integers === undefined) return []
  const [dom, cod] = [types(integers.dom), types(integers.cod)]
  const changed = [...dom, ...cod].some((t) => t.dtype === 'integer')
  if (!changed || dom.some((t) => dtypes[t.dtype].analytic)) return []
  const there = attempt(() => retype(integers, to, 'integer'))
  const answersInRig = cod.every((t) => t.dtype === 'integer')
  if (there === undefined || (to === 'bit' && !answersInRig)) return []
  return [{ m: { ...m, name: `${m.name}, Z → ${to}`, term: integers }, there, to }]
}

function attempt<T>(f: () => T): T | undefined {
  try {
    return f()
  } catch {
    return undefined
  }
}

const image = (xs: Values, to: Dtype): Values =>
  xs.map((x) => {
    if (x.dtype !== 'integer') return x
    const [here, there] = [scalars('integer'), scalars(to)]
    return { dtype: to, shape: x.shape, data: Array.from(x.data, (a) => there.convert(a, here)) }
  })
