import { circuits, lookup } from '../../src/circuit/index.js'
import { layers } from '../../src/layer/index.js'
import { over, type Untyped } from '../../src/optic/index.js'
import type { Ob } from '../../src/object/index.js'
import type { LawSet } from '../law/law.js'
import { layer } from '../part/layer.js'
import { layerRows } from './layer-claims.js'

/** The models that the library has, by name: layers and circuits. */
export const models: { readonly [name: string]: Untyped } = { ...layers, ...circuits }

/** The laws of every layer and model of circuits over the reals with the claims of {@link layerRows}, and of circuits over other rings. */
export function layerLaws(): readonly LawSet[] {
  const real = Object.entries(models).map(([name, model]) =>
    layer(name, model, { claims: layerRows[name]?.holds ?? [] }),
  )
  return [...real, ...Object.entries(circuits).flatMap(([name, model]) => circuit(name, model)), boolean]
}

/** A model of circuits over the rings where it is polynomial. */
function circuit(name: string, model: Untyped): readonly LawSet[] {
  const typed = model as Parameters<typeof over<'bit', object, Ob, Ob>>[1]
  const claims = (layerRows[name]?.holds ?? []).filter((claim) => claim === 'linearInParameters')
  return (['integer', 'int32', 'bit'] as const).map((dtype) =>
    layer(`${name} over ${dtype}`, over(dtype, typed), { claims }),
  )
}

/** The smallest look-up, at all its points. */
const boolean = layer('lookup of one bit', over('bit', lookup(1, 1)), { claims: ['linearInParameters'] })
