import type { Type } from '../../object/index.js'
import {
  add,
  broadcast,
  clip,
  exp,
  log,
  multiply,
  reduceMax,
  select,
  subtract,
  sum,
  less,
  abs,
  type AxisAttributes,
} from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import type { Builder, Emit } from './builder.js'
import { entrywise } from './elementwise.js'
import { lastRows } from './reduce.js'
import type { Value } from './value.js'

const largest = 3.4028234663852886e38

/** eˣ; where x is `x − logSumExp x` along the last axis, on wasm, XNNPACK's softmax, which is seven times its exp. */
export const emitExp: Emit = (b, [x], _, out) => {
  if (x === undefined) throw new TypeError('exp: no operand')
  const d = x.definition
  if (b.device.wasm && d?.kind === 'subtract' && d.right.definition?.kind === 'broadcast') {
    const { of, axes } = d.right.definition
    const lse = of.definition
    if (
      lse?.kind === 'logSumExp' &&
      lse.of.storage === d.left.storage &&
      axes.join() === String(lse.axis) &&
      lastAxis(d.left, lse.axis)
    )
      return softmax(b, d.left)
  }
  return entrywise(b, 'Exp', {}, [x], out)
}

/**
 * `log Σ exp x`: m + log Σ exp(x − m) with m the largest entry, moved to a finite one so that infinities come out right.
 * On wasm along the last axis: −log of the largest entry of the softmax, plus m.
 */
export const emitLogSumExp: Emit = (b, [x], attributes, out) => {
  const { axis } = attributes as AxisAttributes
  if (x === undefined) throw new TypeError('logSumExp: no operand')
  const made = b.device.wasm && lastAxis(x, axis) ? bySoftmax(b, x, axis, out) : bySum(x, axis)
  return { ...(made as Value), definition: { kind: 'logSumExp', of: x, axis } }
}

function bySum(x: Wire, axis: number): Wire {
  const m = clip(reduceMax(x, axis), -largest, largest)
  return add(m, log(sum(exp(subtract(x, broadcast(m, [axis], x.type.shape))), [axis])))
}

function bySoftmax(b: Builder, x: Value, axis: number, out: Type): Wire {
  const m = reduceMax(x, axis)
  const p = entrywise(b, 'Log', {}, [reduceMax(softmax(b, x), axis) as Value], out)
  const finite = less(abs(m), largest)
  return select(finite, subtract(m, p), m)
}

function lastAxis(x: Value, axis: number): boolean {
  return axis === x.type.shape.length - 1 && x.view[axis] === x.type.shape[axis]
}

function softmax(b: Builder, x: Value): Value {
  const rows = lastRows(b, x)
  return b.value(x.type, b.emit('Softmax', { dim: 1 }, [rows], 'float32', rows.shape))
}

/**
 * tanh on wasm, an eighth of the cost of its kernel: with `e = exp(−2|x|) − 1` (the negative part of ELU, accurate near
 * 0), `tanh |x| = −e / (e + 2)`; the sign of x is x · 2¹²⁷ clipped to ±1.
 */
export function tanhByElu(b: Builder, x: Value): Wire {
  const e = entrywise(b, 'Elu', {}, [multiply(abs(x), -2) as Value], x.type)
  const size = entrywise(b, 'RealDiv', {}, [e, add(e, 2) as Value], x.type)
  const bounds = { clipValueMin: -1, clipValueMax: 1 }
  const sign = entrywise(b, 'ClipByValue', bounds, [multiply(x, -(2 ** 127)) as Value], x.type)
  return multiply(size, sign)
}

/** tanh; by its kernel where it is small. */
export const emitTanh: Emit = (b, [x], _, out) => {
  if (x === undefined) throw new TypeError('tanh: no operand')
  return b.device.wasm && x.storage.size >= 128 ? (tanhByElu(b, x) as Value) : entrywise(b, 'Tanh', {}, [x], out)
}
