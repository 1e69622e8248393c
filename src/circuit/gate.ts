import { object, type Type } from '../object/index.js'
import { add, multiply, only, subtract } from '../primitive/index.js'
import type { Wire } from '../structure/index.js'
import { apply, box, diagram, type BoxTerm } from '../term/index.js'

/**
 * A gate by the polynomial over the integers that has degree one in each operand and its truth table at 0 and 1: in this
 * way it is read over any ring, and its formal derivative is its Boolean difference.
 */
export interface Gate {
  readonly gate: string
  readonly arity: number
  readonly body: (operands: readonly Wire[]) => readonly Wire[]
}

/** A gate as a box on operands of one type, entry by entry. */
export function gateAt({ gate, arity, body }: Gate, type: Type): BoxTerm {
  return box(
    gate,
    diagram(object(new Array<Type>(arity).fill(type)), (x) => body(x)),
  )
}

/** The outputs of a gate on wires of one type. Throws `xor: needs 2 operands, given 1`. */
export function gateOn(gate: Gate, operands: readonly Wire[]): readonly Wire[] {
  const [first] = operands
  if (first === undefined || operands.length !== gate.arity)
    throw new TypeError(`${gate.gate}: needs ${gate.arity} operands, given ${operands.length}`)
  return apply(gateAt(gate, first.type), operands, first.algebra)
}

const opposite = (x: Wire): Wire => subtract(1, x)
const product = (x: Wire, y: Wire): Wire => multiply(x, y)
/** `x + y − c x y`. */
const sumLess = (c: number, x: Wire, y: Wire): Wire => add(add(x, y), multiply(-c, multiply(x, y)))
/** `lo + x (hi − lo)`. */
const between = (x: Wire, hi: Wire, lo: Wire): Wire => add(lo, multiply(x, subtract(hi, lo)))

const unary = (gate: string, f: (x: Wire) => Wire): Gate => ({ gate, arity: 1, body: ([x]) => [f(x as Wire)] })
const binary = (gate: string, f: (x: Wire, y: Wire) => Wire): Gate => ({
  gate,
  arity: 2,
  body: ([x, y]) => [f(x as Wire, y as Wire)],
})
const ternary = (gate: string, f: (x: Wire, y: Wire, z: Wire) => Wire): Gate => ({
  gate,
  arity: 3,
  body: ([x, y, z]) => [f(x as Wire, y as Wire, z as Wire)],
})
/** `xy + z (x + y − 2xy)`: two of three. */
const twoOfThree = (x: Wire, y: Wire, z: Wire): Wire => add(product(x, y), product(z, sumLess(2, x, y)))

/** Every gate by its name; the contract tests loop over the list. */
export const gates: { readonly [name: string]: Gate } = {
  not: unary('not', opposite),
  and: binary('and', product),
  or: binary('or', (x, y) => sumLess(1, x, y)),
  xor: binary('xor', (x, y) => sumLess(2, x, y)),
  nand: binary('nand', (x, y) => opposite(product(x, y))),
  nor: binary('nor', (x, y) => opposite(sumLess(1, x, y))),
  equivalence: binary('equivalence', (x, y) => opposite(sumLess(2, x, y))),
  implication: binary('implication', (x, y) => opposite(product(x, opposite(y)))),
  multiplexer: ternary('multiplexer', between),
  majority: ternary('majority', twoOfThree),
  halfAdder: {
    gate: 'halfAdder',
    arity: 2,
    body: ([x, y]) => [sumLess(2, x as Wire, y as Wire), product(x as Wire, y as Wire)],
  },
  fullAdder: {
    gate: 'fullAdder',
    arity: 3,
    body([x, y, z]) {
      const [a, b, c] = [x as Wire, y as Wire, z as Wire]
      return [sumLess(2, sumLess(2, a, b), c), twoOfThree(a, b, c)]
    },
  },
}

const on = (name: string, ...x: readonly Wire[]): Wire => only(gateOn(gates[name] as Gate, x))

/** `1 − x`. */
export const not = (x: Wire): Wire => on('not', x)
/** `xy`. */
export const and = (x: Wire, y: Wire): Wire => on('and', x, y)
/** `x + y − xy`. */
export const or = (x: Wire, y: Wire): Wire => on('or', x, y)
/** `x + y − 2xy`. */
export const xor = (x: Wire, y: Wire): Wire => on('xor', x, y)
/** `1 − xy`. */
export const nand = (x: Wire, y: Wire): Wire => on('nand', x, y)
/** `1 − x − y + xy`. */
export const nor = (x: Wire, y: Wire): Wire => on('nor', x, y)
/** `1 − x − y + 2xy`, whether x = y. */
export const equivalence = (x: Wire, y: Wire): Wire => on('equivalence', x, y)
/** `1 − x + xy`, whether x ≤ y. */
export const implication = (x: Wire, y: Wire): Wire => on('implication', x, y)
/** `lo + x (hi − lo)`: x ? hi : lo. */
export const multiplexer = (x: Wire, hi: Wire, lo: Wire): Wire => on('multiplexer', x, hi, lo)
/** `xy + z (x + y − 2xy)`: whether two of three are 1. */
export const majority = (x: Wire, y: Wire, z: Wire): Wire => on('majority', x, y, z)
/** Sum and carry of two bits. */
export const halfAdder = (x: Wire, y: Wire): readonly Wire[] => gateOn(gates['halfAdder'] as Gate, [x, y])
/** Sum and carry of three bits. */
export const fullAdder = (x: Wire, y: Wire, z: Wire): readonly Wire[] => gateOn(gates['fullAdder'] as Gate, [x, y, z])
