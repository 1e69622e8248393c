import * as fc from 'fast-check'

/** Both sides of an equation that fails, and where they differ first. */
export interface Difference {
  readonly lhs: string
  readonly rhs: string
  readonly difference: string
}

/**
 * How two sides are told apart: `structure` by their normal forms or other syntax, `value` by `===` of all their entries,
 * `bound` where some entries differ by no more than a derived bound on their rounding errors; `undecided` where a comparison
 * on the way was of numbers closer than their bounds, so that nothing is demanded.
 */
export type Decision = 'structure' | 'value' | 'bound' | 'undecided'

/** Both sides of an equation at values of its variables, told apart; shown only on demand. */
export interface Sides {
  readonly equal: boolean
  readonly by: Decision
  explain(): Difference
}

/** The typed variables of a law: their context as text, a generator or all their values, and how values are shown. */
export type Variables<V> = {
  readonly text: string
  show(values: V): Readonly<Record<string, string>>
} & ({ readonly arbitrary: fc.Arbitrary<V> } | { all(): readonly V[] })

/** What a law is: an equation from a source, for all values of its variables. */
export interface Definition<V> {
  readonly name: string
  readonly equation: string
  readonly source: string
  readonly forall: Variables<V>
  /** Number of runs at most, where one is dear. */
  readonly runs?: number
  holds(values: V): Sides
}

/** A request that no law can answer: no runs, a path that leads nowhere, a name of none or of two. */
export class RequestError extends RangeError {
  override readonly name = 'RequestError'
}

/** How a law is run; with a path, a known counterexample only. */
export interface Run {
  readonly seed: number
  readonly runs: number
  readonly path?: string
}

/** In how many runs the sides were told apart in each way. */
export type Decided = { readonly [D in Decision]: number }

/** The outcome of running a law. */
export type Outcome =
  | { readonly ok: true; readonly runs: number; readonly decided: Decided }
  | ({
      readonly ok: false
      readonly runs: number
      readonly shrinks: number
      readonly path: string
      readonly where: Readonly<Record<string, string>>
    } & Difference)

/** A law whose variables are closed over; running it throws a RequestError where no value would be tried. */
export interface Law extends Pick<Definition<never>, 'name' | 'equation' | 'source'> {
  /** `f : A → B, g : B → C`. */
  readonly forall: string
  run(options: Run): Outcome
}

/** A named set of laws of one subject; what the parents state holds too. */
export interface LawSet {
  readonly name: string
  readonly subject: string
  readonly parents: readonly LawSet[]
  readonly laws: readonly Law[]
  /** Laws that such a subject may claim: those it does claim are among `laws`, {@link discover} tells which hold. */
  readonly claims?: readonly Law[]
}

/** A law with the set that states it. */
export interface Stated {
  /** `subject/set/law`. */
  readonly id: string
  readonly set: LawSet
  readonly law: Law
}

/** The law of a definition. A side that throws is a side that differs. */
export function law<V>(definition: Definition<V>): Law {
  const { name, equation, source, forall } = definition
  return { name, equation, source, forall: forall.text, run: (options) => run(definition, options) }
}

function run<V>(definition: Definition<V>, { seed, runs, path }: Run): Outcome {
  const { forall, name } = definition
  const numRuns = path === undefined ? Math.min(runs, definition.runs ?? runs) : 1
  if (!Number.isSafeInteger(numRuns) || numRuns < 1)
    throw new RequestError(`law: "${name}" has ${numRuns} runs, needs an integer ≥ 1`)
  const off = (needs: string): RequestError =>
    new RequestError(`law: "${name}" has no value at path "${path}": ${needs}`)
  if (path !== undefined && !/^\d+(:\d+)*$/.test(path)) throw off('needs naturals with colons between them')
  const sides = (values: V): Sides => attempt(() => definition.holds(values))
  const decided = { structure: 0, value: 0, bound: 0, undecided: 0 }
  const equal = (values: V): boolean => {
    const { equal, by } = sides(values)
    if (equal) decided[by] += 1
    return equal
  }
  const held = (n: number): Outcome => {
    if (decided.undecided < n) return { ok: true, runs: n, decided }
    const open = { lhs: 'undecided', rhs: 'undecided', difference: `none of the ${n} runs was decided` }
    return { ok: false, runs: n, shrinks: 0, path: '0', where: {}, ...open }
  }
  const failed = (
    values: V,
    found: { readonly runs: number; readonly shrinks: number; readonly path: string },
  ): Outcome => ({
    ok: false,
    ...found,
    where: forall.show(values),
    ...sides(values).explain(),
  })
  if ('all' in forall) {
    const every = forall.all()
    const from = path === undefined ? 0 : Number(path)
    const chosen = path === undefined ? every : every.slice(from, from + 1)
    if (every.length === 0) throw new RequestError(`law: "${name}" has no values to be tried at`)
    if (chosen.length === 0) throw off(`there are ${every.length}`)
    const at = chosen.findIndex((values) => !equal(values))
    return at < 0 ? held(chosen.length) : failed(chosen[at] as V, { runs: at + 1, shrinks: 0, path: String(from + at) })
  }
  const property = fc.property(forall.arbitrary, equal)
  const details = fc.check(property, { seed, numRuns, ...(path === undefined ? {} : { path }) })
  const { counterexample, counterexamplePath, numRuns: runsDone, numShrinks: shrinks } = details
  if (runsDone === 0) throw off('no shrinking leads there')
  if (counterexample === null) return held(runsDone)
  return failed(counterexample[0], { runs: runsDone, shrinks, path: counterexamplePath })
}

const isSides = (x: unknown): x is Sides =>
  typeof x === 'object' && x !== null && 'equal' in x && 'explain' in x && typeof x.explain === 'function'

function attempt(holds: () => Sides): Sides {
  try {
    const sides: unknown = holds()
    if (!isSides(sides))
      throw new TypeError(`holds answers ${String(sides)}, needs sides: sameText(lhs, rhs) or sameValues(lhs, rhs)`)
    return sides
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { equal: false, by: 'structure', explain: () => ({ lhs: 'throws', rhs: 'throws', difference: message }) }
  }
}

/** The laws of a set and of its parents, parents first, each once. Throws a RequestError where a set has two laws of one name. */
export function lawsOf(set: LawSet): readonly Stated[] {
  const seen = new Map<string, Stated>()
  const visit = (s: LawSet): void => {
    for (const parent of s.parents) visit(parent)
    const twice = s.laws.find((l, i) => s.laws.findIndex((m) => m.name === l.name) < i)
    if (twice !== undefined) throw new RequestError(`law: ${s.subject}/${s.name} has two laws called "${twice.name}"`)
    for (const l of s.laws) {
      const id = `${s.subject}/${s.name}/${l.name}`
      if (!seen.has(id)) seen.set(id, { id, set: s, law: l })
    }
  }
  visit(set)
  return [...seen.values()]
}
