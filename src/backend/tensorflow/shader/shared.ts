/** What is made once for equal keys, and ended some time after its last user has gone. */
export interface Shared<T> {
  take(key: string): T
  give(key: string): void
}

/** Things by key, of which the last `spare` that nothing uses are kept for whoever asks next. */
export function shared<T>(
  spare: number,
  make: (key: string) => T,
  end: (made: T) => void = () => undefined,
): Shared<T> {
  const used = new Map<string, { readonly made: T; users: number }>()
  const idle = new Map<string, T>()
  return {
    take(key) {
      const entry = used.get(key) ?? { made: idle.get(key) ?? make(key), users: 0 }
      idle.delete(key)
      entry.users += 1
      used.set(key, entry)
      return entry.made
    },
    give(key) {
      const entry = used.get(key)
      if (entry === undefined) return
      entry.users -= 1
      if (entry.users > 0) return
      used.delete(key)
      idle.set(key, entry.made)
      const [oldest] = idle
      if (idle.size <= spare || oldest === undefined) return
      idle.delete(oldest[0])
      end(oldest[1])
    },
  }
}
