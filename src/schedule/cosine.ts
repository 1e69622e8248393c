import { add, clip, cos, multiply } from '../primitive/index.js'
import { checkRate, checkSteps, schedule, type Schedule } from './schedule.js'

/**
 * `t ↦ to + ½ (from − to)(1 + cos(π t / steps))` up to `steps`, and `to` after it: one half wave of SGDR (Loshchilov and
 * Hutter, 2017) without restarts.
 */
export function cosineRate(from: number, to: number, steps: number): Schedule {
  checkRate('cosineRate', from)
  checkRate('cosineRate', to)
  checkSteps('cosineRate', steps)
  return schedule(`cosine(${from}, ${to})`, (count) => {
    const wave = cos(multiply(Math.PI / steps, clip(count, 0, steps)))
    return add(multiply((from - to) / 2, add(wave, 1)), to)
  })
}
