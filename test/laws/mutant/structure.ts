import { cartesianMutants } from './cartesian.js'
import { categoryMutants } from './category.js'
import { functorMutants } from './functor.js'
import { lensMutants } from './lens.js'
import type { Mutant, Unbreakable } from './mutant.js'

/** Categories, functors and optics with a mistake. */
export const structureMutants: readonly Mutant[] = [
  ...categoryMutants,
  ...cartesianMutants,
  ...functorMutants,
  ...lensMutants,
]

/** Laws of categories, functors and optics that nothing can break. */
export const structureUnbreakable: Unbreakable = {}
