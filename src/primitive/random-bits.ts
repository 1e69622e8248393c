import { checkShape, showType, size } from '../object/index.js'
import type { Wire } from '../structure/index.js'
import { applied, define, operand, withOperation, zeroDerivative, type Primitive } from './define.js'
import { threefryBits } from './threefry.js'

/** The shape of the words drawn from each key. */
export type RandomBitsAttributes = { readonly shape: readonly number[] }

/**
 * `randomBits(key, shape)`: int32[k…, 2] → int32[k…, s…], uniform 32-bit words by Threefry-2x32, the same for the same
 * key in every interpretation.
 */
export const randomBits: Primitive<(key: Wire, shape: readonly number[]) => Wire, RandomBitsAttributes> = withOperation(
  define<RandomBitsAttributes>({
    name: 'randomBits',
    codomain({ shape }, dom) {
      const key = operand('randomBits', dom, 0, 1)
      checkShape('randomBits', shape)
      if (key.dtype !== 'int32' || key.shape[key.shape.length - 1] !== 2)
        throw new TypeError(`randomBits: a key is int32[2], given ${showType(key)}`)
      return [{ dtype: 'int32', shape: [...key.shape.slice(0, -1), ...shape] }]
    },
    optic: zeroDerivative,
    batch: (_, { shape }, [key]) => [randomBits(key as Wire, shape)],
    meaning: ({ shape }, [key], _, scalars) => {
      if (key === undefined) return []
      const int = scalars('int32')
      const words = Array.from(key.data, (a) => int.number(a))
      return [
        words.flatMap((word, i) =>
          i % 2 === 0 ? Array.from(threefryBits([word, words[i + 1] ?? 0], size(shape)), (w) => int.of(w)) : [],
        ),
      ]
    },
  }),
  (key, shape) => applied(randomBits.operation, { shape }, [key]),
)
