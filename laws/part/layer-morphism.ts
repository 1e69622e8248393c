import { dtypes, object, showType, size, types, type Dtype, type Type } from '../../src/object/index.js'
import { reverseDerivative } from '../../src/optic/index.js'
import type { Algebra, Wire } from '../../src/structure/index.js'
import { apply, diagram, type Term } from '../../src/term/index.js'
import { law, type Definition, type Law, type Sides } from '../law/law.js'
import { sameValues } from '../value/compare.js'
import { reference } from '../value/reference.js'
import type { Rounded } from '../value/rounding.js'
import type { Values } from '../value/bounds.js'
import { scalars } from './vector.js'
import { points, space, type Entry, type Space } from './layer-point.js'

/** What layers, losses and primitives are to the laws of derivatives and batches: a term `P ⊗ A → B` and its domain. */
export interface Morphism {
  readonly name: string
  readonly term: Term
  /** How many tensors P has. */
  readonly split: number
  /** Where the entries of each tensor of the domain lie; what is left out is as the dtype has it. */
  readonly entries: readonly (Entry | undefined)[]
  /** Which tensors of the domain a batch has many of: those of A, unless said. */
  readonly batched: readonly boolean[]
}

/** Wires of an object. */
export type Wires = readonly Wire[]

/** The values of a term at a point. Throws where an operation's meaning answers fewer entries than its codomain has. */
export function valuesOf(term: Term, point: Values): Values {
  const values = reference.interpret(term, point, scalars)
  for (const t of values) {
    const given = Array.from(t.data as ArrayLike<Rounded | undefined>).filter((a) => a !== undefined).length
    if (given !== size(t.shape))
      throw new TypeError(`laws: ${showType(t)} has ${size(t.shape)} entries, the meaning answers ${given}`)
  }
  return values
}

const reversed = new WeakMap<Term, Term>()
/** `R[f]`, made once. */
export function reverseOf(f: Term): Term {
  const known = reversed.get(f)
  if (known !== undefined) return known
  const made = reverseDerivative(f)
  reversed.set(f, made)
  return made
}

/** The dtype in which a term is differentiated: the first of its codomain, and then its domain, in the order of rigs. */
export function rigOf(f: Term): Dtype {
  const order = ['float64', 'float32', 'integer', 'int32', 'bit'] as const
  const [cod, dom] = [types(f.cod).map((t) => t.dtype), types(f.dom).map((t) => t.dtype)]
  return order.find((d) => cod.includes(d)) ?? order.find((d) => dom.includes(d)) ?? 'float64'
}

/** Whether tensors of a dtype vary smoothly with those of a rig. */
export function varies(dtype: Dtype, rig: Dtype): boolean {
  return dtype === rig || (dtypes[dtype].analytic && dtypes[rig].analytic)
}

/** The spaces of P, A, B, and of all of the domain. */
export function spacesOf({ term, split, entries }: Morphism): { readonly [K in 'P' | 'A' | 'B' | 'dom']: Space } {
  const dom = types(term.dom)
  return {
    P: space(': P', dom.slice(0, split), entries.slice(0, split)),
    A: space(': A', dom.slice(split), entries.slice(split)),
    B: space(': B', types(term.cod)),
    dom: space(split === 0 ? ': A' : ': P ⊗ A', dom, entries),
  }
}

/** A law about morphisms at points of spaces that depend on them. */
export interface PointLaw<K extends string> extends Pick<Definition<never>, 'name' | 'equation' | 'source' | 'runs'> {
  forall(m: Morphism): { readonly [V in K]: Space }
  holds(m: Morphism, values: { readonly [V in K]: Values }): Sides
}

/** The law of several morphisms, one of which is drawn with each point. */
export function pointLaw<K extends string>(morphisms: readonly Morphism[], definition: PointLaw<K>): Law {
  const { name, equation, source, runs } = definition
  return law({
    name,
    equation,
    source,
    ...(runs === undefined ? {} : { runs }),
    forall: points(morphisms, (m) => definition.forall(m)),
    holds: ({ subject, values }) => definition.holds(subject, values),
  })
}

/** A morphism and its derivative as functions on wires. */
export interface Reading {
  readonly m: Morphism
  readonly algebra: Algebra
  /** `f(p, x)`. */
  f(p: Wires, x: Wires): Wires
  /** `R[f](p, x, w)`, its part in A. */
  r(p: Wires, x: Wires, w: Wires): Wires
  /** A term on some wires. */
  on(term: Term, ...inputs: readonly Wires[]): Wires
}

/** An equation between wires. */
export interface WireLaw<K extends string> extends Omit<PointLaw<K>, 'holds'> {
  sides(reading: Reading, variables: { readonly [V in K]: Wires }): readonly [Wires, Wires]
}

/** The law of an equation between wires: one term has both sides, which are compared by value. */
export function wireLaw<K extends string>(morphisms: readonly Morphism[], equation: WireLaw<K>): Law {
  const made = new Map<Morphism, Both>()
  return pointLaw(morphisms, {
    ...equation,
    holds(m, values) {
      const both = made.get(m) ?? bothSides(m, equation)
      made.set(m, both)
      const outs = valuesOf(both.term, Object.values<Values>(values).flat())
      return sameValues(outs.slice(0, both.left), outs.slice(both.left))
    },
  })
}

interface Both {
  readonly term: Term
  readonly left: number
}

function bothSides<K extends string>(m: Morphism, { forall, sides }: WireLaw<K>): Both {
  const spaces = Object.entries<Space>(forall(m))
  let left = 0
  const term = diagram(object(spaces.flatMap(([, s]): readonly Type[] => s.types)), (wires, algebra) => {
    let from = 0
    const variables = spaces.map(([name, s]) => [name, wires.slice(from, (from += s.types.length))])
    const on: Reading['on'] = (term, ...inputs) => apply(term, inputs.flat(), algebra)
    const reading: Reading = {
      m,
      algebra,
      on,
      f: (p, x) => on(m.term, p, x),
      r: (p, x, w) => on(reverseOf(m.term), p, x, w).slice(m.split),
    }
    const [lhs, rhs] = sides(reading, Object.fromEntries(variables) as { readonly [V in K]: Wires })
    left = lhs.length
    return [...lhs, ...rhs]
  })
  return { term, left }
}
