import { batchModel } from '../compile/index.js'
import type { Term } from '../term/index.js'
import { over, type Untyped } from '../optic/index.js'
import { accumulate } from './accumulate.js'
import { addressedLookups } from './addressed.js'
import { automaton, line } from './automaton.js'
import { ensemble } from './ensemble.js'
import { groupSum } from './group-sum.js'
import { lookup } from './lookup.js'
import { lookups } from './lookups.js'
import { ripple } from './ripple.js'
import { switchedLookups } from './switched-lookups.js'
import { threshold, thresholdExpansion } from './threshold.js'

const untyped = (model: unknown): Untyped => model as Untyped

/** Every model of circuits that is a polynomial, at one choice of its sizes; the contract tests loop over the list. */
export const circuits: { readonly [name: string]: Untyped } = {
  lookup: lookup(3, 2),
  lookups: untyped(lookups(4, 3)),
  switchedLookups: untyped(switchedLookups(4, 2)),
  ripple: untyped(ripple(2, 1, 1, 1)),
  accumulate: untyped(accumulate(2, 1, 1)),
  automaton: untyped(automaton([2, 3], line, lookup(3, 1))),
  ensemble: untyped(ensemble(3, lookup(1, 2))),
  groupSum: untyped(groupSum(2, 3)),
}

/** A model over bits that is a box with an optic of its own, and the polynomial that it is: laws compare them. */
export interface Boxed {
  readonly model: Untyped
  readonly expansion: Term
}
/** Every box over bits with an optic of its own; the contract tests loop over the list. */
export const boxes: { readonly [name: string]: Boxed } = {
  addressedLookups: {
    model: untyped(addressedLookups(2, 2, 1)),
    expansion: batchModel(2, over('bit', lookup(2, 1))),
  },
  threshold: { model: untyped(threshold(4)), expansion: thresholdExpansion(4) },
}

export * from './accumulate.js'
export { addressedLookups, addressedTerm, type AddressedParams } from './addressed.js'
export { automaton, line, moore, neighbourhoods, type Offset } from './automaton.js'
export { ensemble, type Stacked } from './ensemble.js'
export * as gate from './gate.js'
export { groupSum } from './group-sum.js'
export { lookup, type LookupParams, type Power } from './lookup.js'
export { lookups, type LookupsOptions, type LookupsParams } from './lookups.js'
export { ripple, type RippleOptions } from './ripple.js'
export { switchedLookups, type SwitchedLookupsOptions, type SwitchedLookupsParams } from './switched-lookups.js'
export { threshold, thresholdExpansion, thresholdTerm, type ThresholdParams } from './threshold.js'
export { count, groupCount, majorityVote, pluralityVote } from './vote.js'
export { balanced } from './wiring.js'
