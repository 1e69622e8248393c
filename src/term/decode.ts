import {
  object,
  sameType,
  size,
  surface,
  tensorOf,
  types,
  type Dtype,
  type Obj,
  type Tensor,
  type Type,
} from '../object/index.js'
import type { Algebra, Blueprint, Decoders, Wire } from '../structure/index.js'
import { diagram } from './wires.js'
import type { Term } from './term.js'

/** One way to continue a program at a wire; total where it applies, with a natural n that settles the attributes. */
export interface Choice {
  applies(type: Type): boolean
  /** The wires that take the place of x. Of `peers`, the wires of x's type with x among them, any may be read. */
  apply(x: Wire, n: number, peers: readonly Wire[], depth: number): readonly Wire[]
}

/** What programs are decoded with: the signature is a parameter of the free category. */
export interface Grammar {
  /** The types of which objects are made, the simplest first. */
  readonly types: readonly Type[]
  readonly choices: readonly Choice[]
  /** Whether a wire may be left unread. */
  readonly discards: boolean
  constant(algebra: Algebra, n: number, type: Type): Wire
  add(x: Wire, y: Wire): Wire
  /** A wire brought to another shape by a linear map. */
  fit(x: Wire, shape: readonly number[]): Wire
}

/**
 * Objects, programs and points from blueprints, totally: a step [op, a, n] takes wire a and the operation op, both modulo
 * what there is, so that every list is a well-typed program and a shorter list or a smaller number a simpler one. Step 0
 * does nothing.
 */
export function decoders(grammar: Grammar): Decoders<Obj, Term, readonly Tensor[]> {
  return {
    object: (blueprint) => object(blueprint.map((_, i) => typeAt(grammar, blueprint, i))),
    morphism: (dom, blueprint) => diagram(dom, (inputs, algebra) => run(grammar, inputs, algebra, blueprint)),
    between: (dom, cod, blueprint) =>
      diagram(dom, (inputs, algebra) => coerce(grammar, run(grammar, inputs, algebra, blueprint), algebra, types(cod))),
    point: decodePoint,
  }
}

/** The type that a natural names; one too large for a name means the type before it, so that equal types are common. */
function typeAt({ types: all }: Grammar, blueprint: Blueprint, i: number): Type {
  let at = i
  while (at > 0 && (blueprint[at] ?? 0) >= all.length) at -= 1
  return all[(blueprint[at] ?? 0) % all.length] as Type
}

function run(
  grammar: Grammar,
  inputs: readonly Wire[],
  algebra: Algebra,
  blueprint: readonly Blueprint[],
): readonly Wire[] {
  return blueprint.reduce<readonly Wire[]>((wires, [op = 0, a = 0, n = 0], depth) => {
    const at = wires.length === 0 ? 0 : a % wires.length
    const x = wires[at]
    if (x === undefined)
      return op === 0 ? [] : [grammar.constant(algebra, n, grammar.types[a % grammar.types.length] as Type)]
    const others = wires.filter((_, i) => i !== at)
    const choices = grammar.choices.filter((c) => c.applies(x.type))
    const plumbing = [wires, [...wires, x], [...others, x], ...(grammar.discards ? [others] : [])]
    const k = op % (plumbing.length + choices.length)
    const peers = wires.filter((w) => sameType(w.type, x.type))
    return (
      plumbing[k] ??
      wires.flatMap((w, i) => (i === at ? (choices[k - plumbing.length]?.apply(x, n, peers, depth) ?? [x]) : [w]))
    )
  }, inputs)
}

/** The wires brought to the given types: each is read once or more where there are fewer wires, else some are added. */
function coerce(grammar: Grammar, wires: readonly Wire[], algebra: Algebra, cod: readonly Type[]): readonly Wire[] {
  return cod.map((type, i) => {
    const given = wires.filter((w) => w.type.dtype === type.dtype)
    const rank = cod.slice(0, i).filter((t) => t.dtype === type.dtype).length
    const slots = cod.filter((t) => t.dtype === type.dtype).length
    if (given.length === 0) return grammar.constant(algebra, i, type)
    const mine = given.filter((_, j) => (given.length < slots ? j === rank % given.length : j % slots === rank))
    return mine.map((w) => grammar.fit(w, type.shape)).reduce((x, y) => grammar.add(x, y))
  })
}

/** The point whose entries are the numbers of the blueprint, read cyclically. */
function decodePoint(a: Obj, blueprint: Blueprint): readonly Tensor[] {
  let at = 0
  return types(a).map((type) => {
    const entries = Array.from({ length: size(type.shape) }, () =>
      element(type.dtype, blueprint[at++ % blueprint.length] ?? 0),
    )
    return tensorOf(surface(type), entries)
  })
}

/** 0, 1, −1, 2, −2, … */
const zigzag = (n: number): number => (n % 2 === 0 ? -n / 2 : (n + 1) / 2)

/** A small element of a rig: 0, ±1, ±2, then sixteenths below 2 where there are fractions; exact in every dtype. */
export function element(dtype: Dtype, n: number): number {
  if (dtype === 'bit') return n % 2
  if (dtype === 'integer' || dtype === 'int32') return zigzag(n % 7) + 0
  return n % 64 < 5 ? zigzag(n % 64) + 0 : zigzag((n % 64) - 4) / 16
}
