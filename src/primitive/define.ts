import { dtypes, sameType, showType, type Dtype, type Rig, type Type } from '../object/index.js'
import type { Attributes, Cotangent, Operation, OpticRule, Wire } from '../structure/index.js'

/** No attributes. */
export type None = Readonly<Record<never, never>>

/** What an operation is defined by; what is left out has the usual answer. */
export type Definition<A extends Attributes> = Omit<Operation<A>, 'commutative' | 'retype'> &
  Partial<Pick<Operation<A>, 'commutative' | 'retype'>>

/** The operation of a definition: not commutative, and attributes that do not depend on the rig, unless said. */
export function define<A extends Attributes>(definition: Definition<A>): Operation<A> {
  return { commutative: false, retype: (attributes) => attributes, ...definition }
}

/** A function on wires together with the operation it applies. */
export type Primitive<F, A extends Attributes> = F & { readonly operation: Operation<A> }

/** Joins them. */
export function withOperation<F extends object, A extends Attributes>(operation: Operation<A>, f: F): Primitive<F, A> {
  return Object.assign(f, { operation })
}

/** The one output of an operation on wires, at least one, all of one algebra. */
export function applied<A extends Attributes>(operation: Operation<A>, attributes: A, inputs: readonly Wire[]): Wire {
  const [first] = inputs
  if (first === undefined) throw new TypeError(`${operation.name}: no wire was given`)
  return only(first.algebra.op(operation, attributes, inputs))
}

/** The only wire of a list of one. */
export function only(wires: readonly Wire[]): Wire {
  const [w] = wires
  if (w === undefined || wires.length !== 1) throw new TypeError(`expected one wire, got ${wires.length}`)
  return w
}

/** The i-th operand's type; throws `f: needs 2 operands, given 1`. */
export function operand(name: string, dom: readonly Type[], i: number, arity: number): Type {
  const t = dom[i]
  if (t === undefined || dom.length !== arity)
    throw new TypeError(`${name}: needs ${arity} operand${arity === 1 ? '' : 's'}, given ${dom.length}`)
  return t
}

/** The common type of n operands; throws `add: [3] and [4] differ`. */
export function common(name: string, dom: readonly Type[], arity: number): Type {
  const first = operand(name, dom, 0, arity)
  for (const t of dom)
    if (!sameType(first, t)) throw new TypeError(`${name}: ${showType(first)} and ${showType(t)} differ`)
  return first
}

/** What an operation may need of a rig. */
export type Requirement = keyof Rig & ('negation' | 'rational' | 'analytic' | 'ordered')

/** Throws `exp: the rig Z/2 of bit is not analytic` where a rig lacks what an operation needs. */
export function needs(name: string, dtype: Dtype, what: Requirement): void {
  const lacks: { readonly [R in Requirement]: string } = {
    negation: 'has no negation',
    rational: 'has no fractions',
    analytic: 'is not analytic',
    ordered: 'is not ordered',
  }
  if (!dtypes[dtype][what]) throw new TypeError(`${name}: the rig ${dtypes[dtype].rig} of ${dtype} ${lacks[what]}`)
}

/** M = I: `backward` is the dagger. */
export function linear<A extends Attributes>(
  backward: (attributes: A, dy: Wire, dom: readonly Type[]) => readonly Cotangent[],
): OpticRule<A> {
  return {
    kind: 'linear',
    residual: () => [],
    backward: (attributes, _, [dy], dom) =>
      dy === undefined ? dom.map(() => undefined) : backward(attributes, dy, dom),
  }
}

/** M = A: the backward pass sees the inputs. */
export function lens<A extends Attributes>(
  backward: (attributes: A, inputs: readonly Wire[], dy: Wire) => readonly Cotangent[],
): OpticRule<A> {
  return {
    kind: 'lens',
    residual: (_, inputs) => inputs,
    backward: (attributes, inputs, [dy], dom) =>
      dy === undefined ? dom.map(() => undefined) : backward(attributes, inputs, dy),
  }
}

/** A residual of the operation's own choice among its inputs and outputs. */
export function bespoke<A extends Attributes>(
  residual: (inputs: readonly Wire[], outputs: readonly Wire[]) => readonly Wire[],
  backward: (attributes: A, residual: readonly Wire[], dy: Wire) => readonly Cotangent[],
): OpticRule<A> {
  return {
    kind: 'bespoke',
    residual: (_, inputs, outputs) => residual(inputs, outputs),
    backward: (attributes, kept, [dy], dom) =>
      dy === undefined ? dom.map(() => undefined) : backward(attributes, kept, dy),
  }
}

/** The derivative that is zero almost everywhere: absent for every input. */
export const zeroDerivative: OpticRule = {
  kind: 'zero',
  residual: () => [],
  backward: (_, __, ___, dom) => dom.map(() => undefined),
}
