import { dtypes, type Dtype } from '../object/index.js'
import type { Wire } from '../structure/index.js'
import { applied, define, operand, withOperation, type Primitive } from './define.js'

/** The dtype of the result. */
export type CastAttributes = { readonly dtype: Dtype }

/**
 * `cast(x, dtype)`: the representative of each entry, read in another dtype. Between the two floats it is linear and its
 * dagger is the cast back; between other rigs there is no derivative, and asking for one throws.
 */
export const cast: Primitive<(x: Wire, dtype: Dtype) => Wire, CastAttributes> = withOperation(
  define<CastAttributes>({
    name: 'cast',
    codomain: ({ dtype }, dom) => [{ dtype, shape: operand('cast', dom, 0, 1).shape }],
    optic: {
      kind: 'linear',
      residual: () => [],
      backward({ dtype }, _, [dy], [x]) {
        if (dy === undefined || x === undefined) return [undefined]
        if (!dtypes[dtype].analytic || !dtypes[x.dtype].analytic)
          throw new TypeError(`reverse: cast from ${x.dtype} to ${dtype} has no derivative`)
        return [cast(dy, x.dtype)]
      },
    },
    batch: (_, { dtype }, [x]) => [cast(x as Wire, dtype)],
    meaning: ({ dtype }, [x], _, scalars) => {
      if (x === undefined) return []
      const [from, to] = [scalars(x.dtype), scalars(dtype)]
      return [Array.from(x.data, (a) => to.convert(a, from))]
    },
    retype: ({ dtype }, from, to) => ({ dtype: dtype === from ? to : dtype }),
  }),
  (x, dtype) => (x.type.dtype === dtype ? x : applied(cast.operation, { dtype }, [x])),
)
