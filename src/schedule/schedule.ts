import type { Wire } from '../structure/index.js'

/** A rate as a function of the number of steps already taken, a float64 scalar: 0 at the first step. */
export interface Schedule {
  readonly schedule: string
  readonly at: (count: Wire) => Wire
}

/** A schedule with its name, for listings. Throws where a number of steps is not an integer ≥ 1. */
export function schedule(name: string, at: (count: Wire) => Wire): Schedule {
  return { schedule: name, at }
}

/** Throws `cosine: 0 is not a number of steps: needs an integer ≥ 1`. */
export function checkSteps(what: string, steps: number): void {
  if (!Number.isInteger(steps) || steps < 1)
    throw new TypeError(`${what}: ${steps} is not a number of steps: needs an integer ≥ 1`)
}

/** Throws `cosine: the rate NaN is not a number ≥ 0`. */
export function checkRate(what: string, rate: number): void {
  if (!(Number.isFinite(rate) && rate >= 0)) throw new TypeError(`${what}: the rate ${rate} is not a number ≥ 0`)
}
