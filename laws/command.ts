import { isLawSet, resultOf, selected, stated, type CheckOptions } from './law/check.js'
import { RequestError, type LawSet, type Stated } from './law/law.js'
import { lawReport, showResult, showSummary, type LawReport, type LawResult } from './law/report.js'

export { RequestError }

/** What the command is asked for. */
export interface Request extends Omit<CheckOptions, 'onResult' | 'replay'> {
  /** The user's file, as it was written; without one all that the library has is checked. */
  readonly file?: string
  /** Print the report as JSON. */
  readonly json?: boolean
  /** Print which claims hold instead, for each set that has claims. */
  readonly discover?: boolean
  /** The backend whose laws are run, where not the usual one. */
  readonly backend?: string
}

/**
 * Runs the laws of a request and prints each as it is found: 0 if all hold, 1 if not. What is discovered fails nothing. Throws a
 * RequestError where the request names no law or no value.
 */
export function command(request: Request, sets: readonly LawSet[], print: (line: string) => void): 0 | 1 {
  const start = Date.now()
  const results: LawResult[] = []
  for (const [, result] of resultsOf(request, sets)) {
    results.push(result)
    announce(request, result, print)
  }
  return conclude(request, { seed: request.seed ?? 42, ms: Date.now() - start, results }, print)
}

/**
 * The results of the laws that a request asks for, each with its place among them; of every `of`-th law only, from
 * `part` on. Throws a RequestError where the request names no law or no value.
 */
export function* resultsOf(
  request: Request,
  sets: readonly LawSet[],
  part = 0,
  of = 1,
): Generator<readonly [number, LawResult]> {
  const { seed = 42, runs = 100 } = request
  const chosen = selected(request.discover === true ? claimsIn(sets) : sets, request)
  for (let at = part; at < chosen.length; at += of)
    yield [at, resultOf(chosen[at] as Stated, seed, { ...request, runs, replay: replayOf(request) })]
}

/** Prints a result as it is found, unless the report is asked for as JSON. */
export function announce({ json = false }: Request, result: LawResult, print: (line: string) => void): void {
  if (!json) print(showResult(result))
}

/** Prints the end of a report: 0 if all hold or were to be discovered, else 1. */
export function conclude(request: Request, report: LawReport, print: (line: string) => void): 0 | 1 {
  const { json = false, discover = false } = request
  print(json ? JSON.stringify(lawReport.encode(report)) : discover ? rows(report) : showSummary(report))
  return discover || report.results.every((r) => r.ok) ? 0 : 1
}

/** The line of the shell that shows a counterexample again, in one run. */
function replayOf({ file, backend, discover = false }: Request): (id: string, seed: number, path: string) => string {
  const of = file === undefined ? '' : ` ${quoted(file)}`
  const end = `${backend === undefined ? '' : ` --backend ${backend}`}${discover ? ' --discover' : ''}`
  return (id, seed, path) => `npx paralens laws${of} --only ${quoted(id)} --seed ${seed} --path ${path}${end}`
}
const quoted = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

/** The claims of sets, as sets of laws. Throws where none has claims. */
function claimsIn(sets: readonly LawSet[]): readonly LawSet[] {
  const all = new Map(stated(sets).map(({ set }) => [set, set.claims ?? []]))
  for (const set of sets) if (set.claims !== undefined) all.set(set, set.claims)
  const having = [...all].filter(([, claims]) => claims.length > 0)
  if (having.length === 0) throw new RequestError('laws: no set has claims to be discovered')
  return having.map(([set, laws]) => ({ ...set, parents: [], laws }))
}

/** One row a subject: its claims that hold, and those that do not. */
function rows({ results }: LawReport): string {
  const subjects = [...new Set(results.map((r) => r.subject))]
  return subjects
    .map((subject) => {
      const of = results.filter((r) => r.subject === subject)
      const names = (ok: boolean): string => of.flatMap((r) => (r.ok === ok ? [r.law] : [])).join(', ') || 'none'
      return `${subject}\n  holds  ${names(true)}\n  fails  ${names(false)}`
    })
    .join('\n')
}

/** What a module exports that are law sets, alone or in lists. */
export function setsOf(exports: Readonly<Record<string, unknown>>): readonly LawSet[] {
  return [...new Set(Object.values(exports).flatMap((x) => (Array.isArray(x) ? (x as unknown[]) : [x])))].filter(
    isLawSet,
  )
}
