import { sameShape } from '../../object/index.js'
import type { Wire } from '../../structure/index.js'
import type { Storage } from './plan.js'

/**
 * A wire of the algebra that emits kernel calls. Its entries lie row-major in `storage` in the shape `view`, which has
 * the axes of the type; an axis of size 1 there and more in the type is broadcast and takes no memory.
 */
export interface Value extends Wire {
  readonly storage: Storage
  readonly view: readonly number[]
  readonly definition?: Definition
  /** One reader only. */
  readonly once?: boolean
}

/** What is remembered of how a value came about, for kernels that do two operations in one. */
export type Definition =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'negate' | 'reciprocal'; readonly of: Value }
  | { readonly kind: 'subtract'; readonly left: Value; readonly right: Value }
  | { readonly kind: 'broadcast'; readonly of: Value; readonly axes: readonly number[] }
  | { readonly kind: 'logSumExp'; readonly of: Value; readonly axis: number }

/** No axis is broadcast. */
export function isFull(x: Value): boolean {
  return sameShape(x.view, x.type.shape)
}

/** The number of a constant. */
export function constantOf(x: Value): number | undefined {
  return x.definition?.kind === 'constant' ? x.definition.value : undefined
}

/** What a value is the negative of. */
export function negated(x: Value): Value | undefined {
  return x.definition?.kind === 'negate' ? x.definition.of : undefined
}

/**
 * Views over a shape as shapes of the least rank that broadcast alike: axes of size 1 are dropped, and neighbours that
 * every view has or broadcasts together are merged.
 */
export function collapse(views: readonly (readonly number[])[], shape: readonly number[]): number[][] {
  const out: number[][] = views.map(() => [])
  let last: string | undefined
  for (const [axis, n] of shape.entries()) {
    if (n === 1) continue
    const pattern = views.map((v) => (v[axis] === 1 ? 'b' : 'n')).join('')
    for (const [i, v] of views.entries()) {
      const to = out[i] as number[]
      const size = v[axis] ?? 1
      if (pattern === last) to[to.length - 1] = (to[to.length - 1] ?? 1) * size
      else to.push(size)
    }
    last = pattern
  }
  return last === undefined ? views.map(() => [1]) : out
}

/** The view of a reshaped array, or undefined where axes that are broadcast are merged with axes that are not. */
export function reshapedView(
  from: readonly number[],
  view: readonly number[],
  to: readonly number[],
): number[] | undefined {
  const out: number[] = []
  let i = 0
  let j = 0
  while (i < from.length || j < to.length) {
    let [a, b] = [1, 1]
    const first = i
    const start = j
    do {
      if (a <= b && i < from.length) a *= from[i++] ?? 1
      else if (j < to.length) b *= to[j++] ?? 1
      else a *= from[i++] ?? 1
    } while (a !== b)
    const kinds = new Set<boolean>()
    for (let k = first; k < i; k++) if (from[k] !== 1) kinds.add(view[k] === 1)
    if (kinds.size > 1) return undefined
    for (let k = start; k < j; k++) out.push(kinds.has(true) ? 1 : (to[k] ?? 1))
  }
  return out
}
