import { constant } from '../../primitive/index.js'
import type { Wire } from '../../structure/index.js'
import type { Redex } from '../rewrite.js'

/** The number of a constant wire. */
export function valueOf(redex: Redex, wire: Wire | undefined): number | undefined {
  const d = wire === undefined ? undefined : redex.made(wire)
  return d?.name === 'constant' ? (d.attributes['value'] as number) : undefined
}
/** An attribute that is a list of numbers. */
export const numbers = (redex: Redex, key: string): readonly number[] => redex.attributes[key] as readonly number[]

/** The constant with a value in the type of the redex's result, where the value is an element of the rig. */
export function result(redex: Redex, value: number, shape?: readonly number[]): Wire | undefined {
  const [t] = redex.leaf.operation.codomain(
    redex.attributes,
    redex.inputs.map((w) => w.type),
  )
  return t === undefined || !Number.isFinite(value)
    ? undefined
    : constant(redex.algebra, value, t.dtype, shape ?? t.shape)
}

/** The operands of a commutative operation with the constant first. */
export function withConstant(redex: Redex, name: string): { readonly value: number; readonly other: Wire } | undefined {
  const [x, y] = redex.inputs
  if (redex.name !== name || x === undefined || y === undefined) return undefined
  const [a, b] = [valueOf(redex, x), valueOf(redex, y)]
  return a !== undefined ? { value: a, other: y } : b !== undefined ? { value: b, other: x } : undefined
}

/** The definition of the only operand, where it is by the named operation. */
export function inner(r: Redex, name: string): ReturnType<Redex['made']> {
  const [x] = r.inputs
  const d = x === undefined || r.inputs.length !== 1 ? undefined : r.made(x)
  return d?.name === name ? d : undefined
}
/** f of what is there. */
export const pick = <T, U>(x: T | undefined, f: (x: T) => U | undefined): U | undefined =>
  x === undefined ? undefined : f(x)
