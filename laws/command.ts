import * as E from 'fp-ts/lib/Either.js'
import { check, stated, type CheckOptions } from './law/check.js'
import type { LawSet } from './law/law.js'
import { lawReport, showResult, showSummary, type LawReport } from './law/report.js'

/** What the command is asked for. */
export interface Request extends Omit<CheckOptions, 'onResult' | 'replay'> {
  /** The user's file, as it was written; without one all that the library has is checked. */
  readonly file?: string
  /** Print the report as JSON. */
  readonly json?: boolean
  /** Print which claims hold instead, for each set that has claims. */
  readonly discover?: boolean
}

/**
 * Runs the laws of a request and prints each as it is found: 0 if all hold, 1 if not, 2 where the request names no law or no
 * value. What is discovered fails nothing.
 */
export function command(request: Request, sets: readonly LawSet[], print: (line: string) => void): 0 | 1 | 2 {
  const { json = false, discover: discovering = false, ...options } = request
  try {
    const wanted = discovering ? claimsIn(sets) : sets
    const report = check(wanted, {
      ...options,
      replay: replayOf(request),
      ...(json ? {} : { onResult: (r) => print(showResult(r)) }),
    })
    const found = E.isLeft(report) ? report.left : report.right
    print(json ? JSON.stringify(lawReport.encode(found)) : discovering ? rows(found) : showSummary(found))
    return E.isRight(report) || discovering ? 0 : 1
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    print(`paralens: ${error.message}`)
    return 2
  }
}

/** The line of the shell that shows a counterexample again, in one run. */
function replayOf({ file }: Request): (id: string, seed: number, path: string) => string {
  const of = file === undefined ? '' : ` ${quoted(file)}`
  return (id, seed, path) => `npx paralens laws${of} --only ${quoted(id)} --seed ${seed} --path ${path}`
}
const quoted = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

/** The claims of sets, as sets of laws. Throws where none has claims. */
function claimsIn(sets: readonly LawSet[]): readonly LawSet[] {
  const all = new Map(stated(sets).map(({ set }) => [set, set.claims ?? []]))
  for (const set of sets) if (set.claims !== undefined) all.set(set, set.claims)
  const having = [...all].filter(([, claims]) => claims.length > 0)
  if (having.length === 0) throw new RangeError('laws: no set has claims to be discovered')
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
  const isSet = (x: unknown): x is LawSet =>
    typeof x === 'object' &&
    x !== null &&
    ['name', 'subject'].every((k) => typeof (x as Record<string, unknown>)[k] === 'string') &&
    ['laws', 'parents'].every((k) => Array.isArray((x as Record<string, unknown>)[k]))
  return [...new Set(Object.values(exports).flatMap((x) => (Array.isArray(x) ? (x as unknown[]) : [x])))].filter(isSet)
}
