import type { Type } from '../object/index.js'
import type { Attributes, Entries, Operation, OpticRule, Scalars, Wire } from '../structure/index.js'
import { applied, common, define, needs, type Definition, type None, type Requirement } from './define.js'
import { front } from './batch.js'

/** What an entrywise operation on one dtype is defined by. */
export interface Entrywise<A extends Attributes> {
  readonly name: string
  readonly arity: number
  readonly commutative?: boolean
  /** What the rig has to have. */
  readonly needs?: readonly Requirement[]
  /** Throws where the attributes do not fit the operands' type. */
  readonly check?: (attributes: A, type: Type) => void
  readonly optic: OpticRule<A>
  /** The entry of the result; a unary operation is given its operand twice. */
  entry<T>(scalars: Scalars<T>, a: T, b: T, attributes: A): T
  readonly retype?: Definition<A>['retype']
}

/** The operation that applies `entry` at every position of operands of one type. */
export function entrywise<A extends Attributes = None>(d: Entrywise<A>): Operation<A> {
  const operation: Operation<A> = define<A>({
    name: d.name,
    commutative: d.commutative ?? false,
    codomain(attributes, dom) {
      const type = common(d.name, dom, d.arity)
      for (const what of d.needs ?? []) needs(d.name, type.dtype, what)
      d.check?.(attributes, type)
      return [type]
    },
    optic: d.optic,
    batch: (n, attributes, inputs, batched) => [applied(operation, attributes, front(n, inputs, batched))],
    meaning: (attributes, inputs, [type], scalars) => [
      mapEntries(inputs, type, (a, b, dtype) => d.entry(scalars(dtype), a, b, attributes)),
    ],
    ...(d.retype === undefined ? {} : { retype: d.retype }),
  })
  return operation
}

function mapEntries<T>(
  [x, y]: readonly Entries<T>[],
  type: Type | undefined,
  f: (a: T, b: T, dtype: Type['dtype']) => T,
): T[] {
  if (x === undefined || type === undefined) return []
  const out = new Array<T>(x.data.length)
  const other = (y ?? x).data
  for (let i = 0; i < out.length; i++) out[i] = f(x.data[i] as T, other[i] as T, x.dtype)
  return out
}

/** An operation of one operand, as a function on wires. */
export type Unary = (x: Wire) => Wire
