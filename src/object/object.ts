import { normal, sameType, showType, surface, type Ob, type Type } from './tensor-type.js'

/**
 * An object of the free category: a list of tensor types, kept as a lazy rope. The product is concatenation, strictly
 * associative with unit the empty list; building it is O(1), and no operation recurses on its depth.
 */
export type Obj =
  | { readonly length: number; readonly leaves: readonly Type[] }
  | { readonly length: number; readonly left: Obj; readonly right: Obj }

/** The unit object I, the empty list. */
export const unit: Obj = { length: 0, leaves: [] }

/** The object of a list of types. */
export function object(types: readonly Type[]): Obj {
  return types.length === 0 ? unit : { length: types.length, leaves: types }
}

/** The object of a list of types in the user's notation. */
export function objectOf(types: Ob): Obj {
  return object(types.map(normal))
}

/** `A ⊗ B`. */
export function product(a: Obj, b: Obj): Obj {
  return a.length === 0 ? b : b.length === 0 ? a : { length: a.length + b.length, left: a, right: b }
}

/** The types of an object in order, as one array; linear in its length. */
export function types(a: Obj): readonly Type[] {
  if ('leaves' in a) return a.leaves
  const out: Type[] = []
  const stack: Obj[] = [a]
  for (let o = stack.pop(); o !== undefined; o = stack.pop()) {
    if ('leaves' in o) for (const t of o.leaves) out.push(t)
    else stack.push(o.right, o.left)
  }
  return out
}

/** The user's notation of an object. */
export function surfaceOf(a: Obj): Ob {
  return types(a).map(surface)
}

/** Equality of lists of types. */
export function sameTypes(a: readonly Type[], b: readonly Type[]): boolean {
  return a.length === b.length && a.every((t, i) => sameType(t, b[i] as Type))
}

/** Equality of objects as lists. */
export function sameObject(a: Obj, b: Obj): boolean {
  return a === b || (a.length === b.length && sameTypes(types(a), types(b)))
}

/** `[784] ⊗ int32[]`, and `I` for the unit; long objects are cut in the middle. */
export function showObject(a: Obj): string {
  const all = types(a)
  if (all.length === 0) return 'I'
  const show = (ts: readonly Type[]): string => ts.map(showType).join(' ⊗ ')
  return all.length <= 12 ? show(all) : `${show(all.slice(0, 5))} ⊗ … ⊗ ${show(all.slice(-5))} (${all.length} tensors)`
}
