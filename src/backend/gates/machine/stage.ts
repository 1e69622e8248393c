import type { Lanes } from '../lanes.js'
import { wordsOf } from '../lanes.js'

/** Planes side by side in memory, `pitch` bytes apart: a part of some lanes at a time. */
export interface Stage {
  readonly at: number
  readonly planes: number
  readonly pitch: number
}

/** Below so many words a loop copies faster than a view is made. */
const few = 64

/** Copies words from one array to another. */
function copy(from: Uint32Array, at: number, to: Uint32Array, start: number, count: number): void {
  if (count > few) to.set(from.subarray(at, at + count), start)
  else for (let i = 0; i < count; i++) to[start + i] = from[at + i] ?? 0
}

/** Copies words from `first` on of every plane into a stage, as many as there are up to `most`; with `padded`, zeros after them. */
export function takeIn(
  memory: Uint32Array,
  stage: Stage,
  lanes: Lanes,
  first: number,
  most: number,
  padded = false,
): void {
  const { words, samples } = lanes
  const width = wordsOf(samples)
  const count = Math.min(most, width - first)
  const last = samples % 32
  for (let p = 0; p < stage.planes; p++) {
    const at = (stage.at + p * stage.pitch) >>> 2
    copy(words, p * width + first, memory, at, count)
    if (!padded) continue
    if (most > count) memory.fill(0, at + count, at + most)
    if (last > 0 && first + count === width && count > 0)
      memory[at + count - 1] = (memory[at + count - 1] ?? 0) & ((1 << last) - 1)
  }
}

/** Copies a stage into words from `first` on of every plane; bits above the last sample become 0. */
export function takeOut(memory: Uint32Array, stage: Stage, lanes: Lanes, first: number, most: number): void {
  const { words, samples } = lanes
  const width = wordsOf(samples)
  const count = Math.min(most, width - first)
  const last = samples % 32
  for (let p = 0; p < stage.planes; p++) {
    const at = (stage.at + p * stage.pitch) >>> 2
    const to = p * width + first
    copy(memory, at, words, to, count)
    if (last > 0 && first + count === width && count > 0)
      words[to + count - 1] = (words[to + count - 1] ?? 0) & ((1 << last) - 1)
  }
}
