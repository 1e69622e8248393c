import { boxes, circuits, gate, lookup } from '../../src/circuit/index.js'
import { bit, objectOf, type Ob } from '../../src/object/index.js'
import { fixBuffers, initialise } from '../../src/learn/index.js'
import { over, type Untyped } from '../../src/optic/index.js'
import { constant, reshape, slice, sum } from '../../src/primitive/index.js'
import type { Wire } from '../../src/structure/index.js'
import { diagram, type Term } from '../../src/term/index.js'
import type { LawSet } from '../law/law.js'
import { circuit, type CircuitClaim } from '../part/circuit.js'

const circuitOf = (inputs: number, body: (x: readonly Wire[]) => readonly Wire[]): Term =>
  diagram(objectOf(Array.from({ length: inputs }, () => bit())), body)

/** Gates of the zoo and small circuits of them, by name. */
export const gates: { readonly [name: string]: Term } = {
  ...Object.fromEntries(Object.entries(gate.gates).map(([name, g]) => [name, gate.gateAt(g, bit())])),
  one: diagram(objectOf([]), (_, algebra) => [constant(algebra, 1, 'bit', [])]),
  copy: circuitOf(1, ([x]) => [x as Wire, x as Wire]),
  'copy, and': circuitOf(1, ([x]) => [gate.and(x as Wire, x as Wire)]),
  'or by De Morgan': circuitOf(2, ([x, y]) => [gate.not(gate.and(gate.not(x as Wire), gate.not(y as Wire)))]),
  'majority by or': circuitOf(3, ([x, y, z]) => {
    const [a, b, c] = [x as Wire, y as Wire, z as Wire]
    return [gate.or(gate.or(gate.and(a, b), gate.and(b, c)), gate.and(a, c))]
  }),
  'parity of six': diagram(objectOf([bit(6)]), ([x]) => [sum(x as Wire, [0])]),
  'conjunction of four': diagram(objectOf([bit(4)]), ([x]) => [
    [0, 1, 2, 3]
      .map((i) => reshape(slice(x as Wire, [i], [1]), []))
      .reduce((a, b) => gate.and(a, b), constant((x as Wire).algebra, 1, 'bit', [])),
  ]),
}

/** Which claims hold of each gate and model; one without an entry is a failure of the tests. */
export const circuitClaims: { readonly [name: string]: readonly CircuitClaim[] } = {
  one: ['safe', 'putPut'],
  not: ['safe', 'putGet', 'putPut'],
  copy: ['safe'],
  and: ['safe'],
  or: ['safe'],
  xor: ['safe'],
  nand: ['safe'],
  nor: ['safe'],
  equivalence: ['safe'],
  implication: ['safe'],
  'copy, and': ['putPut'],
  'or by De Morgan': ['safe'],
  multiplexer: ['safe', 'putGet'],
  majority: ['safe'],
  'majority by or': ['safe'],
  halfAdder: ['safe'],
  fullAdder: ['safe'],
  'parity of six': ['safe'],
  'conjunction of four': ['safe'],
  lookup: ['safe', 'putGet', 'putPut'],
  lookups: ['safe', 'putGet', 'putPut'],
  switchedLookups: [],
  ripple: ['safe'],
  accumulate: [],
  automaton: ['safe'],
  ensemble: ['safe', 'putGet', 'putPut'],
  groupSum: ['safe', 'putGet', 'putPut'],
  addressedLookups: ['safe'],
  threshold: ['safe'],
  'lookup(1, 1)': ['safe', 'putGet', 'putPut'],
  'lookup(2, 1)': ['safe', 'putGet', 'putPut'],
  'lookup(1, 2)': ['safe', 'putGet', 'putPut'],
}

/** A model over bits, its wiring as it is drawn. */
function overBits(model: Untyped): Untyped {
  const bits = over('bit', model as unknown as Parameters<typeof over<'bit', object, Ob, Ob>>[1])
  return bits.parameters.some((p) => p.buffer === true) ? fixBuffers(bits, initialise(bits, 1)) : bits
}

/** Models over bits: those of the library, and look-ups small enough for all points to be tried. */
export const bitModels: { readonly [name: string]: Untyped } = {
  ...Object.fromEntries(Object.entries(circuits).map(([name, model]) => [name, overBits(model)])),
  ...Object.fromEntries(Object.entries(boxes).map(([name, { model }]) => [name, model])),
  'lookup(1, 1)': overBits(lookup(1, 1)),
  'lookup(1, 2)': overBits(lookup(1, 2)),
  'lookup(2, 1)': overBits(lookup(2, 1)),
}

/** The laws of gates and of models over bits. */
export function circuitLaws(): readonly LawSet[] {
  return Object.entries({ ...gates, ...bitModels }).map(([name, it]) => {
    const expansion = boxes[name]?.expansion
    return circuit(name, it, {
      claims: circuitClaims[name] ?? [],
      sampled: true,
      ...(expansion === undefined ? {} : { expansion }),
    })
  })
}
