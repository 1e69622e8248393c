import type { Builder } from './builder.js'
import { keyOfView, type View } from './view.js'

/**
 * `exp(x − log Σ exp x) = exp(x − m) / Σ exp(x − m)`, whose numerator and denominator the sum has computed; undefined where
 * the operand is no such difference.
 */
export function normalised(b: Builder, operand: View): View | undefined {
  if (!b.on.softmax) return undefined
  const difference = b.made(operand)
  const [x, total] = difference?.op === 'subtract' ? difference.args : []
  const logarithm = definition(b, total)
  const [top, sum] = logarithm?.kind === 'map' && logarithm.op === 'addLog' ? logarithm.args : []
  const summed = definition(b, sum)
  if (x === undefined || total === undefined || top === undefined || sum === undefined) return undefined
  if (summed?.kind !== 'reduce' || summed.op !== 'sum') return undefined
  const powers = b.made(summed.arg)
  const shifted = powers?.op === 'exp' && powers.args[0] !== undefined ? b.made(powers.args[0]) : undefined
  const [from, shift] = shifted?.op === 'subtract' ? shifted.args : []
  if (from === undefined || shift === undefined || keyOfView(from) !== keyOfView(x)) return undefined
  if (keyOfView({ ...total, source: top.source }) !== keyOfView(shift)) return undefined
  return b.map('divide', [summed.arg, { ...total, source: sum.source }])
}

const definition = (b: Builder, view: View | undefined): Builder['nodes'][number] | undefined =>
  typeof view?.source === 'number' ? b.nodes[view.source] : undefined
