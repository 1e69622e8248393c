import type { PendingLoss } from './store.js'

/** The number of losses that a session keeps until they are read. */
export const lossesKept = 1024

/** Losses in the order of their steps, the last {@link lossesKept}. */
export interface Losses {
  push(loss: PendingLoss): void
  /** All that are kept, oldest first; none are kept after it. */
  drain(): Promise<number[]>
  clear(): void
}

/** No losses. */
export function noLosses(): Losses {
  const numbers = new Float64Array(lossesKept)
  /** Those that are still to be read, by their place. */
  const awaited = new Map<number, Exclude<PendingLoss, number>>()
  let next = 0
  let count = 0
  const free = (place: number): void => {
    awaited.get(place)?.release()
    awaited.delete(place)
  }
  const clear = (): void => {
    for (const place of [...awaited.keys()]) free(place)
    next = 0
    count = 0
  }
  return {
    push(loss) {
      if (awaited.size > 0) free(next)
      if (typeof loss === 'number') numbers[next] = loss
      else awaited.set(next, loss)
      next = next + 1 === lossesKept ? 0 : next + 1
      if (count < lossesKept) count += 1
    },
    async drain() {
      const first = (next - count + lossesKept) % lossesKept
      const all = Array.from({ length: count }, (_, i) => numbers[(first + i) % lossesKept] ?? Number.NaN)
      const reads = [...awaited]
      awaited.clear()
      clear()
      try {
        const read = await Promise.all(reads.map(([, loss]) => loss.read()))
        for (const [i, [place]] of reads.entries())
          all[(place - first + lossesKept) % lossesKept] = read[i] ?? Number.NaN
        return all
      } finally {
        for (const [, loss] of reads) loss.release()
      }
    },
    clear,
  }
}
