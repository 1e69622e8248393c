/** Offset of every index of a shape, row-major, under the given strides: the map of entries that movement of data is. */
export function positions(shape: readonly number[], strides: readonly number[], base = 0): Int32Array {
  let out = Int32Array.of(base)
  for (const [axis, n] of shape.entries()) {
    const step = strides[axis] ?? 0
    const next = new Int32Array(out.length * n)
    for (let i = 0, k = 0; i < out.length; i++) for (let j = 0; j < n; j++) next[k++] = (out[i] ?? 0) + j * step
    out = next
  }
  return out
}

/** Entries read at the given positions. */
export function read<T>(data: ArrayLike<T>, at: Int32Array): T[] {
  const out = new Array<T>(at.length)
  for (let i = 0; i < at.length; i++) out[i] = data[at[i] ?? 0] as T
  return out
}
