import { bytesOf } from './kernel.js'
import type { Plan, Storage } from './plan.js'

/** Places of the intermediate arrays of a plan in one block of memory. */
export interface Arena {
  readonly bytes: number
  /** Byte offset of each storage that lives only between two steps. */
  readonly offsets: ReadonlyMap<Storage, number>
}

/** A stretch of memory that is taken. */
interface Taken {
  readonly start: number
  readonly end: number
  readonly storage: Storage
}

/** Bytes of a cache line, on which arrays begin. */
export const line = 64
/** Arrays are a few lines apart, so that those of equal sizes do not meet in the same sets of the cache. */
const gap = 5 * line

/** The places, lowest first: storages that are alive together do not overlap. Outputs and inputs have none. */
export function arena(plan: Plan): Arena {
  const outs = new Set(plan.code.outs.map((x) => x.storage))
  const offsets = new Map<Storage, number>()
  let taken: Taken[] = []
  let bytes = 0
  for (const { instruction, dead } of plan.steps) {
    const { storage } = instruction.out
    if (!outs.has(storage)) {
      const length = Math.ceil((storage.size * bytesOf[storage.dtype]) / line) * line + gap
      const start = firstFit(taken, length)
      offsets.set(storage, start)
      bytes = Math.max(bytes, start + length)
      taken.push({ start, end: start + length, storage })
      taken.sort((a, b) => a.start - b.start)
    }
    if (dead.length > 0) taken = taken.filter((t) => !dead.includes(t.storage))
  }
  return { bytes, offsets }
}

function firstFit(taken: readonly Taken[], length: number): number {
  let start = 0
  for (const t of taken) {
    if (t.start - start >= length) return start
    start = Math.max(start, t.end)
  }
  return start
}
