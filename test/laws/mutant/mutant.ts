import type { LawSet } from '../../../laws/index.js'

/** A mistake that was planted, and the laws instantiated at the mistaken thing: at least one has to fail. */
export interface Mutant {
  /** What is wrong, a clause: `copy forgets its second copy`. */
  readonly mistake: string
  /** The sets that are run, their parents too. */
  readonly sets: () => readonly LawSet[]
  /** `set/law`, a law that has to fail. */
  readonly killedBy: string
}

/** Laws, by `set/law`, that no mutant can break, with the reason. */
export type Unbreakable = Readonly<Record<string, string>>
