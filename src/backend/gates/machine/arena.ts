/** Memory as it is laid out, from low addresses to high, each piece at the beginning of a cache line. */
export interface Arena {
  /** The address of so many bytes. */
  room(bytes: number): number
  /** The address of words that are there from the start. */
  put(words: Int32Array): number
  /** The bytes in all. */
  end(): number
  /** Writes the words to a memory. */
  fill(memory: Int32Array): void
}

/** An empty arena above the words where threads meet. */
export function arena(from: number): Arena {
  let end = from
  const pieces: { readonly at: number; readonly words: Int32Array }[] = []
  const room = (bytes: number): number => {
    const at = end
    // A spare line between pieces: planes at equal distances from a power of two would share the lines of a cache.
    end += ((bytes + 63) & ~63) + 64
    return at
  }
  return {
    room,
    put(words) {
      const at = room(4 * words.length)
      pieces.push({ at, words })
      return at
    },
    end: () => end,
    fill(memory) {
      for (const { at, words } of pieces) memory.set(words, at >>> 2)
    },
  }
}
