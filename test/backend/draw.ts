import { arrayOf, size, type Tensor, type Type } from '../../src/object/index.js'
import type { Case, Draw } from './case.js'

/** A generator of 32-bit words from a seed (xorshift). */
export function words32(seed: number): () => number {
  let s = (seed * 2654435761) | 1
  return () => {
    s ^= s << 13
    s ^= s >>> 17
    s ^= s << 5
    return s | 0
  }
}

/** Entries at which kernels differ: NaN, the infinities, both zeros, and a number on either side. */
const specials: readonly number[] = [NaN, Infinity, -Infinity, 0, -0, 1.5, -0.5]

/** A tensor of a type with entries drawn. */
export function tensorOfType(type: Type, draw: Draw, word: () => number): Tensor {
  const below = (n: number): number => (word() >>> 0) % n
  const number = (): number => {
    switch (draw) {
      case 'special':
        return specials[below(specials.length)] as number
      case 'wide':
        return word()
      case 'row':
        return below(8) - 2
      case 'repeating':
        return below(3) - 1
      case 'small':
        return below(9) - 4
      case 'positive':
        return (1 + below(64)) / 16
      case 'moderate':
        return (below(129) - 64) / 16
      case 'sixteenths':
        return type.dtype === 'float32' ? (below(65) - 32) / 16 : below(9) - 4
    }
  }
  const entries = Array.from({ length: size(type.shape) }, number)
  return {
    dtype: type.dtype,
    shape: [...type.shape],
    data: arrayOf(type.dtype, type.dtype === 'bit' ? entries.map((x) => x & 1) : entries),
  } as Tensor
}

/** The operands of a case. */
export function operandsOf(example: Case, dom: readonly Type[], seed: number): Tensor[] {
  const word = words32(seed)
  return dom.map((t, i) => tensorOfType(t, example.draw?.[i] ?? 'sixteenths', word))
}

/** The first entry that is not the reference's, said in words; undefined where there is none. Zeros of either sign are equal. */
export function difference(given: Tensor, wanted: Tensor): string | undefined {
  if (given.dtype !== wanted.dtype || given.shape.join() !== wanted.shape.join())
    return `${given.dtype}[${given.shape.join()}] for ${wanted.dtype}[${wanted.shape.join()}]`
  for (let i = 0; i < wanted.data.length; i++) {
    const [a, b] = [Number(given.data[i]), Number(wanted.data[i])]
    if (a !== b && !Object.is(a, b)) return `entry ${i} is ${a}, the reference has ${b}`
  }
  return undefined
}
