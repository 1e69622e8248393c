import * as tf from '@tensorflow/tfjs-core'
import { inTurn } from './in-turn.mjs'

const wallMicroseconds = () => 1000 * performance.now()
const cpuMicroseconds = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** What steps are timed by, and the quantile of it that is judged: a browser tells no CPU time. */
export const clock =
  globalThis.process?.cpuUsage === undefined
    ? { name: 'wall', now: wallMicroseconds, judged: 'median' }
    : { name: 'CPU', now: cpuMicroseconds, judged: 'p10' }

/** A quantile of numbers. */
export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = q * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}

/** A ratio in as many digits as can be read. */
export const shown = (x) => (x >= 100 ? x.toFixed(0) : x >= 1 ? x.toFixed(2) : x.toPrecision(2))

/** Steps between two readings of the losses: sessions keep no more than 1,024. */
const together = 1000

/** Runs n steps on the system's backend, reads their losses, and answers the time of {@link clock} and wall time in µs. Another process times itself. */
async function sample(system, n) {
  if (system.sample !== undefined) return system.sample(n)
  if (system.backend !== undefined && tf.getBackend() !== system.backend) await tf.setBackend(system.backend)
  const [time, wall] = [clock.now(), wallMicroseconds()]
  const losses = []
  for (let i = 1; i <= n; i++) {
    const pending = system.step()
    if (pending !== undefined) await pending
    if (i === n || i % together === 0) losses.push(...(await system.losses()))
  }
  return { time: clock.now() - time, wall: wallMicroseconds() - wall, losses }
}

/** What the first n steps of a system answer: their losses or, where it has none, the numbers it has learned. */
export async function firstNumbers(system, n) {
  const { losses } = await sample(system, n)
  return system.values === undefined ? losses : await system.values()
}

/**
 * Times systems in rounds: every round runs each once, in an order that turns, for at least `milliseconds`. Answers the
 * 10th percentile and the median over the rounds of time a step in µs, of wall time, and the share of wall time that was
 * CPU time.
 */
export async function interleaved(systems, { rounds, milliseconds, warm }) {
  const runs = await inTurn(systems, async (system) => {
    let [n, used] = [0, 0]
    while (n < 2 || used < 1000 * warm) {
      const k = Math.max(1, Math.min(together, n))
      used += (await sample(system, k)).wall
      n += k
    }
    const k = Math.max(2, Math.min(together, Math.ceil(n / 8)))
    const { wall } = await sample(system, k)
    return { system, n: Math.max(1, Math.ceil((1000 * milliseconds * k) / wall)), time: [], wall: [] }
  })
  for (let round = 0; round < rounds; round++)
    for (const k of runs.keys()) {
      const run = runs[(k + round) % runs.length]
      const { time, wall } = await sample(run.system, run.n)
      run.time.push(time / run.n)
      run.wall.push(wall / run.n)
    }
  const quantiles = (times) => ({ p10: quantile(times, 0.1), median: quantile(times, 0.5) })
  return runs.map(({ system, time, wall }) => {
    const busy = time.map((x, i) => x / wall[i])
    return { system, time: quantiles(time), wall: quantiles(wall), busy: quantile(busy, 0.5) }
  })
}
