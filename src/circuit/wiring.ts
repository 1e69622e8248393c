import { permutation, split, type Initialiser, type Key } from '../initialiser/index.js'
import type { Parameter } from '../optic/index.js'

/**
 * The wiring of m cells of k operands each to n wires, [k, m]: every wire is read ⌊km / n⌋ or ⌈km / n⌉ times, by random
 * permutations one after the other, and no cell reads a wire twice where k ≤ n.
 */
export function balanced(n: number): Initialiser {
  return (key, [k = 0, m = 0]) => {
    const next = stream(key, n)
    const out = new Array<number>(k * m).fill(0)
    for (let cell = 0; cell < m; cell++) {
      const read = new Set<number>()
      for (let i = 0; i < k; i++) out[i * m + cell] = next(read)
      if (k > n) read.clear()
    }
    return out
  }
}

/** Draws without replacement, of those that are not read yet; new permutations where none is left. */
function stream(key: Key, n: number): (read: Set<number>) => number {
  const left: number[] = []
  let rounds = 0
  return (read) => {
    if (read.size >= n) read.clear()
    let at = left.findIndex((wire) => !read.has(wire))
    if (at < 0) {
      left.push(...permutation(split(key, rounds++), n))
      at = left.findIndex((wire) => !read.has(wire))
    }
    const [wire = 0] = left.splice(at, 1)
    read.add(wire)
    return wire
  }
}

/** A wiring as a buffer of a model: indices that are drawn, saved and never learned. */
export function wiringParameter(n: number, k: number, m: number): Parameter {
  return { path: ['wiring'], type: { dtype: 'int32', shape: [k, m] }, draw: balanced(n), buffer: true }
}
