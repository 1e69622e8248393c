import { size, type Tensor, type Type } from '../../object/index.js'
import { heldDtype } from './builder.js'
import type { Device } from './device.js'
import { tensorflowDtype, type DataId, type HeldDtype, type Values } from './kernel.js'
import { ofTexels, textureShape, texelsOf, toTexels } from './shader/texture.js'

/** The arrays that tfjs's wasm backend copies as they are. */
const own = { float32: Float32Array, int32: Int32Array, bit: Uint8Array } as const
/** A copy of entries in the array of a dtype. */
const copies: { readonly [D in HeldDtype]: (entries: ArrayLike<number>) => Values } = {
  float32: (entries) => new Float32Array(entries),
  int32: (entries) => new Int32Array(entries),
  bit: (entries) => new Uint8Array(entries),
}

/** New data of tfjs with a tensor's entries. */
export function written({ backend, wasm, name }: Device, tensor: Tensor): DataId {
  const dtype = heldDtype(tensor)
  const data: unknown = tensor.data
  const entries = data as ArrayLike<number>
  if (name === 'webgl')
    return backend.write(toTexels(dtype, entries), textureShape(entries.length * texelsOf(dtype)), 'float32')
  // The wasm backend copies; others may keep the array they are given.
  const values = wasm && data instanceof own[dtype] ? data : copies[dtype](entries)
  return backend.write(values, tensor.shape, tensorflowDtype[dtype])
}

/** The tensor of a type whose entries tfjs has read. */
export function tensorOf({ name }: Device, type: Type, read: ArrayLike<number>): Tensor {
  const dtype = heldDtype(type)
  const data = name === 'webgl' ? ofTexels(dtype, read, size(type.shape)) : copies[dtype](read)
  return { dtype: type.dtype, shape: [...type.shape], data }
}
