import { normal, size, surface, tensorOf, type Tensor, type TensorType } from '../src/object/index.js'
import { primitives, type PrimitiveName } from '../src/primitive/index.js'
import type { PrimitiveTerm } from '../src/term/index.js'
import { caseTerm, dyadic, type PrimitiveCase } from '../laws/part/primitive-case.js'

/** The primitive of a case as a term. */
export function termOf(name: PrimitiveName, one: PrimitiveCase): PrimitiveTerm {
  return caseTerm(primitives[name], one)
}

/** The point of a case. */
export function pointOf({ dom, values }: PrimitiveCase): Tensor[] {
  return dom.map((type, i) => fill(type, values[i] ?? dyadic))
}

/** The tensor of a type with the given entries, their integer part or its parity where the rig has no fractions. */
export function fill(type: TensorType, value: (k: number) => number): Tensor {
  const t = normal(type)
  const element = (x: number): number =>
    t.dtype === 'bit' ? x & 1 : t.dtype === 'int32' || t.dtype === 'integer' ? Math.trunc(x) : x
  return tensorOf(
    surface(t),
    Array.from({ length: size(t.shape) }, (_, k) => element(value(k))),
  )
}
