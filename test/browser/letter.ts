/** Tensors as text, to the last bit. */
import type { Dtype, Tensor } from 'paralens'

/** What a device is asked: to run a term, which is a JSON text; whether it would; or what it holds. */
export type Question =
  { readonly term: string; readonly point: readonly Tensor[] } | { readonly would: string } | 'memory'
/** What it answers: tensors, why it would not run a term or '', what it holds, or why there is no answer. */
export type Answer =
  | { readonly tensors: readonly Written[] }
  | { readonly refusal: string }
  | { readonly buffers: number; readonly bytes: number }
  | { readonly error: string }

/** A tensor whose entries are words that `Number` or `BigInt` reads. */
interface Written extends Pick<Tensor, 'dtype' | 'shape'> {
  readonly data: readonly string[]
}

/** A tensor, written. */
export function written({ dtype, shape, data }: Tensor): Written {
  const word = (x: unknown): string => (Object.is(x, -0) ? '-0' : String(x))
  return { dtype, shape, data: Array.from(data as ArrayLike<unknown>, word) }
}

/** A written tensor, read. */
export function readTensor({ dtype, shape, data }: Written): Tensor {
  return { dtype, shape, data: arrays[dtype](data) }
}

const arrays: { readonly [D in Dtype]: (words: readonly string[]) => Tensor['data'] } = {
  float64: (words) => Float64Array.from(words, Number),
  float32: (words) => Float32Array.from(words, Number),
  integer: (words) => words.map(BigInt),
  int32: (words) => Int32Array.from(words, Number),
  bit: (words) => Uint8Array.from(words, Number),
}
