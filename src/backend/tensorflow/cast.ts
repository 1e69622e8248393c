import type { Dtype } from '../../object/index.js'
import { cast } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import type { Entry } from '../table.js'
import { constantValue, type Emit } from './builder.js'
import { entrywise } from './elementwise.js'
import { tensorflowDtype, type HeldDtype } from './kernel.js'

const direct =
  (dtype: HeldDtype): Emit =>
  (b, [x], _, out) =>
    entrywise(b, 'Cast', { dtype: tensorflowDtype[dtype] }, x === undefined ? [] : [x], out)

/** The lowest bit of an int32, as a bit. */
const lowest: Emit = (b, [x], _, out) => {
  if (x === undefined) throw new TypeError('cast: no operand')
  const kernel = b.device.kernel('BitwiseAnd') === undefined ? 'Mod' : 'BitwiseAnd'
  const bit = entrywise(b, kernel, {}, [x, constantValue(b, x.type, kernel === 'Mod' ? 2 : 1)], x.type)
  return entrywise(b, 'NotEqual', {}, [bit, constantValue(b, x.type, 0)], out)
}

/** The entry of a cast: float32 goes to bit through int32, which truncates. */
export function castEntry(from: Dtype, to: Dtype): Entry<Emit> {
  for (const d of [from, to])
    if (d === 'float64' || d === 'integer')
      return { unsupported: `tfjs has no ${d === 'float64' ? 'float64' : 'exact integers'}` }
  if (from === to) return { lower: (_, inputs) => inputs }
  if (to === 'float32') return { kernel: direct('float32') }
  if (to === 'int32') return { kernel: direct('int32') }
  if (from === 'int32') return { kernel: lowest }
  return { lower: (_, inputs) => inputs.map((x: Wire) => cast(cast(x, 'int32'), 'bit')) }
}
