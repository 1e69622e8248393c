import * as E from 'fp-ts/lib/Either.js'
import { check, type CheckOptions } from './law/check.js'
import type { LawSet } from './law/law.js'
import { lawReport, showResult } from './law/report.js'

/** How `npm run laws` is called. */
export const usage = `laws [--only NAME] [--seed N] [--runs N] [--path PATH] [--json]
  --only   a law's subject/set/law, or a part of the names of several
  --seed   where every generator starts (42)
  --runs   random values tried for each law (100)
  --path   replays one counterexample of the law named by --only
  --json   prints the report as JSON`

type Parsed = CheckOptions & { readonly json: boolean }

/** The options in the arguments of the command, or a sentence about the first that is none. */
export function parse(args: readonly string[]): E.Either<string, Parsed> {
  let options: Parsed = { json: false }
  for (let i = 0; i < args.length; i++) {
    const [name, value] = [args[i] ?? '', args[i + 1]]
    if (name === '--json') options = { ...options, json: true }
    else if (!['--only', '--seed', '--runs', '--path'].includes(name)) return E.left(`laws: unknown argument "${name}"`)
    else if (value === undefined) return E.left(`laws: ${name} needs a value`)
    else {
      const number = Number(value)
      const counts = name === '--seed' || name === '--runs'
      const least = name === '--runs' ? 1 : -Infinity
      if (counts && (!Number.isSafeInteger(number) || number < least))
        return E.left(`laws: ${name} needs ${name === '--runs' ? 'an integer ≥ 1' : 'an integer'}, given "${value}"`)
      options = { ...options, [name.slice(2)]: counts ? number : value }
      i += 1
    }
  }
  return E.right(options)
}

/** Runs the laws that the arguments choose and prints each as it passes; 0 if all hold, 1 if not, 2 for a wrong argument. */
export function command(args: readonly string[], sets: readonly LawSet[], print: (line: string) => void): number {
  const parsed = parse(args)
  if (E.isLeft(parsed)) return refuse(parsed.left, print)
  const { json, ...options } = parsed.right
  try {
    const report = check(sets, { ...options, ...(json ? {} : { onResult: (r) => print(showResult(r)) }) })
    const { results, seed, ms } = E.isLeft(report) ? report.left : report.right
    const failed = results.filter((r) => !r.ok).length
    const runs = results.reduce((n, r) => n + r.runs, 0)
    const summary = `${results.length} laws, ${failed} failed, ${runs} runs, ${(ms / 1000).toFixed(1)} s, seed ${seed}`
    print(json ? JSON.stringify(lawReport.encode({ results, seed, ms })) : summary)
    return failed === 0 ? 0 : 1
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), print)
  }
}

function refuse(message: string, print: (line: string) => void): number {
  print(`${message}\n${usage}`)
  return 2
}
