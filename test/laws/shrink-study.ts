import * as fc from 'fast-check'
import { context, lawsOf, type Law } from '../../laws/index.js'
import { derivativeOracle } from '../../laws/laws.js'
import { flatten, type Term } from '../../src/term/index.js'
import { termsWith } from './mutant/dictionary.js'
import { planted } from './mutant/reverse.js'

/** Seeds 0 to 99. */
const seeds = 100
/** Runs until a seed is given up. */
const runs = 2000

/** How small the counterexamples of one wrong derivative are, over all seeds. */
export interface Study {
  readonly mistake: string
  /** Nodes of the program that is shown, of each counterexample. */
  readonly sizes: readonly number[]
  /** Its primitives. */
  readonly primitives: readonly number[]
  /** Runs until the counterexample, and shrinks to it. */
  readonly runs: readonly number[]
  readonly shrinks: readonly number[]
  /** The programs, the most frequent first. */
  readonly programs: readonly (readonly [program: string, count: number])[]
}

/** Nodes of the program that is shown: its inputs, primitives and outputs; the identity of one wire has 2, `multiply` 4. */
export function nodesOf(f: Term): number {
  const { dom, boxes, outs } = flatten(f)
  return dom.length + boxes.length + outs.length
}

/** The dot test at random programs over every primitive, at two wrong product rules. */
export function studies(): readonly Study[] {
  return planted.slice(0, 2).map(([mistake, , reverse]) => {
    const s = termsWith({ reverse })
    const dotTest = lawsOf(derivativeOracle(s)).find(({ law }) => law.name === 'dot test')?.law
    const programs = context(s, { f: 'A → B' }, 4).arbitrary
    const found = Array.from({ length: seeds }, (_, seed) => counterexample(dotTest, programs, seed))
    const texts = found.map(({ f }) => s.show(f))
    const counts = [...new Set(texts)].map((text) => [text, texts.filter((t) => t === text).length] as const)
    return {
      mistake,
      sizes: found.map(({ f }) => nodesOf(f)),
      primitives: found.map(({ f }) => flatten(f).boxes.length),
      runs: found.map((c) => c.runs),
      shrinks: found.map((c) => c.shrinks),
      programs: counts.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
    }
  })
}

type Programs = fc.Arbitrary<{ readonly values: { readonly f: Term } }>

function counterexample(
  law: Law | undefined,
  programs: Programs,
  seed: number,
): { f: Term; runs: number; shrinks: number } {
  const outcome = law?.run({ seed, runs })
  if (outcome === undefined || outcome.ok) throw new RangeError(`studies: seed ${seed} finds nothing in ${runs} runs`)
  const at: Term[] = []
  const keep = fc.property(programs, ({ values: { f } }) => {
    at.push(f)
  })
  fc.assert(keep, { seed, path: outcome.path, numRuns: 1, endOnFailure: true })
  const [f] = at
  if (f === undefined) throw new RangeError(`studies: no program at ${outcome.path}`)
  return { f, runs: outcome.runs, shrinks: outcome.shrinks }
}

/** The middle one of numbers, the lower of two. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? NaN
}
