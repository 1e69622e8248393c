import * as E from 'fp-ts/lib/Either.js'
import { lawsOf, RequestError, type LawSet, type Stated } from './law.js'
import type { LawReport, LawResult } from './report.js'

/** Which laws are run and how; the seed is fixed unless given, and every law starts from it. */
export interface CheckOptions {
  readonly seed?: number
  readonly runs?: number
  /** A law's `subject/set/law`, or a regular expression that the names of several match. */
  readonly only?: string
  /** The path of a counterexample, of one law. */
  readonly path?: string
  /** What to write to see a counterexample again: a call of `check` unless given. */
  readonly replay?: (id: string, seed: number, path: string) => string
  /** Told each result as it is found. */
  readonly onResult?: (result: LawResult) => void
}

/**
 * The report of running the laws of sets, each law once: right exactly if all hold. Throws where `only` names no law, where
 * `runs` is less than 1, and where `path` leads to no value: what tried nothing is no report.
 */
export function check(sets: LawSet | readonly LawSet[], options: CheckOptions = {}): E.Either<LawReport, LawReport> {
  const start = Date.now()
  const { seed = 42, runs = 100 } = options
  if (!Number.isSafeInteger(seed)) throw new RequestError(`check: the seed is ${seed}, needs an integer`)
  if (!Number.isSafeInteger(runs) || runs < 1) throw new RequestError(`check: runs is ${runs}, needs an integer ≥ 1`)
  const chosen = selected(sets, options)
  const results = chosen.map((s) => {
    const result = resultOf(s, seed, options)
    options.onResult?.(result)
    return result
  })
  const report: LawReport = { seed, ms: Date.now() - start, results }
  return results.every((r) => r.ok) ? E.right(report) : E.left(report)
}

/** Whether a value is a law set: its name, its subject, its parents, and its laws, each made by {@link law}. */
export function isLawSet(x: unknown): x is LawSet {
  if (typeof x !== 'object' || x === null) return false
  const { name, subject, laws, parents } = x as { readonly [K in keyof LawSet]?: unknown }
  if (typeof name !== 'string' || typeof subject !== 'string' || !Array.isArray(laws) || !Array.isArray(parents))
    return false
  return laws.every((l: { run?: unknown } | undefined) => typeof l?.run === 'function')
}

/** The laws of one set or several, each once. Throws a RequestError where two of the sets have one name and one subject. */
export function stated(sets: LawSet | readonly LawSet[]): readonly Stated[] {
  const list = [...new Set(Array.isArray(sets) ? (sets as readonly LawSet[]) : [sets as LawSet])]
  for (const set of list)
    if (!isLawSet(set)) throw new TypeError('check: what is given is no law set; laws.optimiser(…) is one')
  const names = new Set<string>()
  for (const { subject, name } of list) {
    if (names.has(`${subject}/${name}`)) throw new RequestError(`check: two sets are called ${subject}/${name}`)
    names.add(`${subject}/${name}`)
  }
  const all = list.flatMap(lawsOf)
  return [...new Map(all.map((s) => [s.id, s])).values()]
}

/** The laws of sets that options choose. Throws where they choose none, and where a path is given for more than one. */
export function selected(
  sets: LawSet | readonly LawSet[],
  { only, path }: Pick<CheckOptions, 'only' | 'path'>,
): readonly Stated[] {
  const all = stated(sets)
  const exact = all.filter((s) => s.id === only)
  const chosen = only === undefined ? all : exact.length > 0 ? exact : all.filter((s) => pattern(only).test(s.id))
  if (all.length === 0) throw new RequestError('check: there are no laws')
  if (chosen.length === 0) throw new RequestError(`check: no law is called ${only ?? ''}; there are ${all.length} laws`)
  if (path !== undefined && chosen.length !== 1)
    throw new RequestError(
      `check: a path replays one law, given ${chosen.length}: name it whole by only, subject/set/law`,
    )
  return chosen
}

function pattern(only: string): RegExp {
  try {
    return new RegExp(only)
  } catch {
    throw new RequestError(`check: "${only}" is neither the name of a law nor a regular expression`)
  }
}

const call = (id: string, seed: number, path: string): string =>
  `check(set, { only: ${JSON.stringify(id)}, seed: ${seed}, path: '${path}' })`

/** The result of one law. */
export function resultOf(
  { id, set, law }: Stated,
  seed: number,
  { runs = 100, path, replay = call }: CheckOptions,
): LawResult {
  const start = Date.now()
  const outcome = law.run({ seed, runs, ...(path === undefined ? {} : { path }) })
  const { name, equation, source, forall } = law
  const about = { id, subject: set.subject, set: set.name, law: name, equation, source, forall, ms: Date.now() - start }
  if (outcome.ok) return { ...about, ...outcome }
  return { ...about, ...outcome, replay: replay(id, seed, outcome.path) }
}
