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
  let ring: PendingLoss[] = []
  let next = 0
  const free = (loss: PendingLoss | undefined): void => {
    if (typeof loss === 'object') loss.release()
  }
  return {
    push(loss) {
      if (ring.length < lossesKept) ring.push(loss)
      else {
        free(ring[next])
        ring[next] = loss
        next = (next + 1) % lossesKept
      }
    },
    async drain() {
      const all = [...ring.slice(next), ...ring.slice(0, next)]
      ring = []
      next = 0
      const numbers = await Promise.all(all.map((loss) => (typeof loss === 'number' ? loss : loss.read())))
      for (const loss of all) free(loss)
      return numbers
    },
    clear() {
      for (const loss of ring) free(loss)
      ring = []
      next = 0
    },
  }
}
