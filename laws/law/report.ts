import * as t from 'io-ts'

/** A law that held on every run. */
export interface Passed {
  readonly ok: true
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
export interface Failed extends Omit<Passed, 'ok'> {
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
const passed: t.Type<Passed> = t.type({ ...stated, ok: t.literal(true) })
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

/** `✓ subject/set/law  equation  100 runs 12 ms`, or the failure in full. */
export function showResult(r: LawResult): string {
  if (r.ok) return `✓ ${r.id}  ${r.equation}  (${r.runs} runs, ${r.ms.toFixed(0)} ms)`
  return [
    `✗ ${r.id}`,
    `  law         ${r.equation}    for all ${r.forall}    (${r.source})`,
    ...Object.entries(r.where).map(([name, value]) => `  ${`where ${name}`.padEnd(11)} ${indent(value)}`),
    `  lhs         ${indent(r.lhs)}`,
    `  rhs         ${indent(r.rhs)}`,
    `  difference  ${r.difference}`,
    `  after ${r.runs} runs, ${r.shrinks} shrinks; replay: ${r.replay}`,
  ].join('\n')
}
