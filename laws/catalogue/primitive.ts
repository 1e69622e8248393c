import { primitives, type PrimitiveName } from '../../src/primitive/index.js'
import type { LawSet } from '../law/law.js'
import { primitive } from '../part/primitive.js'
import { primitiveCases } from './primitive-cases.js'

/** The laws of every primitive at its cases. */
export function primitiveLaws(): readonly LawSet[] {
  return (Object.keys(primitives) as PrimitiveName[]).map((name) =>
    primitive(name, primitives[name], primitiveCases[name]),
  )
}
