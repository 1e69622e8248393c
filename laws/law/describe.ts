import { resultOf, stated, type CheckOptions } from './check.js'
import type { LawSet } from './law.js'
import { showResult } from './report.js'

/** What a test runner brings: vitest, mocha, jest and node:test all do. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown
  readonly it: (name: string, body: () => void) => unknown
}

/** One test for each law, named by its equation; a failure is an error that says all a report says. */
export function describeLaws(
  { describe, it }: Runner,
  sets: LawSet | readonly LawSet[],
  options: Pick<CheckOptions, 'seed' | 'runs'> = {},
): void {
  const groups = new Map<string, (() => void)[]>()
  for (const s of stated(sets)) {
    const group = `${s.set.subject}: ${s.set.name}`
    const test = (): unknown =>
      it(`${s.law.name}: ${s.law.equation}`, () => {
        const result = resultOf(s, options.seed ?? 42, options)
        if (!result.ok) throw new Error(showResult(result))
      })
    groups.set(group, [...(groups.get(group) ?? []), test])
  }
  for (const [group, tests] of groups) describe(group, () => tests.forEach((test) => test()))
}
