import type { Wire } from '../structure/index.js'
import { operands, type Operand } from './constant.js'
import { applied, lens, linear, withOperation, type None, type Primitive } from './define.js'
import { entrywise, type Unary } from './elementwise.js'

/** `x + y`. */
export const add: Primitive<(x: Operand, y: Operand) => Wire, None> = withOperation(
  entrywise({
    name: 'add',
    arity: 2,
    commutative: true,
    optic: linear((_, dy) => [dy, dy]),
    entry: (s, a, b) => s.add(a, b),
  }),
  (x, y) => applied(add.operation, {}, operands('add', x, y)),
)

/** `x · y`, entry by entry. */
export const multiply: Primitive<(x: Operand, y: Operand) => Wire, None> = withOperation(
  entrywise({
    name: 'multiply',
    arity: 2,
    commutative: true,
    optic: lens((_, [x, y], dy) => [multiply(y as Wire, dy), multiply(x as Wire, dy)]),
    entry: (s, a, b) => s.multiply(a, b),
  }),
  (x, y) => applied(multiply.operation, {}, operands('multiply', x, y)),
)

/** `−x`, in a ring. */
export const negate: Primitive<Unary, None> = withOperation(
  entrywise({
    name: 'negate',
    arity: 1,
    needs: ['negation'],
    optic: linear((_, dy) => [negate(dy)]),
    entry: (s, a) => s.negate(a),
  }),
  (x) => applied(negate.operation, {}, [x]),
)

/** `x − y = x + (−y)`. */
export function subtract(x: Operand, y: Operand): Wire {
  return typeof y === 'number' ? add(x, -y) : add(x, negate(y))
}

/** The sum of one or more wires. */
export function addAll(wires: readonly Wire[]): Wire {
  return wires.reduce((a, b) => add(a, b))
}
