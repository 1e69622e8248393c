import type { Dtype } from '../../../object/index.js'
import type { MapName, MapNode, Node } from '../../wasm/lower/node.js'
import { literal, type Writer } from './writer.js'
import type { FunctionName } from './function.js'

type Operation = (w: Writer, operands: readonly [string, string, string], node: MapNode & Node) => string

const infix =
  (symbol: string): Operation =>
  (_, [x, y]) =>
    `(${x} ${symbol} ${y})`
const calls =
  (name: FunctionName): Operation =>
  (w, [x]) =>
    w.call(name, x)
const test =
  (symbol: string): Operation =>
  (w, [x, y]) =>
    w.dialect.choose(`${x} ${symbol} ${y}`, '1', '0')
const chosen: Operation = (w, [c, x, y]) => w.dialect.choose(`${c} != 0`, x, y)
const negative: Operation = (_, [x]) => `(-${x})`
const same: Operation = (_, [x]) => x

const onFloats: { readonly [M in MapName]: Operation } = {
  add: infix('+'),
  subtract: infix('-'),
  multiply: infix('*'),
  divide: infix('/'),
  negate: negative,
  reciprocal: (_, [x]) => `(1.0 / ${x})`,
  exp: calls('exponential'),
  log: calls('logarithm'),
  sqrt: calls('root'),
  sin: calls('sinOf'),
  cos: calls('cosOf'),
  tanh: calls('tanhOf'),
  sigmoid: calls('sigmoidOf'),
  erf: calls('erfOf'),
  relu: (w, [x]) => w.dialect.choose(`${x} < 0.0`, '0.0', x),
  step: calls('stepOf'),
  sign: calls('signOf'),
  abs: (_, [x]) => `abs(${x})`,
  maximum: (w, [x, y]) => w.call('larger', x, y),
  clip: (w, [x], { bounds: [low, high] = [0, 0] }) =>
    w.call('clipped', x, literal('float32', low), literal('float32', high)),
  less: test('<'),
  equal: test('=='),
  select: chosen,
  cast: calls('residue'),
  addLog: (w, [m, s]) => w.call('addLog', m, s),
  copy: same,
}

const onInts: { readonly [M in MapName]?: Operation } = {
  add: infix('+'),
  subtract: infix('-'),
  multiply: infix('*'),
  negate: negative,
  relu: (_, [x]) => `max(${x}, 0)`,
  step: (w, [x]) => w.dialect.choose(`${x} > 0`, '1', '0'),
  sign: (w, [x]) => w.dialect.choose(`${x} > 0`, '1', w.dialect.choose(`${x} < 0`, '-1', '0')),
  abs: (w, [x]) => w.dialect.choose(`${x} < 0`, `-${x}`, x),
  maximum: (_, [x, y]) => `max(${x}, ${y})`,
  clip: (_, [x], { bounds: [low, high] = [0, 0] }) =>
    `min(max(${x}, ${literal('int32', low)}), ${literal('int32', high)})`,
  less: test('<'),
  equal: test('=='),
  select: chosen,
  cast: same,
  copy: same,
}

const onBits: { readonly [M in MapName]?: Operation } = {
  add: infix('^'),
  multiply: infix('&'),
  equal: test('=='),
  select: chosen,
  cast: same,
  copy: same,
}

/** An entry of a node by those of its operands; `from` is the dtype of the operand that decides. */
export function operate(w: Writer, node: MapNode & Node, from: Dtype, operands: readonly string[]): string {
  const table = from === 'float32' ? onFloats : from === 'int32' ? onInts : onBits
  const operation = table[node.op]
  if (operation === undefined) throw new TypeError(`tensorflow: no shader for ${node.op} at dtype ${from}`)
  const [x = '', y = '', z = ''] = operands
  const value = operation(w, [x, y, z], node)
  if (node.op !== 'cast') return value
  return node.dtype === 'bit' ? `(${value} & 1)` : node.dtype === 'float32' ? `float(${value})` : value
}
