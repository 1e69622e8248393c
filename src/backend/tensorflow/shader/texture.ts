import type { Dtype } from '../../../object/index.js'

/** Texels of an entry: an int32 is its low and its high 16 bits, a float each; all else is one float. */
export const texelsOf = (dtype: Dtype): number => (dtype === 'int32' ? 2 : 1)

/** Rows and columns of the texture of texels in order; columns are a power of two, so that a place is a shift and a mask. */
export function textureShape(texels: number): readonly [number, number] {
  const columns = 2 ** Math.ceil(Math.log2(Math.max(1, texels)) / 2)
  return [Math.max(1, Math.ceil(texels / columns)), columns]
}

/** Entries as the floats of their texture. */
export function toTexels(dtype: Dtype, entries: ArrayLike<number>): Float32Array {
  const [rows, columns] = textureShape(entries.length * texelsOf(dtype))
  const out = new Float32Array(rows * columns)
  if (dtype !== 'int32') {
    out.set(entries)
    return out
  }
  for (let i = 0; i < entries.length; i++) {
    const x = (entries[i] ?? 0) | 0
    out[2 * i] = x & 0xffff
    out[2 * i + 1] = x >> 16
  }
  return out
}

/** The first n entries of a texture. */
export function ofTexels(dtype: Dtype, texels: ArrayLike<number>, n: number): Float32Array | Int32Array | Uint8Array {
  if (dtype === 'int32')
    return Int32Array.from({ length: n }, (_, i) => (texels[2 * i] ?? 0) + 65536 * (texels[2 * i + 1] ?? 0))
  const out = dtype === 'bit' ? new Uint8Array(n) : new Float32Array(n)
  for (let i = 0; i < n; i++) out[i] = texels[i] ?? 0
  return out
}
