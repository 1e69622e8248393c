import * as E from 'fp-ts/lib/Either.js'
import { showType, size, types, type Dtype } from '../../object/index.js'
import type { Entries, Scalars } from '../../structure/index.js'
import { flatten, type PrimitiveTerm, type Term } from '../../term/index.js'
import { gatesOver, netlistOfGates, not, type Gates, type Literal } from './literal.js'
import type { Netlist } from './netlist.js'

/** A term that is no circuit: a primitive, at a dtype, whose entries are not known bits or sums and products of bits. */
export interface LowerError {
  readonly kind: 'lower'
  readonly message: string
  readonly primitive: string
}

/**
 * The netlist of a term over bits: an input for each entry of its domain and an output for each of its codomain, tensor by
 * tensor, row-major. It is the meaning of every primitive read over literals: addition is exclusive or, multiplication
 * conjunction, and so of sums, contractions, layouts, gathers by known indices, and what is made from them; `select` and `equal`
 * on bits are gates too. Left, by name, where a value that is no bit depends on the inputs, or a real number is needed.
 */
export function netlistOf(term: Term): E.Either<LowerError, Netlist> {
  const program = flatten(term)
  const boundary = [...types(program.dom), ...types(program.cod)].find((t) => t.dtype !== 'bit')
  if (boundary !== undefined) return fail('', `the boundary has ${showType(boundary)}, needs bits`)
  const into = gatesOver(types(program.dom).reduce((n, t) => n + size(t.shape), 0))
  const rigs: Rigs = { bit: bitLiterals(into), int32: knownIntegers }
  let next = 0
  const wires: Entries<Literal>[] = types(program.dom).map(({ dtype, shape }) => ({
    dtype,
    shape,
    data: Array.from({ length: size(shape) }, () => into.input(next++)),
  }))
  for (const { term: leaf, inputs } of program.boxes) {
    const given = inputs.map((id) => wires[id] as Entries<Literal>)
    const made = attempt(() => valuesOf(leaf, given, rigs, into))
    if (E.isLeft(made)) {
      const at = types(leaf.dom).map(showType).join(' ⊗ ')
      return fail(leaf.operation.name, `"${leaf.operation.name}" at ${at === '' ? 'I' : at}: ${made.left}`)
    }
    for (const [i, { dtype, shape }] of types(leaf.cod).entries())
      wires.push({ dtype, shape, data: made.right[i] ?? [] })
  }
  return E.right(
    netlistOfGates(
      into,
      program.outs.flatMap((id) => Array.from((wires[id] as Entries<Literal>).data)),
    ),
  )
}

/** Entries are literals at dtype bit, and known numbers at int32. */
type Rigs = { readonly bit: Scalars<Literal>; readonly int32: Scalars<number> }

function valuesOf(
  leaf: PrimitiveTerm,
  inputs: readonly Entries<Literal>[],
  rigs: Rigs,
  into: Gates,
): readonly ArrayLike<Literal>[] {
  const [x, y, z] = inputs
  const entry = (of: Entries<Literal>, i: number): Literal => of.data[i] ?? 0
  if (leaf.operation.name === 'equal' && x?.dtype === 'bit' && y !== undefined)
    return [Array.from(x.data, (a, i) => not(into.xor(a, entry(y, i))))]
  if (leaf.operation.name === 'select' && x !== undefined && y?.dtype === 'bit' && z !== undefined)
    return [Array.from(x.data, (c, i) => into.mux(c, entry(y, i), entry(z, i)))]
  return leaf.operation.meaning<Literal>(leaf.attributes, inputs, types(leaf.cod), (dtype: Dtype) => {
    if (dtype === 'bit' || dtype === 'int32') return rigs[dtype]
    throw new Unknown(`its values are ${dtype}, needs bits`)
  })
}

/** Why a primitive has no meaning over literals. */
class Unknown extends Error {
  override readonly name = 'Unknown'
}
function attempt<T>(f: () => T): E.Either<string, T> {
  try {
    return E.right(f())
  } catch (error) {
    if (error instanceof Unknown) return E.left(error.message)
    throw error
  }
}

function known(x: Literal): number {
  if (x <= 1) return x
  throw new Unknown('it looks at a bit that is not known')
}

/** Z/2 by literals. */
function bitLiterals(into: Gates): Scalars<Literal> {
  return {
    zero: 0,
    one: 1,
    add: into.xor,
    multiply: into.and,
    negate: (a) => a,
    of: (n) => Math.abs(Math.trunc(n) % 2),
    number: known,
    convert: (a, from) => (from === knownIntegers ? a & 1 : a),
    less: (a, b) => known(a) < known(b),
    equal: (a, b) => a === b || known(a) === known(b),
  }
}

/** Z/2³² by representatives that are known. */
const knownIntegers: Scalars<number> = {
  zero: 0,
  one: 1,
  add: (a, b) => (a + b) | 0,
  multiply: Math.imul,
  negate: (a) => -a | 0,
  of: (n) => n | 0,
  number: (a) => a,
  convert: (a, from) => (from === knownIntegers ? a : known(a)),
  less: (a, b) => a < b,
  equal: (a, b) => a === b,
}

function fail(primitive: string, reason: string): E.Either<LowerError, never> {
  return E.left({ kind: 'lower', message: `netlistOf: ${reason}`, primitive })
}
