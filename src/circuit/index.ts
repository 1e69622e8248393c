import type { Untyped } from '../optic/index.js'
import { lookup } from './lookup.js'

/** Every model of circuits, at one choice of its sizes; the contract tests loop over the list. */
export const circuits: { readonly [name: string]: Untyped } = { lookup: lookup(3, 2) }

export { lookup, type LookupParams, type Power } from './lookup.js'
