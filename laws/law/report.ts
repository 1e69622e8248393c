import * as t from 'io-ts'
import type { Decided } from './law.js'

/** A law that held on every run. */
export interface Passed {
  readonly ok: true
  /** In how many runs the sides were told apart by normal form, by `===` of values, within a bound, not at all. */
  readonly decided: Decided
  /** `subject/set/law`. */
  readonly id: string
  readonly subject: string
  readonly set: string
  readonly law: string
  readonly equation: string
  readonly source: string
  readonly forall: string
  readonly runs: number
  readonly ms: number
}

/** A law that failed: its shrunk counterexample, both sides, and the command that shows it again. */
export interface Failed extends Omit<Passed, 'ok' | 'decided'> {
  readonly ok: false
  readonly shrinks: number
  readonly path: string
  readonly where: Readonly<Record<string, string>>
  readonly lhs: string
  readonly rhs: string
  readonly difference: string
  readonly replay: string
}

const { string, number } = t
const stated = {
  id: string,
  subject: string,
  set: string,
  law: string,
  equation: string,
  source: string,
  forall: string,
  runs: number,
  ms: number,
}
const passed: t.Type<Passed> = t.type({
  ...stated,
  ok: t.literal(true),
  decided: t.type({ structure: number, value: number, bound: number, undecided: number }),
})
const failed: t.Type<Failed> = t.type({
  ...stated,
  ok: t.literal(false),
  shrinks: number,
  path: string,
  where: t.record(string, string),
  lhs: string,
  rhs: string,
  difference: string,
  replay: string,
})

/** The outcome for one law. */
export type LawResult = Passed | Failed

/** What a run of laws found. */
export interface LawReport {
  readonly seed: number
  readonly ms: number
  readonly results: readonly LawResult[]
}

/** The codec of reports: JSON in and out. */
export const lawReport: t.Type<LawReport> = t.readonly(
  t.type({ seed: t.number, ms: t.number, results: t.readonlyArray(t.union([passed, failed])) }),
  'LawReport',
)

const indent = (text: string): string => text.split('\n').join('\n              ')

/** How a law that held was decided, by the weakest of its runs: `by normal form`, `exactly`, `37 of 100 within a bound`. */
export function decision({ decided, runs }: Passed): string {
  if (decided.undecided > 0) return `${decided.bound} of ${runs} within a bound, ${decided.undecided} undecided`
  if (decided.bound > 0) return `${decided.bound} of ${runs} within a bound`
  return decided.value > 0 ? 'exactly' : 'by normal form'
}

/** `✓ subject/set/law  equation  (100 runs, exactly, 12 ms)`, or the failure in full. */
export function showResult(r: LawResult): string {
  if (r.ok) return `✓ ${r.id}  ${r.equation}  (${r.runs} runs, ${decision(r)}, ${r.ms.toFixed(0)} ms)`
  return [
    `✗ ${r.id}`,
    `  law         ${r.equation}    for all ${r.forall}    (${r.source})`,
    ...Object.entries(r.where).map(([name, value]) => `  ${`where ${name}`.padEnd(11)} ${indent(value)}`),
    `  lhs         ${indent(r.lhs)}`,
    `  rhs         ${indent(r.rhs)}`,
    `  difference  ${r.difference}`,
    `  after ${r.runs} run${r.runs === 1 ? '' : 's'}, ${r.shrinks} shrinks; replay: ${r.replay}`,
  ].join('\n')
}

/** Counts of a report: laws, instances and failures, runs, and how the laws that held were decided, by their weakest runs. */
export function showSummary({ results, seed, ms }: LawReport): string {
  const held = results.filter((r) => r.ok)
  const names = new Set(results.map((r) => `${r.set}/${r.law}`)).size
  const bound = held.filter((r) => r.decided.bound + r.decided.undecided > 0)
  const structure = held.filter((r) => r.decided.bound + r.decided.value === 0).length
  const runs = results.reduce((n, r) => n + r.runs, 0)
  const [wide, open] = (['bound', 'undecided'] as const).map((by) => bound.reduce((n, r) => n + r.decided[by], 0))
  return [
    `${results.length} laws (${names} names), ${results.length - held.length} failed, ${runs} runs, ${(ms / 1000).toFixed(1)} s, seed ${seed}`,
    `decided by normal form ${structure}, exactly by values ${held.length - structure - bound.length}, within a bound ${bound.length} (in ${wide} runs; ${open} undecided)`,
  ].join('\n')
}
