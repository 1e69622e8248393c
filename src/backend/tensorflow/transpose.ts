import { size } from '../../object/index.js'
import type { Builder } from './builder.js'
import type { Operand, Storage } from './plan.js'

/** A permutation of axes and the shape it permutes. */
export interface Permutation {
  readonly shape: readonly number[]
  readonly perm: readonly number[]
}

/** The same permutation of least rank: axes of size 1 dropped, axes that stay neighbours merged. */
export function minimal(shape: readonly number[], perm: readonly number[]): Permutation {
  const kept = perm.filter((a) => shape[a] !== 1)
  const inOrder = [...kept].sort((a, b) => a - b)
  const runs: number[][] = []
  for (const axis of kept) {
    const run = runs[runs.length - 1]
    const last = run?.[run.length - 1]
    if (run !== undefined && last !== undefined && inOrder.indexOf(axis) === inOrder.indexOf(last) + 1) run.push(axis)
    else runs.push([axis])
  }
  const sorted = [...runs].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
  return {
    shape: sorted.map((run) => size(run.map((a) => shape[a] ?? 1))),
    perm: runs.map((run) => sorted.indexOf(run)),
  }
}

/** The entries with axes permuted, in the same memory where they do not move. */
export function transposed(b: Builder, x: Operand, axes: readonly number[]): Storage {
  const least = minimal(x.shape, axes)
  if (least.perm.every((a, i) => a === i)) return x.storage
  const { shape, perm } = b.device.wasm ? strided(least) : least
  return b.emit(
    'Transpose',
    { perm },
    [{ storage: x.storage, shape }],
    x.storage.dtype,
    perm.map((a) => shape[a] ?? 1),
  )
}

/**
 * tfjs's wasm transposes two axes row by row, writing with the stride of a column: three to six times slower where that
 * stride is a multiple of a cache line's power of two. With a third axis split off it goes through the result in order.
 */
function strided({ shape, perm }: Permutation): Permutation {
  const lead = shape.length - 2
  const swaps = lead >= 0 && lead <= 1 && perm[lead] === lead + 1 && perm[lead + 1] === lead
  const [rows = 1, columns = 1] = shape.slice(lead)
  if (!swaps || rows * columns < 512 || rows % 32 !== 0) return { shape, perm }
  const front = shape.slice(0, lead)
  const axes = front.map((_, i) => i)
  return columns % 2 === 0
    ? { shape: [...front, rows, columns / 2, 2], perm: [...axes, lead + 1, lead + 2, lead] }
    : { shape: [...front, 2, rows / 2, columns], perm: [...axes, lead + 2, lead, lead + 1] }
}
