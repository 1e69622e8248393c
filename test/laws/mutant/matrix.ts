import { lawSets, reference, resultOf, stated } from '../../../laws/index.js'
import { areas } from './index.js'
import type { Mutant, Unbreakable } from './mutant.js'
import { reverseMutants } from './reverse.js'

/** The laws that a mutant breaks, by `set/law`, each with the run that found it. */
export type Killed = ReadonlyMap<string, number>

/** The seed of the matrix. */
export const seed = 42
/** Runs at most, of the laws of derivatives and of the law that has to fail, and of the other laws. */
export const runs: { readonly full: number; readonly other: number } = { full: 100, other: 25 }

const known = new Map<Mutant, Killed>()

/** What kills a mutant; run once. */
export function killed(mutant: Mutant): Killed {
  const before = known.get(mutant)
  if (before !== undefined) return before
  const found = new Map<string, number>()
  const full = reverseMutants.includes(mutant)
  for (const s of stated(mutant.sets())) {
    const law = `${s.set.name}/${s.law.name}`
    const r = resultOf(s, seed, { runs: full || law === mutant.killedBy ? runs.full : runs.other })
    if (!r.ok) found.set(law, Math.min(r.runs, found.get(law) ?? Infinity))
  }
  known.set(mutant, found)
  return found
}

/** The laws of the catalogue and those that may be claimed, each name once, in order. */
export function catalogue(): readonly string[] {
  const names = stated(lawSets(reference)).flatMap(({ set, law }) =>
    [law, ...(set.claims ?? [])].map((l) => `${set.name}/${l.name}`),
  )
  return [...new Set(names)].sort()
}

/** The mutants that a law kills. */
export function killsOf(law: string): readonly Mutant[] {
  return areas.flatMap((a) => a.mutants).filter((m) => killed(m).has(law))
}

/** The laws that no mutant can break, with reasons. */
export function unbreakable(): Unbreakable {
  return Object.fromEntries(areas.flatMap((a) => Object.entries(a.unbreakable ?? {})))
}
