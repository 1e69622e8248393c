import { like } from '../primitive/index.js'
import { checkRate, schedule, type Schedule } from './schedule.js'

/** `t ↦ rate`. As a law: an optimiser under it is the optimiser with the number. */
export function constantRate(rate: number): Schedule {
  checkRate('constantRate', rate)
  return schedule(`constant(${rate})`, (count) => like(count, rate))
}
