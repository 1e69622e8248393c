import type { View } from '../lower/view.js'

/** A loop of a kernel over its space: how often it turns, and how far it moves in each pattern of strides. */
export interface Axis {
  readonly n: number
  readonly reduced: boolean
  /** In entries, by pattern. */
  readonly strides: readonly number[]
}
/** Loops over a space, outermost first: those that are kept, then those that are reduced. */
export interface Axes {
  readonly axes: readonly Axis[]
  /** The number of a view's pattern. */
  pattern(view: View): number
  readonly patterns: number
}

/** The loops over a shape for some views of it, with reduced axes innermost; neighbours are one where no view tells them apart. */
export function axesOf(shape: readonly number[], reduced: readonly number[], views: readonly View[]): Axes {
  const order = shape
    .map((_, a) => a)
    .filter((a) => shape[a] !== 1)
    .sort((a, b) => Number(reduced.includes(a)) - Number(reduced.includes(b)) || a - b)
  const numbers = new Map<string, number>()
  const strides: number[][] = []
  const keyOf = (view: View): string => order.map((a) => view.strides[a] ?? 0).join()
  for (const view of views) {
    const key = keyOf(view)
    if (numbers.has(key)) continue
    numbers.set(key, strides.length)
    strides.push(order.map((a) => view.strides[a] ?? 0))
  }
  const axes: Axis[] = []
  for (const [i, a] of order.entries()) {
    const axis: Axis = { n: shape[a] ?? 1, reduced: reduced.includes(a), strides: strides.map((s) => s[i] ?? 0) }
    const last = axes[axes.length - 1]
    if (last?.reduced === axis.reduced && last.strides.every((s, p) => s === (axis.strides[p] ?? 0) * axis.n))
      axes[axes.length - 1] = { ...axis, n: last.n * axis.n }
    else axes.push(axis)
  }
  return { axes, pattern: (view) => numbers.get(keyOf(view)) ?? 0, patterns: strides.length }
}
