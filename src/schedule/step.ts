import { cast, exp, multiply } from '../primitive/index.js'
import { checkRate, checkSteps, schedule, type Schedule } from './schedule.js'

/** `t ↦ rate · factor^⌊t / every⌋`. Throws unless 0 < factor. */
export function stepRate(rate: number, options: { readonly every: number; readonly factor: number }): Schedule {
  const { every, factor } = options
  checkRate('stepRate', rate)
  checkSteps('stepRate', every)
  if (!(Number.isFinite(factor) && factor > 0)) throw new TypeError(`stepRate: the factor ${factor} is not a number > 0`)
  return schedule(`step(${rate})`, (count) => {
    const phase = cast(cast(multiply(1 / every, count), 'int32'), count.type.dtype)
    return multiply(rate, exp(multiply(Math.log(factor), phase)))
  })
}
