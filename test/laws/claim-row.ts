import { expect } from 'vitest'
import { check, discover, type LawSet } from '../../laws/index.js'
import type { ClaimRow } from '../../laws/catalogue/layer-claims.js'

/** Expects discovery to answer a row: what it says holds does, and all else fails in the run that is its witness. */
export function expectRow<C extends string>(set: LawSet, row: ClaimRow<C> | undefined): void {
  const found = discover(set)
  const fails = found.flatMap((r) => (r.ok ? [] : [[r.law, r.path.split(':')[0]] as const]))
  expect(found.filter((r) => r.ok).map((r) => r.law)).toEqual(row?.holds)
  expect(Object.fromEntries(fails)).toEqual(
    Object.fromEntries(fails.map(([claim]) => [claim, row?.witness[claim as C] ?? '0'])),
  )
  for (const [claim, path] of fails) expect(replayed(set, claim, path ?? '0')).toBe(1)
}

/** In how many runs a counterexample of a claim is found again from its path. */
function replayed(set: LawSet, claim: string, path: string): number {
  const laws = (set.claims ?? []).filter((l) => l.name === claim)
  const report = check({ ...set, laws }, { path })
  return report._tag === 'Left' ? (report.left.results[0]?.runs ?? 0) : 0
}
