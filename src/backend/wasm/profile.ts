import { emitProgram, type EmitOptions } from './emit/program.js'
import { instantiate } from './instance.js'
import { heap, type Heap } from './memory.js'
import type { Plan } from './plan/buffer.js'

/** The time of a run in µs, on one thread: of each kernel in order, and of the copies at the end. */
export interface Times {
  readonly kernels: readonly number[]
  readonly copies: number
}

/** Parts of the timed runs; times are medians of their means, so that a coarse clock and a busy machine do little. */
const parts = 10

/**
 * The times of the kernels of a plan, by a module of its own that calls a clock between them, over a copy of the memory: what the
 * program owns is not changed. As many runs warm up as are timed, and what the clock itself takes is measured and taken off.
 * Throws `profile: 0 runs, needs a whole number from 1 on`.
 */
export function profile(plan: Plan, { relaxed = false }: EmitOptions, from: Heap, runs: number): Times {
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`profile: ${runs} runs, needs a whole number from 1 on`)
  const { bytes, end } = emitProgram(plan, { relaxed, timed: true })
  const own = heap()
  own.reserve(end)
  const size = Math.min(from.memory.buffer.byteLength, end)
  new Uint8Array(own.memory.buffer).set(new Uint8Array(from.memory.buffer, 0, size))
  const spent: number[] = []
  let [at, last] = [0, 0]
  const tick = (): void => {
    const now = performance.now()
    if (at > 0) spent[at - 1] = (spent[at - 1] ?? 0) + now - last
    at += 1
    last = performance.now()
  }
  const { run = () => undefined } = instantiate(bytes, own, { tick })
  const several = (n: number): number[] => {
    spent.length = 0
    for (let i = 0; i < n; i++) {
      at = 0
      run()
    }
    return spent.map((t) => (1000 * t) / n)
  }
  several(runs)
  const count = Math.min(parts, runs)
  const means = Array.from({ length: count }, (_, i) =>
    several(Math.floor((runs * (i + 1)) / count) - Math.floor((runs * i) / count)),
  )
  const [clock = 0, ...times] = (means[0] ?? []).map((_, k) => median(means.map((m) => m[k] ?? 0)))
  const net = times.map((t) => Math.max(0, t - clock))
  return { kernels: net.slice(0, -1), copies: net[net.length - 1] ?? 0 }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((x, y) => x - y)[numbers.length >> 1] ?? 0
}
