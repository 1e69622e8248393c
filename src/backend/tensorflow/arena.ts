import { bytesOf } from './kernel.js'
import type { Plan, Storage } from './plan.js'

/** Places of the intermediate arrays of a plan in one block of memory. */
export interface Arena {
  readonly bytes: number
  /** Byte offset of each storage that lives only between two steps. */
  readonly offsets: ReadonlyMap<Storage, number>
}

/** Bytes of a cache line, on which arrays begin. */
export const line = 64
/** Arrays are a few lines apart, so that those of equal sizes do not meet in the same sets of the cache. */
const gap = 5 * line

/**
 * The places: storages that are alive together do not overlap. A place that is given back serves the next storage that
 * fits, the smallest such place and at most twice as large; so the time is linear in the steps, times the number of
 * different sizes. Outputs and inputs have none.
 */
export function arena(plan: Plan): Arena {
  const outs = new Set(plan.code.outs.map((x) => x.storage))
  const offsets = new Map<Storage, number>()
  const lengths = new Map<Storage, number>()
  const free = new Map<number, number[]>()
  let bytes = 0
  for (const { instruction, dead } of plan.steps) {
    const { storage } = instruction.out
    if (!outs.has(storage)) {
      const wanted = Math.ceil((storage.size * bytesOf[storage.dtype]) / line) * line + gap
      const length = fitting(free, wanted) ?? wanted
      const start = free.get(length)?.pop() ?? bytes
      bytes = Math.max(bytes, start + length)
      offsets.set(storage, start)
      lengths.set(storage, length)
    }
    for (const gone of dead) {
      const [start, length] = [offsets.get(gone), lengths.get(gone)]
      if (start !== undefined && length !== undefined) push(free, length, start)
    }
  }
  return { bytes, offsets }
}

/** The smallest length of a free place that holds `wanted` bytes and wastes no more than as many. */
function fitting(free: ReadonlyMap<number, readonly number[]>, wanted: number): number | undefined {
  let best: number | undefined
  for (const [length, places] of free)
    if (places.length > 0 && length >= wanted && length <= 2 * wanted && (best === undefined || length < best))
      best = length
  return best
}

function push(free: Map<number, number[]>, length: number, start: number): void {
  const places = free.get(length)
  if (places === undefined) free.set(length, [start])
  else places.push(start)
}
