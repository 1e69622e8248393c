import { constantRate } from './constant.js'
import { cosineRate } from './cosine.js'
import type { Schedule } from './schedule.js'
import { stepRate } from './step.js'

/** Every schedule, at one choice of its numbers; the contract test loops over the list. */
export const schedules: readonly Schedule[] = [
  constantRate(0.1),
  stepRate(0.1, { every: 10, factor: 0.5 }),
  cosineRate(0.1, 0.01, 100),
]

export { constantRate, cosineRate, stepRate }
export { schedule, type Schedule } from './schedule.js'
