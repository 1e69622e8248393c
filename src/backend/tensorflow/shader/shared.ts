/** What is made once for equal keys, and ended with its last user. */
export interface Shared<T> {
  take(key: string): T
  give(key: string): void
}

/** Things by key. */
export function shared<T>(make: (key: string) => T, end: (made: T) => void = () => undefined): Shared<T> {
  const known = new Map<string, { readonly made: T; users: number }>()
  return {
    take(key) {
      const entry = known.get(key) ?? { made: make(key), users: 0 }
      entry.users += 1
      known.set(key, entry)
      return entry.made
    },
    give(key) {
      const entry = known.get(key)
      if (entry === undefined) return
      entry.users -= 1
      if (entry.users > 0) return
      known.delete(key)
      end(entry.made)
    },
  }
}
