import { object, sameObject, showObject, types, type Obj } from '../../object/index.js'
import type { Wire } from '../../structure/index.js'

/** The A of `P ⊗ A`. Throws `termLearner: the domain [4] ⊗ [3] does not begin with the parameters [3]`. */
export function beyond(what: string, params: Obj, dom: Obj): Obj {
  const all = types(dom)
  if (!sameObject(object(all.slice(0, params.length)), params))
    throw new TypeError(
      `${what}: the domain ${showObject(dom)} does not begin with the parameters ${showObject(params)}`,
    )
  return object(all.slice(params.length))
}

/** Wires dealt out to objects in order. */
export function deal<T extends readonly Obj[]>(
  wires: readonly Wire[],
  ...parts: T
): { readonly [K in keyof T]: readonly Wire[] } {
  let at = 0
  return parts.map((a) => wires.slice(at, (at += a.length))) as unknown as { readonly [K in keyof T]: readonly Wire[] }
}
