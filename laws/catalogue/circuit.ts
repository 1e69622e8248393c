import { circuits, lookup } from '../../src/circuit/index.js'
import { bit, objectOf, type Ob } from '../../src/object/index.js'
import { over, type Untyped } from '../../src/optic/index.js'
import { add, constant, multiply, reshape, slice, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import type { LawSet } from '../law/law.js'
import { circuit, type CircuitClaim } from '../part/circuit.js'

const gate = (inputs: number, body: (x: readonly Wire[]) => readonly Wire[]): Term =>
  diagram(objectOf(Array.from({ length: inputs }, () => bit())), body)
const xor = (x: Wire, y: Wire): Wire => add(x, y)
const and = (x: Wire, y: Wire): Wire => multiply(x, y)
const not = (x: Wire): Wire => add(x, 1)
const or = (x: Wire, y: Wire): Wire => add(add(x, y), multiply(x, y))
const mux = (c: Wire, x: Wire, y: Wire): Wire => add(y, multiply(c, add(x, y)))
const majority = (x: Wire, y: Wire, z: Wire): Wire => add(add(multiply(x, y), multiply(y, z)), multiply(x, z))
const pairs = (f: (x: Wire, y: Wire) => Wire): Term => gate(2, ([x, y]) => [f(x as Wire, y as Wire)])

/** Gates and small circuits, by name. */
export const gates: { readonly [name: string]: Term } = {
  one: diagram(objectOf([]), (_, algebra) => [constant(algebra, 1, 'bit', [])]),
  not: gate(1, ([x]) => [not(x as Wire)]),
  copy: gate(1, ([x]) => [x as Wire, x as Wire]),
  xor: pairs(xor),
  and: pairs(and),
  or: pairs(or),
  nand: pairs((x, y) => not(and(x, y))),
  'copy, and': gate(1, ([x]) => [and(x as Wire, x as Wire)]),
  'or by De Morgan': pairs((x, y) => not(and(not(x), not(y)))),
  multiplexer: gate(3, ([c, x, y]) => [mux(c as Wire, x as Wire, y as Wire)]),
  majority: gate(3, ([x, y, z]) => [majority(x as Wire, y as Wire, z as Wire)]),
  'majority by or': gate(3, ([x, y, z]) => {
    const [a, b, c] = [x as Wire, y as Wire, z as Wire]
    return [or(or(and(a, b), and(b, c)), and(a, c))]
  }),
  'half adder': gate(2, ([x, y]) => [xor(x as Wire, y as Wire), and(x as Wire, y as Wire)]),
  'full adder': gate(3, ([x, y, z]) => {
    const [a, b, c] = [x as Wire, y as Wire, z as Wire]
    return [xor(xor(a, b), c), majority(a, b, c)]
  }),
  'parity of six': diagram(objectOf([bit(6)]), ([x]) => [sum(x as Wire, [0])]),
  'conjunction of four': diagram(objectOf([bit(4)]), ([x]) => [
    [0, 1, 2, 3]
      .map((i) => reshape(slice(x as Wire, [i], [1]), []))
      .reduce((a, b) => and(a, b), constant((x as Wire).algebra, 1, 'bit', [])),
  ]),
}

/** Which claims hold of each gate and model; one without an entry is a failure of the tests. */
export const circuitClaims: { readonly [name: string]: readonly CircuitClaim[] } = {
  one: ['safe', 'putPut'],
  not: ['safe', 'putGet', 'putPut'],
  copy: ['safe'],
  xor: ['safe'],
  and: ['safe'],
  or: ['safe'],
  nand: ['safe'],
  'copy, and': ['putPut'],
  'or by De Morgan': ['safe'],
  multiplexer: ['safe', 'putGet'],
  majority: ['safe'],
  'majority by or': ['safe'],
  'half adder': ['safe'],
  'full adder': ['safe'],
  'parity of six': ['safe'],
  'conjunction of four': ['safe'],
  lookup: ['safe', 'putGet', 'putPut'],
  'lookup(1, 1)': ['safe', 'putGet', 'putPut'],
  'lookup(2, 1)': ['safe', 'putGet', 'putPut'],
  'lookup(1, 2)': ['safe', 'putGet', 'putPut'],
}

const overBits = (model: Untyped): Untyped =>
  over('bit', model as unknown as Parameters<typeof over<'bit', object, Ob, Ob>>[1])

/** Models over bits: those of the library, and look-ups small enough for all points to be tried. */
export const bitModels: { readonly [name: string]: Untyped } = {
  ...Object.fromEntries(Object.entries(circuits).map(([name, model]) => [name, overBits(model)])),
  'lookup(1, 1)': overBits(lookup(1, 1)),
  'lookup(1, 2)': overBits(lookup(1, 2)),
  'lookup(2, 1)': overBits(lookup(2, 1)),
}

/** The laws of gates and of models over bits. */
export function circuitLaws(): readonly LawSet[] {
  return Object.entries({ ...gates, ...bitModels }).map(([name, it]) =>
    circuit(name, it, { claims: circuitClaims[name] ?? [], sampled: true }),
  )
}
