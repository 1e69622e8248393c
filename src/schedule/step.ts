import { add, cast, exp, multiply } from '../primitive/index.js'
import { checkRate, checkSteps, schedule, type Schedule } from './schedule.js'

/** `t ↦ rate · factor^⌊t / every⌋`. Throws unless 0 < factor. */
export function stepRate(rate: number, options: { readonly every: number; readonly factor: number }): Schedule {
  const { every, factor } = options
  checkRate('stepRate', rate)
  checkSteps('stepRate', every)
  if (!(Number.isFinite(factor) && factor > 0))
    throw new TypeError(`stepRate: the factor ${factor} is not a number > 0`)
  return schedule(`step(${rate})`, (count) => {
    // From the middle of a step, since 49 · (1 / 49) is less than 1.
    const phase = cast(cast(multiply(1 / every, add(count, 0.5)), 'int32'), count.type.dtype)
    return multiply(rate, exp(multiply(Math.log(factor), phase)))
  })
}
