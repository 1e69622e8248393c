import * as tf from '@tensorflow/tfjs-core'

const cpuMicroseconds = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** A quantile of numbers. */
export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = q * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}

/** Runs n steps on the system's backend, reads their losses, and answers CPU and wall time in µs. */
async function sample(system, n) {
  if (tf.getBackend() !== system.backend) await tf.setBackend(system.backend)
  const [cpu, wall] = [cpuMicroseconds(), performance.now()]
  for (let i = 0; i < n; i++) {
    const pending = system.step()
    if (pending !== undefined) await pending
  }
  const losses = await system.losses()
  return { cpu: cpuMicroseconds() - cpu, wall: 1000 * (performance.now() - wall), losses }
}

/** The losses of the first n steps of a system. */
export async function firstLosses(system, n) {
  return (await sample(system, n)).losses
}

/**
 * Times systems in rounds: every round runs each once, in an order that turns, for at least `milliseconds`. Answers the
 * 10th percentile and the median over the rounds of CPU time a step in µs, and the share of wall time that was CPU time.
 */
export async function interleaved(systems, { rounds, milliseconds, warm }) {
  const runs = []
  for (const system of systems) {
    let [n, used] = [0, 0]
    while (n < 2 || used < 1000 * warm) {
      used += (await sample(system, 1)).wall
      n += 1
    }
    const { wall } = await sample(system, 2)
    runs.push({ system, n: Math.max(1, Math.ceil((2000 * milliseconds) / wall)), cpu: [], busy: [] })
  }
  for (let round = 0; round < rounds; round++)
    for (const k of runs.keys()) {
      const run = runs[(k + round) % runs.length]
      const { cpu, wall } = await sample(run.system, run.n)
      run.cpu.push(cpu / run.n)
      run.busy.push(cpu / wall)
    }
  return runs.map(({ system, cpu, busy }) => ({
    system: system.name,
    call: system.call,
    p10: quantile(cpu, 0.1),
    median: quantile(cpu, 0.5),
    busy: quantile(busy, 0.5),
  }))
}
