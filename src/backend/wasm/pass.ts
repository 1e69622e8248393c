import { ruleSets, type Rule } from '../../compile/index.js'

/** What is said of a pass: what it does, and whether the bytes of all results are the same without it. */
export interface Pass {
  readonly does: string
  /** Zeros of either sign are the same. What is not the same is within the bounds of rounding. */
  readonly same: boolean
}

/** The name of a pass. */
export type PassName =
  | 'constants'
  | 'moves'
  | 'sums'
  | 'views'
  | 'terms'
  | 'differences'
  | 'quotients'
  | 'rectifiers'
  | 'softmax'
  | 'folds'
  | 'scalars'
  | 'loops'
  | 'reductions'
  | 'inlining'
  | 'recomputing'
  | 'epilogues'
  | 'reuse'
  | 'inPlace'

const same = (does: string): Pass => ({ does, same: true })
const rounded = (does: string): Pass => ({ does, same: false })

/**
 * The passes of the compiler, in the order in which they run. Each is an equation, and each can be left out alone: rules on
 * the program, lowering to nodes, placement into kernels, places in memory.
 *
 * Not here, since there is nothing beside them: value numbering and removal of dead code of terms are the normal form in
 * which every program is stated (`flatten`); a contraction is a matrix product where it is one, by another kernel and not
 * by a rewrite; an update of a parameter joins the kernel of its gradient by the passes `scalars`, `epilogues` and `loops`, and
 * updates of different shapes stay kernels of their own, since one module calls them all.
 */
export const passes: { readonly [P in PassName]: Pass } = {
  constants: same('constants and signs are computed: x + 0 = x, c · (−x) = (−c) · x'),
  moves: same('reshapes and transposes compose, and index words of contractions absorb transposes'),
  sums: same('a sum of sums is one sum, where nothing is rounded'),
  views: rounded('what moves data, and constants, are views that readers follow instead of arrays'),
  terms: same('equal nodes are one'),
  differences: rounded('a + (−b) = a − b, exactly, and what softmax is found by'),
  quotients: rounded('a · (1 / b) = a / b'),
  rectifiers: same('step(relu x) = step x, so that x need not be kept'),
  softmax: rounded('exp(x − logSumExp x) = exp(x − m) / Σ exp(x − m), whose parts the forward pass has'),
  folds: same('a fold of a fold is one fold, one of windows side by side is a reshape'),
  scalars: same('counters and rates in float64 are first, so that updates need not wait for them'),
  loops: same('entrywise nodes over one shape share a loop, with several results'),
  reductions: same('a reduction is in the loop that makes its operand'),
  inlining: same('what one kernel reads, or what is cheap, is computed by its readers'),
  recomputing: same('what is cheap and of what is kept anyway is computed again by its later reader'),
  epilogues: same('entrywise nodes after a matrix product run on its tiles'),
  reuse: same('arrays that are not needed at one time share memory'),
  inPlace: same('an output is made where the input is that it replaces'),
}

/** The passes that are made: all, but those that are false. */
export type Passes = { readonly [P in PassName]?: boolean }
/** Whether each pass is made. */
export type Chosen = { readonly [P in PassName]: boolean }

/** The names of all passes, in order. */
export const passNames: readonly PassName[] = Object.keys(passes) as PassName[]

/** Whether each pass is made. */
export function chosen(given: Passes = {}): Chosen {
  return Object.fromEntries(passNames.map((name) => [name, given[name] !== false])) as Chosen
}

/** The rules by which programs are simplified where these passes are made. */
export function rulesOf(on: Chosen): readonly Rule[] {
  return (['constants', 'moves', 'sums'] as const).flatMap((name) => (on[name] ? ruleSets[name] : []))
}
