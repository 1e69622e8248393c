import { resultOf, selected, type CheckOptions } from './check.js'
import { type Law, type LawSet } from './law.js'
import type { LawResult } from './report.js'

/**
 * The set of the core laws of a thing and of the claims made for it, out of those that can be made. Throws
 * `laws.optimiser: no claim is called "liner"; there are product, translation`.
 */
export function claiming<C extends string>(
  what: string,
  set: Omit<LawSet, 'claims'>,
  claims: { readonly [K in C]?: Law },
  made: readonly C[],
): LawSet {
  if (!Array.isArray(made)) throw new TypeError(`${what}: claims is ${String(made)}, needs a list of names`)
  const all = Object.values<Law | undefined>(claims).filter((l) => l !== undefined)
  const chosen = [...new Set<C>(made)].map((name): Law => {
    const law = claims[name]
    if (law === undefined)
      throw new TypeError(`${what}: no claim is called "${name}"; there are ${all.map((l) => l.name).join(', ')}`)
    return law
  })
  return { ...set, laws: [...set.laws, ...chosen], claims: all }
}

/**
 * What each claim that can be made for a subject comes to: it holds on every run, or there is a counterexample. Options choose
 * claims and replay one as {@link check} does.
 */
export function discover(
  set: LawSet,
  options: Pick<CheckOptions, 'seed' | 'runs' | 'only' | 'path'> = {},
): readonly LawResult[] {
  const claims = { ...set, parents: [], laws: set.claims ?? [] }
  return selected(claims, options).map((s) => resultOf(s, options.seed ?? 42, { replay: again, ...options }))
}

const again = (id: string, seed: number, path: string): string =>
  `discover(set, { only: ${JSON.stringify(id)}, seed: ${seed}, path: '${path}' })`
