/** Sizes of the axes of a tensor, outermost first; the scalar is `[]`. Mutable, so that tuples of literals are inferred. */
export type Shape = number[]

/** Number of entries `∏ᵢ sᵢ` of a tensor of shape s. */
export function size(shape: readonly number[]): number {
  let n = 1
  for (const k of shape) n *= k
  return n
}

/** Row-major strides, in entries. */
export function strides(shape: readonly number[]): number[] {
  const out = new Array<number>(shape.length)
  let n = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    out[i] = n
    n *= shape[i] ?? 1
  }
  return out
}

/** Equality of lists of numbers. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i])
}

/** A shape, or a throw that names what was given: sizes are integers ≥ 0. */
export function checkShape(what: string, shape: readonly number[]): void {
  for (const n of shape)
    if (!Number.isInteger(n) || n < 0)
      throw new TypeError(`${what}: [${shape.join(', ')}] is not a shape: sizes are integers ≥ 0`)
}

/** `[2, 3]`. */
export function showShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}

/** A shape with `count` axes from `axis` on replaced by others: `replaceAxes([2, 7, 3], 1, 1, [5, 3])` is `[2, 5, 3, 3]`. */
export function replaceAxes(shape: readonly number[], axis: number, count: number, by: readonly number[]): number[] {
  return [...shape.slice(0, axis), ...by, ...shape.slice(axis + count)]
}
