import { size, strides as rowMajor } from '../../../object/index.js'
import type { View } from '../../wasm/lower/view.js'
import type { Writer } from './writer.js'

/** A position in a shape: expressions of its coordinates, and of its row-major index where that is known. */
export interface Place {
  readonly shape: readonly number[]
  readonly coordinates: readonly string[]
  readonly index?: string
}

/** `(index / stride) mod n`, for an index below `total`. */
export function digit(index: string, stride: number, n: number, total: number): string {
  if (n === 1) return '0'
  const quotient = stride === 1 ? index : `(${index} / ${stride})`
  return stride * n >= total ? quotient : `(${quotient} % ${n})`
}

/** The place of an index in a shape. */
export function placeAt(w: Writer, index: string, shape: readonly number[]): Place {
  const strides = rowMajor(shape)
  const total = size(shape)
  const coordinates = shape.map((n, a) => {
    const c = digit(index, strides[a] ?? 1, n, total)
    return c === '0' || c === index ? c : w.let('int', c)
  })
  return { shape, coordinates, index }
}

/** `offset + Σ coordinate · stride`. */
export function affine(offset: number, terms: readonly { readonly at: string; readonly by: number }[]): string {
  const sum = terms
    .filter(({ at, by }) => at !== '0' && by !== 0)
    .map(({ at, by }) => (by === 1 ? at : `${at} * ${by < 0 ? `(${by})` : by}`))
  if (offset !== 0 || sum.length === 0) sum.push(String(offset))
  return sum.length === 1 ? (sum[0] ?? '0') : `(${sum.join(' + ')})`
}

/** Where a view's entry at a place is in its source. */
export function indexIn(view: View, place: Place): string {
  const natural = rowMajor(view.shape)
  const whole = view.offset === 0 && view.shape.every((n, a) => n === 1 || view.strides[a] === natural[a])
  if (whole && place.index !== undefined) return place.index
  return affine(
    view.offset,
    view.strides.map((by, a) => ({ at: view.shape[a] === 1 ? '0' : (place.coordinates[a] ?? '0'), by })),
  )
}
