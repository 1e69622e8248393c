import { resultOf, selected, type CheckOptions } from './check.js'
import type { LawSet } from './law.js'
import { showResult } from './report.js'

/** What a test runner brings: vitest, mocha, jest and node:test all do. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown
  readonly it: (name: string, body: () => void) => unknown
}

/**
 * One test for each law, named by its equation; a failure is an error that says all a report says, at the line of the call.
 *
 *     import { describe, it } from 'vitest'
 *     import { describeLaws, laws } from 'paralens/laws'
 *
 *     describeLaws({ describe, it }, laws.optimiser('mine', mine, { claims: ['product'] }))
 */
export function describeLaws(
  { describe, it }: Runner,
  sets: LawSet | readonly LawSet[],
  options: Pick<CheckOptions, 'seed' | 'runs' | 'only' | 'path'> = {},
): void {
  const frames = callerOf(describeLaws)
  const groups = new Map<string, (() => void)[]>()
  for (const s of selected(sets, options)) {
    const group = `${s.set.subject}: ${s.set.name}`
    const test = (): unknown =>
      it(`${s.law.name}: ${s.law.equation}`, () => {
        const result = resultOf(s, options.seed ?? 42, { ...options, replay })
        if (!result.ok) throw failure(showResult(result), frames)
      })
    groups.set(group, [...(groups.get(group) ?? []), test])
  }
  for (const [group, tests] of groups) describe(group, () => tests.forEach((test) => test()))
}

const replay = (id: string, seed: number, path: string): string =>
  `describeLaws({ describe, it }, sets, { only: ${JSON.stringify(id)}, seed: ${seed}, path: '${path}' })`

/** The frames of whoever called a function, where the engine can tell. */
function callerOf(f: (...args: never) => unknown): string {
  const here = new Error('')
  const { captureStackTrace } = Error as { captureStackTrace?: (target: object, below: unknown) => void }
  captureStackTrace?.(here, f)
  return (here.stack ?? '').split('\n').slice(1).join('\n')
}

function failure(message: string, frames: string): Error {
  const error = new Error(message)
  error.stack = `Error: ${message}\n${frames}`
  return error
}
